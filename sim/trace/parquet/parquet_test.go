package parquet_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	library "github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/parquet"
	"github.com/harmproof/harmproof/sim/vtime"
)

// recorded returns a trace with a column of each type, and so many changes of each.
func recorded(t testing.TB, changes int) *trace.Trace {
	h := &trace.Header{
		Tool: "of a test", Scenario: "small", Run: 1 << 40, Devices: []trace.Device{{ID: "a", Count: 1}},
		Kinds: []trace.Kind{
			{Name: "x", Type: "number", Unit: trace.Unit{Symbol: "mm", Scale: 1e-3}}, {Name: "on", Type: "bool"}, {Name: "n", Type: "int"},
			{Name: "mode", Type: "enum", Labels: []string{"off", "auto", "manual"}}, {Name: "y", Type: "number", Continuous: true, Unit: trace.Unit{Scale: 1}},
		},
		Signals: []trace.Signal{{0, 0, 1}, {0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {0, 4, 1}},
	}
	var out bytes.Buffer
	w, err := trace.NewWriter(&out, h, nil)
	require.NoError(t, err)
	w.Begin([]float64{0.001, 0, 7, 1, 0.5})
	for k := 1; k <= changes; k++ {
		at := vtime.Time(k)
		x := float64(k) * 1e-3
		if k%5 == 0 {
			x = math.NaN()
		}
		w.Change(at, 0, x)
		w.Change(at, 1, float64(k/3%2))
		w.Change(at, 2, float64(-k))
		w.Change(at, 3, float64(k%4)) // the last one has no label
		w.Course(4, &trace.Course{From: at - 1, To: at, Curve: trace.Curve{From: at - 1, To: at, Y0: float64(k), Y1: float64(k) + 0.5, C0: 0.5}})
	}
	require.NoError(t, w.Close(nil, trace.End{At: vtime.Time(changes), Complete: true}))
	x, err := trace.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	return x
}

// What a library reads is what the trace has, row by row: over several groups of rows.
func TestRead(t *testing.T) {
	const changes = 70_000
	x := recorded(t, changes)
	cells := []int{0, 1, 2, 3, 4}
	var out bytes.Buffer
	require.NoError(t, parquet.Write(&out, x, cells, 0))
	f, err := library.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	require.Greater(t, len(f.RowGroups()), 1)
	var names []string
	for _, c := range f.Schema().Fields() {
		names = append(names, c.Name())
	}
	require.Equal(t, []string{"time_ns", "a.x [mm]", "a.on", "a.n", "a.mode", "a.y"}, names)
	scenario, ok := f.Lookup("scenario")
	require.True(t, ok)
	require.Equal(t, "small", scenario)

	var rows []library.Row
	for _, g := range f.RowGroups() {
		r := g.Rows()
		for {
			part := make([]library.Row, 1000)
			n, err := r.ReadRows(part)
			for _, row := range part[:n] {
				rows = append(rows, row.Clone())
			}
			if err != nil {
				break
			}
		}
		require.NoError(t, r.Close())
	}
	n := 0
	require.NoError(t, x.Rows(cells, 0, func(at vtime.Time, v []float64) error {
		row := rows[n]
		n++
		require.EqualValues(t, at, row[0].Int64())
		if math.IsNaN(v[0]) {
			require.True(t, row[1].IsNull())
		} else {
			require.InEpsilon(t, 1e3*v[0], row[1].Double(), 1e-12)
		}
		require.Equal(t, v[1] != 0, row[2].Boolean())
		require.EqualValues(t, v[2], row[3].Int64())
		if v[3] == 3 {
			require.True(t, row[4].IsNull())
		} else {
			require.Equal(t, []string{"off", "auto", "manual"}[int(v[3])], row[4].String())
		}
		require.Equal(t, v[4], row[5].Double())
		return nil
	}))
	require.Len(t, rows, n)
	require.Greater(t, n, changes)
}

// At equal steps there is a row for each, also of a table of the time alone.
func TestSteps(t *testing.T) {
	x := recorded(t, 100)
	for _, cells := range [][]int{{4}, nil} {
		var out bytes.Buffer
		require.NoError(t, parquet.Write(&out, x, cells, 10))
		f, err := library.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
		require.NoError(t, err)
		require.EqualValues(t, 11, f.NumRows())
	}
}

// More columns than tools can do with are refused, with what to do.
func TestTooWide(t *testing.T) {
	err := parquet.Write(&bytes.Buffer{}, recorded(t, 1), make([]int, parquet.MaxColumns+1), 0)
	require.ErrorContains(t, err, "name some of them")
	require.True(t, strings.HasPrefix(err.Error(), "10001 signals"))
}
