package perfetto_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/perfetto"
	"github.com/harmproof/harmproof/sim/trace/record"
	"github.com/harmproof/harmproof/sim/vtime"
)

func recorded(t *testing.T, name string, until vtime.Time) *trace.Trace {
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	var out bytes.Buffer
	r, err := record.New(&out, s.Plan, record.Options{Tool: "of a \"test\"", File: s.File})
	require.NoError(t, err)
	result, err := sim.Run(t.Context(), s.Plan, sim.Record(r), sim.Explain(), sim.Until(min(until, s.Plan.Run)))
	require.NoError(t, err)
	require.NoError(t, r.Close(result))
	x, err := trace.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	return x
}

// An entry is an event as Chrome's format has it.
type entry struct {
	Phase string      `json:"ph"`
	PID   int         `json:"pid"`
	TID   int         `json:"tid"`
	At    json.Number `json:"ts"`
	Lasts json.Number `json:"dur"`
	Name  string      `json:"name"`
	Cat   string      `json:"cat"`
	ID    any         `json:"id"`
	Args  map[string]any
}

// ns is a time in microseconds as nanoseconds, exactly.
func ns(t *testing.T, n json.Number) int64 {
	x, ok := new(big.Rat).SetString(n.String())
	require.True(t, ok, n)
	x.Mul(x, big.NewRat(1000, 1))
	require.True(t, x.IsInt(), n)
	return x.Num().Int64()
}

type thread struct{ pid, tid int }

// The file is what the format asks for: threads have names, slices of a thread nest, each
// message ends that begins, and each arrow leads from a slice of a cause to one of its
// effect.
func TestWrite(t *testing.T) {
	for _, name := range []string{"tower/spoofed-gauge", "swat/attack-03-checked", "centrifuge/flat"} {
		t.Run(name, func(t *testing.T) {
			x := recorded(t, name, vtime.Time(vtime.Day))
			var out bytes.Buffer
			left, err := perfetto.Write(&out, x, []int{0, 1, 2, 3, 4, 5, 6, 7}, 0)
			require.NoError(t, err)
			require.Zero(t, left)
			var file struct {
				TraceEvents []entry
				OtherData   map[string]string
			}
			require.NoError(t, json.Unmarshal(out.Bytes(), &file))
			require.Equal(t, x.Header.Scenario, file.OtherData["scenario"])
			slices := slicesOf(t, file.TraceEvents)
			messages(t, x, file.TraceEvents)
			arrows(t, x, file.TraceEvents, slices)
			counters(t, x, file.TraceEvents)
		})
	}
}

// slicesOf holds that the slices of each thread nest.
func slicesOf(t *testing.T, list []entry) map[thread][][2]int64 {
	spans := map[thread][][2]int64{}
	named := map[thread]bool{}
	for _, e := range list {
		on := thread{e.PID, e.TID}
		switch e.Phase {
		case "M":
			named[on] = true
		case "X":
			require.True(t, named[on])
			from := ns(t, e.At)
			spans[on] = append(spans[on], [2]int64{from, from + ns(t, e.Lasts)})
		}
	}
	for _, s := range spans {
		slices.SortFunc(s, func(a, b [2]int64) int {
			if a[0] != b[0] {
				return int(a[0] - b[0])
			}
			return int(b[1] - a[1])
		})
		var open []int64
		for _, x := range s {
			for len(open) > 0 && open[len(open)-1] <= x[0] {
				open = open[:len(open)-1]
			}
			if len(open) > 0 {
				require.LessOrEqual(t, x[1], open[len(open)-1])
			}
			open = append(open, x[1])
		}
	}
	require.NotEmpty(t, spans)
	return spans
}

func messages(t *testing.T, x *trace.Trace, list []entry) {
	begun, ended := map[any]int64{}, 0
	for _, e := range list {
		switch e.Phase {
		case "b":
			_, twice := begun[e.ID]
			require.False(t, twice, e.ID)
			begun[e.ID] = ns(t, e.At)
		case "e":
			require.GreaterOrEqual(t, ns(t, e.At), begun[e.ID])
			ended++
		}
	}
	want := 0
	for range x.Messages(0, vtime.Never) {
		want++
	}
	require.Len(t, begun, want)
	require.Equal(t, want, ended)
}

func arrows(t *testing.T, x *trace.Trace, list []entry, spans map[thread][][2]int64) {
	from, n := map[any]entry{}, 0
	within := func(e entry) bool {
		at := ns(t, e.At)
		return slices.ContainsFunc(spans[thread{e.PID, e.TID}], func(s [2]int64) bool { return s[0] <= at && at < s[1] })
	}
	for _, e := range list {
		switch e.Phase {
		case "s":
			from[e.ID] = e
			require.True(t, within(e), "%+v", e)
		case "f":
			begun, has := from[e.ID]
			require.True(t, has, e.ID)
			require.GreaterOrEqual(t, ns(t, e.At), ns(t, begun.At))
			n++
		}
	}
	want := 0
	for i := range x.Result.Invariants {
		if tree := x.Result.Invariants[i].Causes; tree != nil {
			for _, l := range tree.Links {
				if l.Effect >= 0 {
					want++
				}
			}
		}
	}
	require.Equal(t, want, n)
	require.Len(t, from, want)
}

// counters holds the counters against the changes of the trace.
func counters(t *testing.T, x *trace.Trace, list []entry) {
	got := map[string]int{}
	for _, e := range list {
		if e.Phase == "C" {
			require.Len(t, e.Args, 1)
			got[e.Name]++
		}
	}
	require.NotEmpty(t, got)
	for cell := range 8 {
		if k := x.KindOf(cell); k.Continuous || k.Type == "enum" {
			continue
		}
		want, last := 0, [2]float64{}
		for c, err := range x.Changes(cell, 0, vtime.Never) {
			require.NoError(t, err)
			if want == 0 || c.Value != last[0] {
				want++
			}
			last[0] = c.Value
		}
		require.GreaterOrEqual(t, want, got[x.Path(cell)], x.Path(cell))
		require.Positive(t, got[x.Path(cell)], x.Path(cell))
	}
}
