package check

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// drawList draws some of 0..n-1, or nil.
func drawList(t *rapid.T, n int32, what string) []int32 {
	if rapid.Bool().Draw(t, what+"?") {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.Int32Range(0, n-1), 1, int(n), rapid.ID[int32]).Draw(t, what)
}

func drawCheck(t *rapid.T) Check {
	quarter := func(most int, what string) float64 { return float64(rapid.IntRange(0, 4*most).Draw(t, what)) / 4 }
	switch Kind(rapid.IntRange(0, int(KindTwoPerson)).Draw(t, "kind")) {
	case KindAuthenticate:
		return Authenticate{Credentials: 0b110}
	case KindFresh:
		return Fresh{Counter: true, Slack: rapid.Uint8Range(0, 4).Draw(t, "slack"), Window: 2 * vtime.Second}
	case KindAuthorise:
		a := Authorise{}
		for range rapid.IntRange(1, 3).Draw(t, "grants") {
			a.Grants = append(a.Grants, Grant{Claimed: drawList(t, 4, "who"), Objects: drawList(t, 4, "what"), Verbs: rapid.Uint32Range(0, 3).Draw(t, "verbs")})
		}
		return a
	case KindRange:
		low := quarter(10, "low")
		return Range{low, low + quarter(10, "wide")}
	case KindRateLimit:
		return RateLimit{Every: vtime.Duration(rapid.IntRange(1, 3000).Draw(t, "every")) * vtime.Millisecond, Burst: rapid.Int64Range(1, 4).Draw(t, "burst"), PerSender: rapid.Bool().Draw(t, "per")}
	case KindChange:
		return Change{quarter(10, "limit")}
	case KindResidual:
		return Residual{Tolerance: quarter(10, "tolerance")}
	case KindCusum:
		return Cusum{Bias: quarter(3, "bias"), Threshold: quarter(10, "threshold")}
	case KindVote:
		return Vote{Objects: [3]int32{3, 0, 2}, Tolerance: quarter(5, "tolerance")}
	case KindTwoPerson:
		return TwoPerson{Persons: []Person{{Claimed: 0}, {Claimed: 1, Bears: 0b10}, {Claimed: 2}}, Within: 4 * vtime.Second}
	}
	return Range{0, 8}
}

// drawGuard draws a guard of four objects and four senders, each with a lane.
func drawGuard(t *rapid.T) Guard {
	g := Guard{Lanes: 4, Senders: []int32{0, 1, 2, 3}, Objects: objects(4)}
	for range rapid.IntRange(1, 5).Draw(t, "rules") {
		r := Rule{Check: drawCheck(t), Claimed: drawList(t, 4, "claimed"), Objects: drawList(t, 4, "objects")}
		if rapid.IntRange(0, 3).Draw(t, "scope") == 0 {
			r.Verbs = rapid.Uint32Range(0, 3).Draw(t, "verbs")
		}
		if r.Reaction = Reaction(rapid.IntRange(0, 5).Draw(t, "reaction")); r.Reaction == Clamp && !r.Check.Kind().Values() {
			r.Reaction = Reject
		}
		g.Rules = append(g.Rules, r)
	}
	return g
}

// drawOffer draws an offer: mostly proper ones, with quarters as values and times so
// that all sums are exact.
func drawOffer(t *rapid.T, now vtime.Time, count uint64) Offer {
	rarely := func(what string) bool { return rapid.IntRange(0, 5).Draw(t, what) == 0 }
	o := Offer{At: now, Sent: now, Claimed: rapid.Int32Range(0, 3).Draw(t, "claimed"), Verb: uint8(rapid.IntRange(0, 1).Draw(t, "verb")), Bears: 0b010, Counter: count}
	o.Lane = o.Claimed
	if rarely("replayed") {
		o.Sent -= vtime.Time(rapid.IntRange(0, 3).Draw(t, "age")) * vtime.Time(vtime.Second)
		o.Counter = rapid.Uint64Range(0, count).Draw(t, "counter")
	}
	if rarely("forged") {
		o.Bears, o.Altered = rapid.Uint64Range(0, 7).Draw(t, "bears"), rapid.Bool().Draw(t, "altered")
	}
	o.Objects = rapid.SliceOfNDistinct(rapid.Int32Range(0, 3), 0, 3, rapid.ID[int32]).Draw(t, "objects")
	for range o.Objects {
		o.Values = append(o.Values, float64(rapid.IntRange(0, 60).Draw(t, "value"))/4)
	}
	return o
}

func alike(t *rapid.T, want, got float64, what string) {
	if math.IsNaN(want) != math.IsNaN(got) || !math.IsNaN(want) && want != got && math.Abs(want-got) > 1e-12*math.Abs(want) {
		t.Fatalf("%s is %v, not %v", what, got, want)
	}
}

// Whatever the rules and the messages, a guard decides as one that looks through the
// whole history each time; being archived and read makes no difference.
func TestJudgesAsTheWholeHistorySays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGuard(t)
		require.Empty(t, g.Mistakes())
		n, b := &naive{g: &g}, &bench{State: NewState([]Guard{g}), v: make([]float64, 32)}
		now := vtime.Time(0)
		for i := range rapid.IntRange(1, 40).Draw(t, "offers") {
			now += vtime.Time(rapid.IntRange(0, 6).Draw(t, "gap")) * vtime.Time(vtime.Second/4)
			switch rapid.IntRange(0, 12).Draw(t, "else") {
			case 12:
				b.State = rewritten(t, b.State, g)
			case 11:
				b.Reset(0, 0, now, 0)
				n.events = append(n.events, &event{reset: true})
			}
			o := drawOffer(t, now, uint64(i))
			e := n.decide(o)
			d := b.judge(&o)
			n.events = append(n.events, e)
			compare(t, e, d, &o)
		}
		for i := range g.Rules {
			count := Count{First: vtime.Never}
			for _, e := range n.events {
				switch {
				case e.reset || !e.asked[i]:
				case e.passed[i]:
					count.Passed++
				default:
					count.First = min(count.First, e.o.At)
					count.Reacted++
				}
			}
			require.Equal(t, count, b.Count(0, int32(i)))
		}
	})
}

func compare(t *rapid.T, e *event, d Decision, o *Offer) {
	require.Equal(t, []any{e.accepted, e.rule, e.object, e.reaction, e.alarms}, []any{d.Accept, d.Rule, d.Object, d.Reaction, d.Alarms})
	alike(t, e.measured, d.Measured, "measured")
	if !math.IsNaN(d.Limit) || !math.IsNaN(e.limit) {
		alike(t, e.limit, d.Limit, "the limit")
	}
	if d.Accept {
		held := o.Held
		if held == nil {
			held = make([]bool, len(o.Values))
		}
		require.Equal(t, e.held, held)
		require.True(t, slices.Equal(e.values, o.Values), "%v is not %v", o.Values, e.values)
	}
}

// rewritten returns the state as an archive has it.
func rewritten(t *rapid.T, s *State, g Guard) *State {
	out := snapshot.New(0)
	s.Archive(out)
	in := snapshot.Of(out.Bytes())
	back := NewState([]Guard{g})
	back.Archive(in)
	in.Done()
	require.NoError(t, in.Err())
	again := snapshot.New(0)
	back.Archive(again)
	require.Equal(t, out.Bytes(), again.Bytes())
	return back
}

// Without the offers of a root, an offer is decided differently only where the decision
// with them says that the root could have mattered; rules that read cells included.
func TestInfluenceIsComplete(t *testing.T) {
	const root = signal.Mask(1 << 5)
	rapid.Check(t, func(t *rapid.T) {
		g := drawGuard(t)
		for i := range g.Objects {
			g.Objects[i].Offered = signal.Slot(9 + i)
		}
		sum := func(v []float64, _ int) bool { return v[9]+v[10] < 12 }
		g.Rules = append(g.Rules, Rule{Check: Plausible{Holds: sum}, Reads: []signal.Read{{Slot: 9, Count: 2}}})
		with, without := newWorld(g), newWorld(g)
		now := vtime.Time(0)
		for i := range rapid.IntRange(1, 40).Draw(t, "offers") {
			now += vtime.Time(rapid.IntRange(0, 6).Draw(t, "gap")) * vtime.Time(vtime.Second/4)
			o := drawOffer(t, now, uint64(i))
			if rapid.IntRange(0, 2).Draw(t, "root") == 0 {
				o.Influence = root
				with.hear(o)
				continue
			}
			a, b := with.hear(o), without.hear(o)
			if a != b && with.last.Influence&root == 0 {
				t.Fatalf("%s without the root, %s with it", b, a)
			}
		}
	})
}

// Guards of one state, and members of one guard, know nothing of one another.
func TestMembersAreApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGuard(t)
		g.Members = 3
		for i := range g.Objects {
			g.Objects[i] = Object{Slot: signal.Slot(1 + 4*i), Stride: 1}
		}
		together := &bench{State: NewState([]Guard{usual(), g, g}), v: make([]float64, 32)}
		var apart [6]*bench
		for i := range apart {
			apart[i] = &bench{State: NewState([]Guard{g}), v: make([]float64, 32)}
		}
		now := vtime.Time(0)
		for i := range rapid.IntRange(1, 40).Draw(t, "offers") {
			now += vtime.Time(rapid.IntRange(0, 3).Draw(t, "gap")) * vtime.Time(vtime.Second/4)
			guard, member := rapid.Int32Range(0, 1).Draw(t, "guard"), rapid.IntRange(0, 2).Draw(t, "member")
			alone := apart[int(guard)*3+member]
			a := drawOffer(t, now, uint64(i))
			b := a
			b.Values = slices.Clone(a.Values)
			got, want := together.Judge(1+guard, member, &a, together.frame()), alone.Judge(0, member, &b, alone.frame())
			require.Equal(t, fmt.Sprint(want, b), fmt.Sprint(got, a))
			if rapid.IntRange(0, 9).Draw(t, "reset") == 0 {
				together.Reset(1+guard, member, now, 0)
				alone.Reset(0, member, now, 0)
			}
		}
	})
}
