package stl

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/reference"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
)

// A point is a time, in the unit of the case, and a value at it.
type point struct{ at, value float64 }

func (p *point) UnmarshalJSON(text []byte) error {
	var pair [2]any
	err := json.Unmarshal(text, &pair)
	p.at, _ = pair[0].(float64)
	switch v := pair[1].(type) {
	case float64:
		p.value = v
	case string:
		p.value = map[string]float64{"+inf": math.Inf(1), "-inf": math.Inf(-1)}[v]
	}
	return err
}

// A known is a formula, signals and what its margin is known to be.
type known struct {
	Name, Formula, Note string
	Online              bool
	Signals             map[string][]point
	Expected            []point
	AtStart             float64 `json:"at_start"`
}

// cases returns the known answers.
func cases(t testing.TB) (all struct{ Dense, Discrete, Linear []known }) {
	data, err := os.ReadFile("testdata/cases.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &all))
	return all
}

// on is a time on a grid of so many steps to the unit.
func on(steps, at float64) vtime.Time { return vtime.Time(math.Round(at * steps)) }

// A track is one of the signals of a case, on a grid.
type track struct {
	times  []vtime.Time
	values []float64
}

func (k *known) tracks(names []string, steps float64) (list []track) {
	for _, name := range names {
		var one track
		for _, p := range k.Signals[name] {
			one.times, one.values = append(one.times, on(steps, p.at)), append(one.values, p.value)
		}
		list = append(list, one)
	}
	return list
}

// at is the value at a time: the last one, or on the straight line to the next.
func (k track) at(t vtime.Time, linear bool) float64 {
	i, exact := slices.BinarySearch(k.times, t)
	if exact {
		return k.values[i]
	}
	if linear && i < len(k.times) {
		part := float64(t-k.times[i-1]) / float64(k.times[i]-k.times[i-1])
		return k.values[i-1] + part*(k.values[i]-k.values[i-1])
	}
	return k.values[i-1]
}

// span is from where all signals have begun to where the last one ends; no span
// where one has no value.
func span(tracks []track) (from, to vtime.Time, ok bool) {
	from, to = math.MinInt64, math.MinInt64
	for _, k := range tracks {
		if len(k.times) == 0 {
			return 0, 0, false
		}
		from, to = max(from, k.times[0]), max(to, k.times[len(k.times)-1])
	}
	return from, to, true
}

// A course is the margin of a formula at a time, in its first round.
type course func(t vtime.Time) float64

// A monitor follows the margin of a formula over signals that have begun at from and
// keep their last value.
type monitor func(t *testing.T, s Spec, tracks []track, from, to vtime.Time, linear bool) course

// byReference decides by definition.
func byReference(t *testing.T, s Spec, tracks []track, from, to vtime.Time, linear bool) course {
	var signal reference.Signal
	for at := from; at <= to; at++ {
		row := make([]float64, len(tracks))
		for i, k := range tracks {
			row[i] = k.at(at, linear)
		}
		margins := make([]float64, len(s.Atoms))
		for i, a := range s.Atoms {
			margins[i] = a.Margin(row)
		}
		signal = append(signal, [][]float64{margins})
	}
	values := reference.Evaluate(s.Formula, signal, reference.Held)
	return func(at vtime.Time) float64 {
		i := sort.Search(len(values)-1, func(i int) bool { return values[i].At.At >= at-from })
		require.True(t, values[i].Known())
		return values[i].Lo
	}
}

// monitors are those that must give the known answers, each with the steps of its
// grid to the unit of time: where values are held, and where they go along lines.
var monitors = []struct {
	name       string
	hold, ramp float64
	run        monitor
}{
	{"reference", 10, 40, byReference},
	{"network", 1e9, 1e9, byNetwork},
}

// want is what a case says the margin is at a time.
func (k *known) want(t vtime.Time, steps float64) float64 {
	value := math.NaN()
	for _, p := range k.Expected {
		if on(steps, p.at) <= t {
			value = p.value
		}
	}
	return value
}

// moments are the times at which a case is looked at: where something changes, just
// before and just after, and well after the end.
func (k *known) moments(from vtime.Time, steps float64) (list []vtime.Time) {
	add := func(p point) {
		for _, more := range []float64{0, 1, 2, 11} {
			for _, by := range []float64{-more, more} {
				at := on(steps, p.at+by)
				list = append(list, at-1, at, at+1)
			}
		}
	}
	for _, name := range []string{"a", "b", "req", "gnt"} {
		for _, p := range k.Signals[name] {
			add(p)
		}
	}
	for _, p := range k.Expected {
		add(p)
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return slices.DeleteFunc(list, func(at vtime.Time) bool { return at < from })
}

// near reports whether two margins are one, but for the last bits of elementary
// functions, which differ from machine to machine in other tools.
func near(text string, a, b float64) bool {
	if strings.Contains(text, "exp(") || strings.Contains(text, "pow(") {
		return a == b || math.Nextafter(a, b) == b
	}
	return a == b
}

// open parses the formula of a case and lays out its signals.
func (k *known) open(t *testing.T, text string, steps float64) (s Spec, tracks []track) {
	s, problems := Parse(text, vtime.Duration(steps))
	require.Empty(t, problems, text)
	return s, k.tracks(s.Columns, steps)
}

func TestDense(t *testing.T) {
	all := cases(t).Dense
	require.Len(t, all, 164)
	for _, m := range monitors {
		for _, k := range all {
			s, tracks := k.open(t, k.Formula, m.hold)
			from, to, ok := span(tracks)
			require.Equal(t, ok, len(k.Expected) > 0, k.Name)
			if !ok {
				continue
			}
			got := m.run(t, s, tracks, from, to, false)
			for _, at := range k.moments(from, m.hold) {
				want := k.want(at, m.hold)
				require.True(t, near(k.Formula, want, got(at)), "%s by %s: %s at %d: %v, not %v", k.Name, m.name, k.Formula, at, got(at), want)
			}
			require.True(t, near(k.Formula, k.want(from, m.hold), byNetworkAtStart(t, s, tracks, from, to, false)), "%s: %s", k.Name, k.Formula)
		}
	}
}

// What is computed on a grid of time is off by what a signal can change in a step.
func TestLinear(t *testing.T) {
	all := cases(t).Linear
	require.Len(t, all, 100)
	for _, m := range monitors {
		for _, k := range all {
			s, tracks := k.open(t, k.Formula, m.ramp)
			from, to, _ := span(tracks)
			got := m.run(t, s, tracks, from, to, true)(from)
			require.InDelta(t, k.AtStart, got, steepest(tracks)+k.printed(), "%s by %s: %s", k.Name, m.name, k.Formula)
			require.InDelta(t, k.AtStart, byNetworkAtStart(t, s, tracks, from, to, true), steepest(tracks)+k.printed(), "%s: %s", k.Name, k.Formula)
		}
	}
}

// printed is by how much the known answer may be off: it has six digits.
func (k *known) printed() float64 {
	if k.AtStart == math.Trunc(k.AtStart) {
		return 0
	}
	return 5e-6
}

// steepest is how much a signal changes in a step at most.
func steepest(tracks []track) (most float64) {
	for _, k := range tracks {
		for i := range k.times[1:] {
			most = max(most, math.Abs(k.values[i+1]-k.values[i])/float64(k.times[i+1]-k.times[i]))
		}
	}
	return most
}
