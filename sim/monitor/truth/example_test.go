package truth

import (
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
)

func lowered(t testing.TB, f *formula.Formula) *Network {
	p, err := formula.Lower(f)
	require.NoError(t, err)
	return New(p)
}

func instant(t vtime.Time) formula.Instant { return formula.Instant{At: t} }

// An answer is due 10 after each question; the network wakes as it comes and when it has
// passed, and not else.
func TestResponse(t *testing.T) {
	n := lowered(t, response(10))
	n.Sample(instant(0), []bool{false, false})
	n.Through(0)
	for n.Next() != vtime.Never {
		n.Through(n.Next())
	}
	require.Less(t, n.known.At, vtime.Time(20), "once the start has left the windows nothing is to come")

	n.Sample(instant(100), []bool{true, false})
	n.Through(100)
	n.Sample(instant(101), []bool{false, false})
	n.Through(101)
	require.Equal(t, vtime.Time(109), n.Next())
	n.Through(109)
	require.Equal(t, vtime.Time(110), n.Next())
	n.Sample(instant(110), []bool{false, true})
	n.Through(110)
	require.Empty(t, n.Take(nil))
	require.Equal(t, []Run{{instant(0), Unknown}}, n.Pending(nil))
	require.Equal(t, []Run{{instant(0), True}}, n.Ended(nil))

	n.Sample(instant(200), []bool{true, false})
	n.Through(209)
	require.Empty(t, n.Take(nil))
	require.Equal(t, []Run{{instant(0), Unknown}}, n.Ended(nil), "there was no time to answer")
	require.Equal(t, []Run{{instant(0), False}}, n.Held(nil))
	require.Equal(t, vtime.Time(210), n.Next())
	n.Through(210)
	require.Equal(t, []Run{{instant(0), False}}, n.Take(nil))
	require.Equal(t, formula.Instant{At: 201}, n.Decided())
}

// What nobody asked was never armed.
func TestEver(t *testing.T) {
	f := response(10)
	n := lowered(t, f)
	asked := 0 // the node of p, or of its opposite
	p, err := formula.Lower(f)
	require.NoError(t, err)
	for k := range p {
		if p[k].Of == f.Args[0].Args[0] {
			asked = k
		}
	}
	require.True(t, p[asked].Opposite)
	n.Sample(instant(0), []bool{false, false})
	n.Through(50)
	require.False(t, n.Ever(asked, False))
	require.True(t, n.Ever(asked, True))
	n.Sample(instant(60), []bool{true, false})
	require.True(t, n.Ever(asked, False))
	require.Equal(t, []Run{{instant(0), True}, {instant(60), False}}, n.History(asked, nil))
}

// One side of an or, and one instant, decide while the rest is open.
func TestAsEarlyAsCanBe(t *testing.T) {
	open := formula.New(formula.Eventually, p)
	n := lowered(t, formula.In(formula.Eventually, 5, 9, formula.New(formula.Or, open, q)))
	n.Sample(instant(0), []bool{false, false})
	n.Sample(instant(7), []bool{false, true})
	require.Equal(t, []Run{{instant(0), True}}, n.Take(nil))
	require.Equal(t, instant(3), n.Decided(), "from 3 on the first round of 8 is in the window, but 7 is not")
}

// What is open for ever does not take memory for ever.
func TestTooMuch(t *testing.T) {
	n := lowered(t, formula.New(formula.Or, formula.New(formula.Eventually, p), q))
	at := vtime.Time(0)
	for ; n.Err() == nil; at++ {
		n.Sample(instant(at), []bool{false, at%2 == 1})
	}
	require.ErrorContains(t, n.Err(), "more than a million")
	require.GreaterOrEqual(t, at, vtime.Time(most-1))
	a := snapshot.New(0)
	n.Sample(instant(at), []bool{true, true})
	require.Empty(t, n.Take(nil))
	require.Equal(t, vtime.Never, n.Next())
	n.Archive(a)
	m := lowered(t, formula.New(formula.Or, formula.New(formula.Eventually, p), q))
	m.Archive(snapshot.Of(a.Bytes()))
	require.Equal(t, n.Err(), m.Err())
}

func TestDisorder(t *testing.T) {
	n := lowered(t, p)
	n.Sample(instant(5), []bool{true})
	n.Sample(instant(5), []bool{true})
	require.NoError(t, n.Err())
	n.Sample(instant(5), []bool{false})
	require.Error(t, n.Err())
}

// A constant needs no sample.
func TestConstant(t *testing.T) {
	n := lowered(t, &formula.Formula{Op: formula.Constant, Over: formula.All, Value: true})
	require.Equal(t, []Run{{instant(0), True}}, n.Take(nil))
	require.Equal(t, formula.Never, n.Decided())
	require.Empty(t, n.Held(nil))
}
