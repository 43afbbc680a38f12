package check

import (
	"testing"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// usual is the guard of a controller that takes commands from two senders: who, when,
// what, how far, how often.
func usual() Guard {
	return Guard{
		Members: 1, Lanes: 2, Objects: []Object{{Name: "speed", Slot: 1}, {Name: "limit", Slot: 2}},
		Rules: []Rule{
			{Check: Authenticate{Credentials: 3}},
			{Check: Fresh{Counter: true, Window: vtime.Second}},
			{Check: Authorise{Grants: []Grant{
				{Claimed: []int32{5}, Verbs: 1 << 2, Objects: []int32{1}},
				{Claimed: []int32{4}, Verbs: 1 << 1, Objects: []int32{0}, Limited: true, High: 100},
			}}},
			{Check: Range{Low: 0, High: 50}, Objects: []int32{0}},
			{Check: RateLimit{Every: 100 * vtime.Millisecond, Burst: 10, PerSender: true}},
		},
	}
}

// proper returns an offer that passes, and one step of time.
func proper() (Offer, func(o *Offer)) {
	return Offer{Claimed: 4, True: 4, Lane: 1, Verb: 1, Bears: 1, Objects: []int32{0}, Values: []float64{10}}, func(o *Offer) {
		o.At += vtime.Time(100 * vtime.Millisecond)
		o.Sent = o.At - 1000
		o.Counter++
	}
}

// One offer of one value through authenticate, fresh, authorise, range and rate limit.
func BenchmarkJudge(b *testing.B) {
	s, f := usualState()
	o, next := proper()
	b.ReportAllocs()
	for b.Loop() {
		next(&o)
		if !s.Judge(0, 0, &o, f).Accept {
			b.Fatal(s.Findings())
		}
	}
}

func usualState() (*State, *signal.Frame) {
	s := NewState([]Guard{usual()})
	s.Store = signal.NewStore(8, nil)
	return s, &signal.Frame{V: s.Store.V}
}

// The same by hand for this one guard, without reactions, counts and influence: the
// floor.
func BenchmarkJudgeByHand(b *testing.B) {
	h := byHand{senders: []int32{4, 5}, high: make([]uint64, 2), full: make([]vtime.Time, 3)}
	o, next := proper()
	b.ReportAllocs()
	for b.Loop() {
		next(&o)
		if !h.judge(&o) {
			b.Fatal("refused")
		}
	}
}

type byHand struct {
	senders []int32
	high    []uint64
	full    []vtime.Time
}

//go:noinline
func (h *byHand) judge(o *Offer) bool {
	who := 0
	for who < len(h.senders) && h.senders[who] != o.Claimed {
		who++
	}
	if o.Bears&3 == 0 || o.Altered || o.At.Sub(o.Sent) > vtime.Second || o.Counter <= h.high[o.Lane] {
		return false
	}
	h.high[o.Lane] = o.Counter
	for i, x := range o.Values {
		granted := who == 1 && o.Verb == 2 && o.Objects[i] == 1 || who == 0 && o.Verb == 1 && o.Objects[i] == 0 && x >= 0 && x <= 100
		if !granted || o.Objects[i] == 0 && !(x >= 0 && x <= 50) {
			return false
		}
	}
	const every = vtime.Time(100 * vtime.Millisecond)
	full := max(h.full[who], o.At)
	if full-o.At > 9*every {
		return false
	}
	h.full[who] = full + every
	return true
}

// The same, refused by the last rule: a flood.
func BenchmarkJudgeFlood(b *testing.B) {
	s, f := usualState()
	o, _ := proper()
	b.ReportAllocs()
	for b.Loop() {
		o.At++
		o.Sent = o.At
		o.Counter++
		s.Judge(0, 0, &o, f)
	}
	if s.Count(0, 4).Reacted == 0 && b.N > 100 {
		b.Fatal("nothing was refused")
	}
}
