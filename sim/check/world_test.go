package check

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A world is a guard with a store, in which what is accepted is written with what it
// was influenced by, and what is refused taints what it would have been written to.
type world struct {
	*State
	g    Guard
	last Decision
}

func newWorld(g Guard) *world {
	w := &world{State: NewState([]Guard{g}), g: g}
	w.Store = signal.NewStore(32, nil)
	return w
}

// hear lets the guard judge and tells what became of the offer.
func (w *world) hear(o Offer) string {
	o.Values = slices.Clone(o.Values)
	d := w.Judge(0, 0, &o, &signal.Frame{V: w.Store.V})
	w.Store.Influence = d.Influence
	for i, object := range o.Objects {
		slot := w.g.Objects[object].Slot
		if d.Accept && (o.Held == nil || !o.Held[i]) {
			w.Store.Set(slot, o.Values[i])
		} else {
			w.Store.Taint(slot, d.Influence)
		}
	}
	w.Store.Commit(o.At)
	w.last = d
	d.Influence = 0
	return fmt.Sprintf("%+v %v %v", d, o.Values, o.Held)
}

// The bucket that an attack emptied, and a message that it kept away, matter to what
// comes later.
func TestInfluenceOfWhatIsRemembered(t *testing.T) {
	w := newWorld(Guard{Rules: []Rule{{Check: RateLimit{Every: vtime.Second, Burst: 1}}}})
	w.hear(Offer{Influence: 2})
	w.hear(Offer{Influence: 1})
	require.False(t, w.last.Accept)
	require.Equal(t, signal.Mask(3), w.last.Influence)
	w.Stain(0, 0, 8)
	w.hear(Offer{At: 5e9})
	require.True(t, w.last.Accept)
	require.Equal(t, signal.Mask(11), w.last.Influence)
	require.Equal(t, signal.Mask(11), w.Influence(0, 0))

	// Who remembers nothing hands on nothing.
	w = newWorld(Guard{Objects: objects(1), Rules: []Rule{{Check: Range{0, 1}}}})
	w.hear(Offer{Influence: 2})
	w.Stain(0, 0, 8)
	w.hear(Offer{})
	require.Zero(t, w.last.Influence)
}

// What conditions read matters, also where they keep a rule from being asked, and what
// stands matters where a message says nothing of it.
func TestInfluenceOfWhatIsRead(t *testing.T) {
	off := func([]float64, int) bool { return false }
	yes := func([]float64, int) bool { return true }
	w := newWorld(Guard{Objects: []Object{{Slot: 1, Offered: 3, Stride: 1}}, Members: 2, Rules: []Rule{
		{Check: Range{0, 1}, When: off, Reads: []signal.Read{{Slot: 5, Stride: 1, Count: 1}}},
		{Check: Plausible{Holds: yes}, Reads: []signal.Read{{Slot: 3, Stride: 1, Count: 1}, {Slot: 10, Count: 3}}, Verbs: 2},
	}})
	for slot := range signal.Slot(16) {
		w.Store.Taint(slot, 1<<slot)
	}
	ask := func(member int, verb uint8) signal.Mask {
		return w.Judge(0, member, &Offer{Verb: verb}, &signal.Frame{V: w.Store.V}).Influence
	}
	require.Equal(t, signal.Mask(1<<6), ask(1, 0))
	require.Equal(t, signal.Mask(1<<5|1<<3|1<<1|1<<10|1<<11|1<<12), ask(0, 1))
}

// Nothing is allocated, whatever happens.
func TestJudgeAllocatesNothing(t *testing.T) {
	g := usual()
	g.Objects = objects(3)
	g.Objects[0].Offered = 9
	no := func([]float64, int) bool { return false }
	for _, c := range []Check{
		Cusum{}, Vote{Objects: [3]int32{0, 1, 2}}, Residual{}, Change{}, Range{},
		TwoPerson{Persons: []Person{{Claimed: 4}, {Claimed: 5}}, Within: 1}, Plausible{Holds: no}, Watchdog{Within: 1},
	} {
		g.Rules = append(g.Rules, Rule{Check: c, Reaction: Alarm})
	}
	g.Rules[3].Reaction, g.Rules[4].Reaction = Clamp, Hold
	require.Empty(t, g.Mistakes())
	s := NewState([]Guard{g})
	s.Store = signal.NewStore(32, nil)
	f := &signal.Frame{V: s.Store.V}
	o := Offer{Claimed: 4, Lane: 1, Verb: 1, Bears: 1, Objects: []int32{0}, Values: []float64{10}}
	count := 0
	once := func() {
		o.Counter, o.Values[0] = o.Counter+1, 70
		if s.Judge(0, 0, &o, f).Accept {
			count++
		}
		o.At, o.Sent = o.At+5, o.Sent+5
		s.Overdue(0, 0, o.At, f)
	}
	for range 20 {
		once()
	}
	require.Zero(t, testing.AllocsPerRun(100, once))
	require.Equal(t, 121, count)
	require.NotZero(t, s.Count(0, 12).Reacted)
}

// What cannot be right is found, wherever an archive is damaged, without a panic.
func TestArchiveOfOthers(t *testing.T) {
	s := NewState([]Guard{usual()})
	s.Trip(0, 0, 5, 1)
	a := snapshot.New(0)
	s.Archive(a)
	read := func(data []byte, g Guard) error {
		in := snapshot.Of(data)
		NewState([]Guard{g}).Archive(in)
		in.Done()
		return in.Err()
	}
	require.NoError(t, read(a.Bytes(), usual()))
	for n := range a.Bytes() {
		require.Error(t, read(a.Bytes()[:n], usual()))
	}
	other := usual()
	other.Lanes = 3
	require.Error(t, read(a.Bytes(), other))
	s.keeps[0].by = 5
	a = snapshot.New(0)
	s.Archive(a)
	require.ErrorContains(t, read(a.Bytes(), usual()), "tripped by rule 5")
}
