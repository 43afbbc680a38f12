package trace

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// told is all that a trace says of messages, in the order in which it says it.
func told(t *testing.T, x *Trace) (list []Message) {
	for m, err := range x.Messages(0, vtime.Never-1) {
		require.NoError(t, err)
		list = append(list, m)
	}
	return list
}

// A file that the first version of the format wrote says what one of the same run says today, in
// the same order, also once it was recovered.
func TestFirstFormat(t *testing.T) {
	old, err := os.ReadFile("testdata/format-1.trace")
	require.NoError(t, err)
	today := small(t)
	x, y := openedOf(t, old), openedOf(t, today)
	require.Equal(t, FirstFormat, x.Header.Format)
	require.Equal(t, Format, y.Header.Format)
	require.Len(t, told(t, y), 306)
	require.Equal(t, told(t, y), told(t, x))
	for at := range vtime.Time(301) {
		was, err := x.At(at)
		require.NoError(t, err)
		is, err := y.At(at)
		require.NoError(t, err)
		require.Equal(t, is, was, "at %d", at)
	}
	require.Equal(t, y.End.Counts.Messages.Count, x.End.Counts.Messages.Count)
	var again bytes.Buffer
	_, err = x.Recover(&again)
	require.NoError(t, err)
	require.Equal(t, told(t, y), told(t, openedOf(t, again.Bytes())))
}

func openedOf(t *testing.T, file []byte) *Trace {
	x, err := Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	require.NoError(t, x.Warning)
	return x
}

// What is read of any rows is what was written, each once, with those that stand for several
// messages where they were, and the others between them in the order in which they were noted.
func TestSortedRows(t *testing.T) {
	h := &Header{Flows: []Flow{{Members: 400}}, Steps: make([]Step, 3)}
	luck := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		m := newMessages(h)
		for range luck.IntN(60) {
			r := row{lane: luck.Int32N(800), count: 1, sent: vtime.Time(luck.Int64N(1 << luck.IntN(50))), takes: vtime.Duration(luck.Int64N(1 << luck.IntN(40)))}
			switch luck.IntN(5) {
			case 0:
				r.count, r.period = 2+luck.Int32N(9), vtime.Duration(luck.Int64N(1e9))
			case 1:
				r.takes = vtime.Duration(vtime.Never)
			case 2:
				r.deserted = true
			case 3:
				r.more = &Message{Fate: Refused, Again: luck.IntN(3), Changed: luck.IntN(4) - 1, Held: luck.IntN(4) - 1}
				for range luck.IntN(3) {
					r.more.Values = append(r.more.Values, []float64{1, 0.1, math.Pi, math.Inf(1), math.Copysign(0, -1)}[luck.IntN(5)])
				}
			}
			m.rows = append(m.rows, r)
		}
		want := slices.Clone(m.rows)
		sorted(want)
		for i := range want {
			if want[i].count > 1 {
				require.Equal(t, m.rows[i], want[i])
			} else if i > 0 && want[i-1].count == 1 {
				require.LessOrEqual(t, want[i-1].noted(), want[i].noted())
			}
		}
		in := input{b: m.encode(nil)}
		got := in.messages(h, 800)
		require.NoError(t, in.err)
		require.Empty(t, in.b)
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, want[i], got[i])
		}
	}
}

// Instants are read as they were written, whatever unit they have.
func TestInstants(t *testing.T) {
	for _, list := range [][]vtime.Time{
		nil, {0}, {7}, {0, 1}, {5, 5, 5}, {3, 1003, 2003, 9003}, {vtime.Time(vtime.Second), vtime.Time(3 * vtime.Second)},
		{1, 2, 4, vtime.Never / 2}, {vtime.Never/4 - 1, vtime.Never / 4},
	} {
		in := input{b: appendInstants(nil, list)}
		got := make([]vtime.Time, in.count(1))
		in.instants(got, true)
		require.NoError(t, in.err)
		require.Empty(t, in.b)
		require.Equal(t, len(list), len(got))
		for i := range list {
			require.Equal(t, list[i], got[i])
		}
	}
	a := appendInstants(nil, []vtime.Time{9, 1_000_009, 2_000_009, 5_000_009})
	require.Len(t, a, 1+1+3+3, "a number, the first, the unit, and a byte for each")
}
