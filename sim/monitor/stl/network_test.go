package stl

import (
	"slices"
	"sort"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/monitor/margin"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
)

// beyond is how long after the last sample a margin may be looked at.
const beyond = 100 * vtime.Second

// samples are the margins of the atoms wherever a signal has a value: the times, and
// the values of each atom.
func samples(s Spec, tracks []track, from vtime.Time, linear bool) (times []vtime.Time, columns [][]float64) {
	for _, k := range tracks {
		times = append(times, k.times...)
	}
	times = append(times, from)
	slices.Sort(times)
	times = slices.DeleteFunc(slices.Compact(times), func(at vtime.Time) bool { return at < from })
	columns = make([][]float64, len(s.Atoms))
	row := make([]float64, len(tracks))
	for _, at := range times {
		for i, k := range tracks {
			row[i] = k.at(at, linear)
		}
		for i, a := range s.Atoms {
			columns[i] = append(columns[i], a.Margin(row))
		}
	}
	return times, columns
}

func lowered(t *testing.T, s Spec, linear bool) formula.Program {
	for _, a := range s.Atoms {
		require.True(t, a.Affine || !linear, a.Text)
	}
	p, err := formula.Lower(s.Formula)
	require.NoError(t, err)
	return p
}

// byNetwork follows the margin at all times, from samples that come one by one or,
// along straight lines, all at once.
func byNetwork(t *testing.T, s Spec, tracks []track, from, to vtime.Time, linear bool) course {
	n := margin.New(lowered(t, s, linear), len(s.Atoms))
	times, columns := samples(s, tracks, from, linear)
	var pieces []margin.Piece
	if linear {
		n.Append(times, columns, true)
	} else {
		row := make([]float64, len(columns))
		for i, at := range times {
			for j := range columns {
				row[j] = columns[j][i]
			}
			n.Sample(formula.Instant{At: at}, row)
			pieces = n.Take(pieces)
		}
	}
	pieces = n.Take(pieces)
	pieces = n.Ended(to.Add(beyond), margin.Held, false, pieces)
	require.NoError(t, n.Err())
	return func(at vtime.Time) float64 {
		i := sort.Search(len(pieces), func(i int) bool { return formula.Instant{At: at}.Before(pieces[i].From) })
		return pieces[i-1].At(at)
	}
}

// byNetworkAtStart follows the margin at the start alone.
func byNetworkAtStart(t *testing.T, s Spec, tracks []track, from, to vtime.Time, linear bool) float64 {
	n := margin.NewAtStart(lowered(t, s, linear), len(s.Atoms))
	times, columns := samples(s, tracks, from, linear)
	n.Append(times, columns, linear)
	p := n.AtStart(to.Add(beyond), margin.Held, false)
	require.NoError(t, n.Err())
	return p.Value
}
