package check

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

func TestAuthenticate(t *testing.T) {
	s := newBench(t, Guard{Rules: []Rule{
		{Claimed: []int32{3}, Check: Authenticate{Credentials: 0b0110}},
		{Claimed: []int32{9}, Check: Authenticate{}},
	}})
	for _, c := range []struct {
		o  Offer
		ok bool
	}{
		{Offer{Claimed: 3, Bears: 0b0100}, true}, {Offer{Claimed: 3, Bears: 0b1001}, false}, {Offer{Claimed: 3}, false},
		{Offer{Claimed: 3, Bears: 0b0100, Altered: true}, false}, {Offer{Claimed: 9, Bears: 1 << 63}, true}, {Offer{Claimed: 9}, false},
		{Offer{Claimed: 4, Altered: true}, true},
	} {
		require.Equal(t, c.ok, s.judge(&c.o).Accept, "%+v", c.o)
	}
}

func TestTwoPerson(t *testing.T) {
	check := TwoPerson{Persons: []Person{{Claimed: 3}, {Claimed: -1, Bears: 0b10}, {Claimed: 5, Bears: 0b100}}, Within: 10 * vtime.Second}
	s := newBench(t, Guard{Objects: objects(2), Rules: []Rule{{Verbs: 1 << 4, Check: check}, {Verbs: 1 << 4, Check: Range{Low: 0, High: 50}}}})
	ask := func(at float64, who int32, bears uint64, x float64) Decision {
		o := Offer{At: vtime.Time(at * 1e9), Claimed: who, Bears: bears, Verb: 4, Objects: []int32{1}, Values: []float64{x}}
		return s.judge(&o)
	}
	d := ask(0, 3, 0, 7)
	require.False(t, d.Accept)
	require.Equal(t, []float64{1, 2}, []float64{d.Measured, d.Limit})
	require.False(t, ask(1, 3, 0, 7).Accept)  // the same person again
	require.False(t, ask(1, 5, 0, 7).Accept)  // not without the credential
	require.False(t, ask(2, 9, 2, 8).Accept)  // something else
	require.True(t, ask(11, 9, 2, 7).Accept)  // within 10 s of second 1
	require.False(t, ask(12, 9, 2, 7).Accept) // used up
	require.False(t, ask(22.1, 3, 0, 7).Accept)
	require.True(t, ask(22.2, 5, 4, 7).Accept)
	require.False(t, ask(29, 3, 2, 1).Accept) // one person at that device is one
	require.True(t, ask(30, 5, 6, 1).Accept)  // one message that two vouch for
	// What they agreed on but another rule refused is still agreed on.
	require.False(t, ask(40, 3, 0, 99).Accept)
	require.Equal(t, int32(1), ask(40, 5, 4, 99).Rule)
	require.Equal(t, int32(1), ask(41, 9, 2, 99).Rule)
	require.Equal(t, int32(0), ask(41, 8, 0, 99).Rule) // but not for a stranger
	require.True(t, s.judge(&Offer{Verb: 3}).Accept)
}

// Expressions see what is offered, else what stands, and after a clamp what is left.
func TestPlausibleSeesWhatIsOffered(t *testing.T) {
	g := Guard{Objects: []Object{{Slot: 1, Offered: 5}, {Slot: 2, Offered: 6}}, Rules: []Rule{
		{Check: Range{Low: 0, High: 10}, Reaction: Clamp},
		{Check: Plausible{
			Holds:  func(v []float64, _ int) bool { return v[5]+v[6] <= 15 },
			Margin: func(v []float64, _ int) float64 { return 15 - (v[5] + v[6]) },
		}},
		{Verbs: 2, Check: Interlock{Permits: func(v []float64, _ int) bool { return v[9] > 0 }}},
	}}
	s := newBench(t, g)
	require.True(t, s.tell(0, 0, 4).Accept)
	require.True(t, s.tell(0, 1, 99).Accept) // as 10
	d := s.tell(0, 0, 7)
	require.False(t, d.Accept)
	require.Equal(t, []float64{-2, 0}, []float64{d.Measured, d.Limit})
	require.True(t, s.tell(0, 1, 2).Accept)
	require.True(t, s.tell(0, 0, 7).Accept)
	require.False(t, s.tell(0, 0, math.NaN()).Accept)

	s.tell(0, 1, 99)
	require.Equal(t, 10.0, s.v[6])
	s.tell(0, 0, 1)
	require.Equal(t, []float64{1, 2}, s.v[5:7]) // what stands of b, not what was offered before
	require.Equal(t, int32(2), s.judge(&Offer{Verb: 1}).Rule)
	s.v[9] = 1
	require.True(t, s.judge(&Offer{Verb: 1}).Accept)
}

func TestReactionsOfWholeMessages(t *testing.T) {
	no := func([]float64, int) bool { return false }
	s := newBench(t, Guard{Objects: objects(3), Rules: []Rule{
		{Check: Plausible{Holds: no}, Reaction: Alarm},
		{Check: Plausible{Holds: no}, Reaction: Hold, Objects: []int32{0, 2}},
		{Check: Range{Low: 0, High: 1}, Reaction: Hold, Verbs: 1},
		{Check: Plausible{Holds: no}, Reaction: Hold, Verbs: 2},
	}})
	o := &Offer{Objects: []int32{0, 1, 2}, Values: []float64{5, 6, 7}}
	d := s.judge(o)
	require.True(t, d.Accept)
	require.Equal(t, []bool{true, true, true}, o.Held)
	require.Equal(t, []int32{0, -1, 3, 1}, []int32{d.Rule, d.Object, d.Held, d.Alarms})
	require.Equal(t, Alarm, d.Reaction)
	require.Equal(t, []float64{0, 0, 0}, s.v[1:4])
	require.Len(t, s.Findings(), 3)
	require.Equal(t, Finding{2, 1, Hold, 6, 1}, s.Findings()[2])
	// Nothing can be held of a message without values; the rule that refuses is told.
	d = s.judge(&Offer{Verb: 1})
	require.False(t, d.Accept)
	require.Equal(t, int32(3), d.Rule)
	require.Equal(t, Reject, d.Reaction)
	require.Equal(t, int32(1), d.Alarms)
}

// A trip latches, writes the guard's cells under the influence of what tripped it, and
// ends with a reset, from which on everything begins anew.
func TestTripAndReset(t *testing.T) {
	g := Guard{
		Members: 2, Objects: []Object{{Slot: 1, Stride: 1}}, Safe: []Assignment{{0, 0}}, Heeds: 1 << 3,
		Rules: []Rule{
			{Check: Cusum{Bias: 1, Threshold: 3}, Reaction: Trip},
			{Check: Watchdog{Within: vtime.Second}, Reaction: Alarm},
		},
		Refused: Cell{4, 1}, Tripped: Cell{6, 1}, Alarm: Cell{8, 1}, By: 77,
	}
	s := newBench(t, g)
	s.Store = signal.NewStore(16, nil)
	s.Store.By, s.Store.Influence = 5, 1<<40
	s.v = s.Store.V
	offer := func(at vtime.Time, verb uint8, x float64, m signal.Mask) Decision {
		o := Offer{At: at, Verb: verb, Objects: []int32{0}, Values: []float64{x}, Influence: m}
		d := s.Judge(0, 1, &o, s.frame())
		s.Store.Commit(at)
		return d
	}
	require.True(t, offer(1, 0, 10, 1).Accept)
	d := offer(2, 0, 20, 2)
	require.Equal(t, []any{false, true, false, Trip, int32(0), signal.Mask(3)}, []any{d.Accept, d.Safe, d.Latched, d.Reaction, d.Rule, d.Influence})
	require.Equal(t, []float64{0, 1, 0, 1}, s.v[4:8])
	require.Equal(t, signal.Stamp{At: 2, Influence: 3, By: 77}, s.Store.Stamp(7))
	require.Equal(t, []any{signal.Writer(5), signal.Mask(1 << 40)}, []any{s.Store.By, s.Store.Influence})

	d = offer(3, 0, 10, 4)
	require.Equal(t, []any{false, false, true, Trip, int32(0), signal.Mask(7)}, []any{d.Accept, d.Safe, d.Latched, d.Reaction, d.Rule, d.Influence})
	require.Equal(t, vtime.Never, s.Deadline(0, 1))
	d = offer(3, 3, 10, 0) // heeded, but the sum is still high
	require.Equal(t, []any{false, false, false}, []any{d.Accept, d.Safe, d.Latched})
	require.True(t, s.Judge(0, 0, &Offer{At: 3}, s.frame()).Accept) // the other member
	since, by, tripped := s.Tripped(0, 1)
	require.Equal(t, []any{vtime.Time(2), int32(0), true}, []any{since, by, tripped})

	s.Reset(0, 1, 5e9, 8)
	s.Store.Commit(5e9)
	require.Zero(t, s.v[7])
	require.Equal(t, vtime.Time(6e9+1), s.Deadline(0, 1))
	require.True(t, offer(5e9, 0, 100, 0).Accept)
	d = s.Trip(0, 1, 6e9, 16)
	require.Equal(t, []any{true, int32(-1), signal.Mask(31)}, []any{d.Safe, d.Rule, d.Influence})
	require.False(t, s.Trip(0, 1, 6e9, 16).Safe)
	require.Equal(t, int32(-1), offer(6e9, 0, 100, 0).Rule)
	refused, _ := s.Refused(0, 1)
	require.Equal(t, uint64(4), refused)
}

func TestWatchdog(t *testing.T) {
	on := func(v []float64, _ int) bool { return v[9] > 0 }
	s := newBench(t, Guard{Objects: objects(2), Rules: []Rule{
		{Check: Watchdog{Within: 2 * vtime.Second}, Reaction: Clamp},
		{Check: Watchdog{Within: 3 * vtime.Second}, Reaction: Trip, Objects: []int32{1}, When: on},
		{Check: Range{Low: 0, High: 10}, Reaction: Hold},
		{Check: Range{Low: -5, High: 50}},
	}})
	s.v[9] = 1
	over := func(at vtime.Time) (list []int32) {
		for d, some := s.Overdue(0, 0, at, s.frame()); some; d, some = s.Overdue(0, 0, at, s.frame()) {
			require.True(t, d.Accept)
			require.True(t, d.Safe)
			list = append(list, d.Rule)
		}
		return list
	}
	require.Equal(t, vtime.Time(2e9+1), s.Deadline(0, 0))
	require.Empty(t, over(2e9)) // in time is in time
	s.tell(2, 0, 99)            // held: nobody believes that it was heard
	require.Equal(t, vtime.Time(2e9+1), s.Deadline(0, 0))
	s.tell(2, 0, 9) // then a is heard, b is not
	require.Equal(t, vtime.Time(3e9+1), s.Deadline(0, 0))
	s.v[9] = 0
	require.Empty(t, over(3e9+1)) // off: begins anew
	s.v[9] = 1
	require.Equal(t, vtime.Time(4e9+1), s.Deadline(0, 0))
	require.Equal(t, []int32{0}, over(4e9+1))
	require.Equal(t, vtime.Time(6e9+2), s.Deadline(0, 0)) // said so once
	require.Equal(t, []int32{1}, over(6e9+2))
	require.Equal(t, vtime.Never, s.Deadline(0, 0))
	require.False(t, s.tell(7, 1, 5).Accept)
	s.Reset(0, 0, 8e9, 0)
	require.Equal(t, vtime.Time(10e9+1), s.Deadline(0, 0))
}

func TestMistakes(t *testing.T) {
	yes := func([]float64, int) bool { return true }
	g := Guard{Objects: objects(3), Safe: []Assignment{{3, 0}}, Rules: []Rule{
		{}, {Check: Fresh{}}, {Check: Fresh{Counter: true, Slack: 64}}, {Check: Fresh{Counter: true}}, {Check: Range{Low: 2, High: 1}},
		{Check: Range{Low: math.NaN()}}, {Check: RateLimit{Burst: 1}}, {Check: RateLimit{Every: 1}}, {Check: RateLimit{Every: vtime.Day, Burst: 1 << 40}},
		{Check: Plausible{}}, {Check: Interlock{}}, {Check: Change{Limit: -1}}, {Check: Residual{Tolerance: math.NaN()}}, {Check: Cusum{Bias: -1}},
		{Check: Cusum{Threshold: math.Inf(1)}}, {Check: Vote{}}, {Check: Vote{Objects: [3]int32{0, 1, 3}}}, {Check: TwoPerson{Within: 1}},
		{Check: TwoPerson{Persons: []Person{{Claimed: -1}, {Claimed: 1}}, Within: 1}}, {Check: TwoPerson{Persons: make([]Person, 2)}},
		{Check: TwoPerson{Persons: make([]Person, 65), Within: 1}}, {Check: TwoPerson{Persons: make([]Person, 2), Within: 1, Needed: 1}},
		{Check: Watchdog{}, Reaction: Alarm}, {Check: Watchdog{Within: 1}}, {Check: Watchdog{Within: 1}, Reaction: Hold},
		{Check: Authenticate{}, Reaction: Clamp}, {Check: Plausible{Holds: yes}, Reaction: Clamp}, {Check: Authenticate{}, Objects: []int32{-1}},
		{Check: Authorise{Grants: []Grant{{Limited: true, Low: 1}}}}, {Check: Authorise{Grants: []Grant{{Hours: Hours{From: 25 * vtime.Hour}}}}},
		{Check: Authorise{Grants: []Grant{{Objects: []int32{7}}}}}, {Check: Fresh{Window: -1}}, {Check: Fresh{Window: 1, Slack: 1}},
	}}
	var rules []int32
	for _, m := range g.Mistakes() {
		require.NotEmpty(t, m.What)
		rules = append(rules, m.Rule)
	}
	var want []int32
	for i := range g.Rules {
		want = append(want, int32(i))
	}
	require.Equal(t, append([]int32{-1}, want...), rules)
}

// Lists longer than a word of bits, and whoever and whatever is in none.
func TestManyObjectsAndSenders(t *testing.T) {
	var senders []int32
	for i := range int32(200) {
		senders = append(senders, 1000-3*i)
	}
	s := newBench(t, Guard{Objects: make([]Object, 200), Rules: []Rule{
		{Claimed: senders[:100], Check: Authenticate{}},
		{Claimed: senders[150:], Objects: []int32{0, 130}, Check: Range{Low: 0, High: 1}},
	}})
	ask := func(who, object int32) int32 {
		o := Offer{Claimed: who, Objects: []int32{object}, Values: []float64{5}}
		return s.Judge(0, 0, &o, s.frame()).Rule
	}
	for _, c := range []struct{ who, object, rule int32 }{
		{1000, 1, 0}, {703, 130, 0}, {700, 130, -1}, {999, 0, -1}, {-1, 0, -1}, {5000, 0, -1},
		{550, 130, 1}, {550, 129, -1}, {403, 0, 1}, {403, 64, -1}, {403, 199, -1}, {403, -1, -1}, {403, 9999, -1},
	} {
		require.Equal(t, c.rule, ask(c.who, c.object), "%+v", c)
	}
}

func TestNames(t *testing.T) {
	for r := Reject; r <= Alarm; r++ {
		back, ok := ParseReaction(r.String())
		require.True(t, ok)
		require.Equal(t, r, back)
	}
	_, ok := ParseReaction("pass")
	require.False(t, ok)
	require.Equal(t, "two-person", TwoPerson{}.Kind().String())
	require.Equal(t, "watchdog", Watchdog{}.Kind().String())
}
