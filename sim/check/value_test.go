package check

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// By hand: the level rises by 2 a second as the model says, and a lie of 3, then 3
// more, adds 3-1 each time above a bias of 1; afterwards each honest value takes
// off 1. ŷ goes on from the lie, so the way back to the truth is a residual of 6.
func TestCusumByHand(t *testing.T) {
	rate := func(v []float64, _ int) float64 { return v[9] }
	s := newBench(t, Guard{Objects: objects(1), Rules: []Rule{{Check: Cusum{Rate: rate, Bias: 1, Threshold: 3}, Reaction: Alarm}}})
	s.v[9] = 2
	for _, c := range []struct{ at, y, sum float64 }{
		{0, 10, 0},    // on trust
		{1, 12, 0},    // r = 0
		{2, 14.5, 0},  // r = .5, below the bias
		{3, 19.5, 2},  // ŷ 16.5, r = 3: S = 2
		{4, 24.5, 4},  // ŷ 21.5, r = 3: S = 4, above 3
		{5, 20.5, 9},  // ŷ 26.5, r = 6: S = 9
		{6, 22.5, 8},  // honest again
		{8, 26.5, 7},  // two seconds
		{9, 28.5, 6},  //
		{10, 30.5, 5}, //
		{11, 32.5, 4}, //
		{12, 34.5, 3}, // not above any more
	} {
		d := s.tell(c.at, 0, c.y)
		require.True(t, d.Accept)
		require.Equal(t, c.sum, s.courses[0].sum, c.at)
		if require.Equal(t, c.sum > 3, d.Alarms == 1, c.at); c.sum > 3 {
			require.Equal(t, []float64{c.sum, 3}, []float64{d.Measured, d.Limit})
		}
	}
	require.Equal(t, Count{Passed: 5, Reacted: 7, First: 4e9}, s.Count(0, 0))
}

func TestResidual(t *testing.T) {
	rate := func(v []float64, _ int) float64 { return v[9] }
	for reaction, want := range map[Reaction]float64{Reject: 12, Clamp: 14.5, Hold: 12, Alarm: 20} {
		s := newBench(t, Guard{Objects: objects(1), Rules: []Rule{{Check: Residual{Rate: rate, Tolerance: 0.5}, Reaction: reaction}}})
		s.v[9] = 2
		require.True(t, s.tell(0, 0, 10).Accept)
		require.Equal(t, int32(-1), s.tell(1, 0, 12).Rule)
		d := s.tell(2, 0, 20) // 14 is expected
		require.Equal(t, []float64{6, 0.5}, []float64{d.Measured, d.Limit})
		require.Equal(t, want, s.v[1], reaction)
		require.Equal(t, reaction != Reject, d.Accept)
		require.Equal(t, reaction, d.Reaction)
	}
}

// Two of three that move together are believed, the one that lies is not, also where
// all three moved too far at once for any to be believed at first.
func TestTwoOutOfThree(t *testing.T) {
	vote := Rule{Check: Vote{Objects: [3]int32{0, 1, 2}, Tolerance: 1}}
	s := newBench(t, Guard{Objects: objects(4), Rules: []Rule{vote}})
	s.v[1], s.v[2], s.v[3] = 10, 10, 10
	require.True(t, s.tell(1, 0, 10.5).Accept)
	d := s.tell(1, 2, 50)
	require.False(t, d.Accept)
	require.Equal(t, []float64{39.5, 1}, []float64{d.Measured, d.Limit}) // median 10.5 of 10.5, 10, 50
	require.True(t, s.tell(2, 1, 10.5).Accept)
	require.True(t, s.tell(2, 3, 1e9).Accept) // does not vote

	s = newBench(t, Guard{Objects: objects(4), Rules: []Rule{vote}})
	s.v[1], s.v[2], s.v[3] = 10, 10, 10
	require.False(t, s.tell(3, 0, 20).Accept) // alone against two
	require.True(t, s.tell(3, 1, 20).Accept)  // a was refused, but said the same
	require.True(t, s.tell(3, 2, 20).Accept)
	require.True(t, s.tell(4, 0, 20).Accept)
	require.False(t, s.tell(5, 0, math.NaN()).Accept)
}

// Where fewer than three are known there is nothing to compare.
func TestVoteOfUnknown(t *testing.T) {
	g := Guard{Objects: objects(3), Rules: []Rule{{Check: Vote{Objects: [3]int32{0, 1, 2}}}}}
	g.Objects[2].Slot = 0
	s := NewState([]Guard{g})
	for i, c := range []struct {
		object int32
		x      float64
		ok     bool
	}{{0, 5, true}, {1, 50, true}, {2, math.Inf(1), false}, {2, 7, true}, {1, 50, false}, {1, 7, true}} {
		o := Offer{Objects: []int32{c.object}, Values: []float64{c.x}}
		f := newBench(t, g).frame()
		require.Equal(t, c.ok, s.Judge(0, 0, &o, f).Accept, i)
	}
}

func TestTwoOutOfThreeClamps(t *testing.T) {
	s := newBench(t, Guard{Objects: objects(3), Rules: []Rule{{Check: Vote{Objects: [3]int32{0, 1, 2}, Tolerance: 1}, Reaction: Clamp}}})
	s.tell(0, 0, 10)
	s.tell(0, 1, 10.25)
	d := s.tell(0, 2, 99)
	require.Equal(t, 10.25, s.v[3])
	require.Equal(t, int32(1), d.Clamped)
	require.Equal(t, int32(1), s.tell(1, 2, math.NaN()).Clamped)
	require.Equal(t, 10.25, s.v[3])

	// All three in one message are held against one another.
	o := &Offer{Objects: []int32{2, 0, 1}, Values: []float64{5, 5.5, 50}}
	require.Equal(t, int32(1), s.judge(o).Clamped)
	require.Equal(t, []float64{5, 5.5, 5.5}, o.Values)
}

func TestRangeAndChange(t *testing.T) {
	s := newBench(t, Guard{Objects: objects(2), Rules: []Rule{
		{Check: Range{Low: 0, High: 100}, Reaction: Clamp},
		{Check: Change{Limit: 5}, Reaction: Clamp, Objects: []int32{0}},
	}})
	for _, c := range []struct {
		at     float64
		object int32
		y, now float64
		ok     bool
	}{
		{0, 0, 50, 50, true}, {1, 0, 55, 55, true}, {2, 0, 70, 60, true}, {2, 0, 61, 60, true}, // no time, no change
		{4, 0, -3, 50, true}, {4, 1, 300, 100, true}, {4, 1, -1, 0, true}, {5, 1, math.Inf(1), 100, true},
		{5, 0, math.NaN(), 50, false}, {5, 1, math.NaN(), 100, false},
	} {
		d := s.tell(c.at, c.object, c.y)
		require.Equal(t, c.ok, d.Accept, "%v", c)
		require.Equal(t, c.now, s.v[1+c.object], "%v", c)
	}
	require.Equal(t, Reject, s.Findings()[0].Reaction)
}

func TestAuthorise(t *testing.T) {
	mode := func(v []float64, _ int) bool { return v[9] > 0 }
	s := newBench(t, Guard{Objects: objects(3), Rules: []Rule{{Check: Authorise{Grants: []Grant{
		{Claimed: []int32{4}, Verbs: 1 << 1, Objects: []int32{0}, Limited: true, Low: 0, High: 10},
		{Claimed: []int32{4}, Verbs: 1 << 1, Objects: []int32{0}, Limited: true, Low: 20, High: 30},
		{Claimed: []int32{5}, Verbs: 1<<1 | 1<<2, When: mode},
	}}}}})
	ask := func(who int32, verb uint8, list []int32, values ...float64) Decision {
		return s.Judge(0, 0, &Offer{At: vtime.Time(1), Claimed: who, Verb: verb, Objects: list, Values: values}, s.frame())
	}
	one := []int32{0}
	require.True(t, ask(4, 1, one, 10).Accept)
	require.True(t, ask(4, 1, one, 20).Accept)
	d := ask(4, 1, one, 12)
	require.False(t, d.Accept)
	require.Equal(t, []float64{12, 10}, []float64{d.Measured, d.Limit}) // the nearer range
	require.False(t, ask(4, 1, []int32{0, 1}, 5, 5).Accept)             // nobody granted b
	require.False(t, ask(4, 2, one, 5).Accept)
	require.False(t, ask(-1, 1, one, 5).Accept)
	require.False(t, ask(4, 1, nil).Accept) // all objects were not granted
	require.True(t, ask(4, 1, one).Accept)  // asks for it
	require.False(t, ask(5, 2, nil).Accept)
	s.v[9] = 1
	require.True(t, ask(5, 2, nil).Accept)
	require.True(t, ask(5, 1, []int32{0, 1, 2}, 1, 2, 3).Accept)
	require.False(t, ask(4, 40, one, 5).Accept)
}
