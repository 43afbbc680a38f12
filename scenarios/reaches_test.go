package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/twins"
)

// What is refused where it is written as a number is told where a run comes to it: of each input of each twin that
// has something that it can be, below the least and above the most, and not at either.
func TestImpossibleInARun(t *testing.T) {
	catalog, err := twins.Catalog()
	require.NoError(t, err)
	needs := map[string]string{
		"plume": ", molar_mass: 70.906 g/mol", "fire": ", burns: '\"1 kg/s\"', heat: 46 MJ/kg", "burst": ", of: time > 3, energy: 4.686 GJ",
		"building": ", floor: 100 m2", "robot-arm": ", meets: '\"0 m\"'", "vehicle": ", ahead: '\"900 m\"'",
	}
	tried := map[string]int{}
	for _, kind := range []string{"vehicle", "hovorka-patient", "padova-patient", "bergman-patient", "room", "building", "plume"} {
		declared, err := device.Declare(catalog.Kind(kind).Sample)
		require.NoError(t, err)
		for i := range declared.Signals {
			in := &declared.Signals[i]
			if in.Role != device.RoleInput || in.Type != signal.Number || in.Reach == nil {
				continue
			}
			wide := in.Reach.Most - in.Reach.Least
			for told, x := range map[float64]bool{in.Reach.Least: false, in.Reach.Most: false, in.Reach.Least - 0.01*wide: true, in.Reach.Most + 0.01*wide: true} {
				name := fmt.Sprintf("%s %s of %v %s", kind, in.Name, in.Unit.FromSI(told), in.Unit.Symbol)
				assert.Equal(t, x, tellsImpossible(t, kind, needs[kind], in, told), name)
				tried[kind]++
			}
		}
	}
	assert.Len(t, tried, 7)
}

// tellsImpossible runs a twin one of whose inputs comes to an amount, in SI, and reports whether it is told.
func tellsImpossible(t *testing.T, kind, needs string, in *device.Signal, amount float64) bool {
	t.Helper()
	quoted := func(si float64) string { return fmt.Sprintf(`"%v %s"`, in.Unit.FromSI(si), in.Unit.Symbol) }
	rest := max(in.Reach.Least, min(in.Reach.Most, 0))
	if in.Name == "ahead" {
		rest = 900
	}
	needs = strings.ReplaceAll(needs, ", "+in.Name+": '\"900 m\"'", "")
	text := fmt.Sprintf("scenario: r\nrun: 2s\nsystem:\n  devices:\n    it: {is: %s%s, %s: 'if(time > 1, %s, %s)'}\n",
		kind, needs, in.Name, quoted(amount), quoted(rest))
	if kind == "plume" && in.Name != "release" {
		text = strings.Replace(text, "is: plume", `is: plume, release: '"1 kg/s"'`, 1)
	}
	s, err := Parse("r.yaml", []byte(text))
	require.NoError(t, err, text)
	r, err := sim.Run(t.Context(), s.Plan)
	if err != nil { // what cannot be may end the run, which is told as well
		return true
	}
	for i := range r.Ranges {
		if x := &r.Ranges[i]; x.What == "impossible "+in.Name && x.Left.Verdict == monitor.Violated {
			assert.InDelta(t, 1, x.Left.At.Seconds(), 2e-9, text)
			assert.Contains(t, told(t, s), "it impossible "+in.Name+"  0m01.000s to the end")
			return true
		}
	}
	return false
}

// What one twin has from another is looked at as well; what is one number was judged before, and costs nothing.
func TestImpossibleOfAnotherTwin(t *testing.T) {
	const house = "    hot: {is: room, heat: 'if(time > 60, \"1 MW\", \"0 W\")', outside: 20 degC}\n    annexe: {is: room, outside: hot.temperature}\n"
	_, x := rangeOf(t, house, "annexe", "impossible outside")
	require.Equal(t, monitor.Violated, x.Left.Verdict)
	s, err := Parse("r.yaml", []byte("scenario: r\nrun: 2h\nsystem:\n  devices:\n"+house))
	require.NoError(t, err)
	r, err := sim.Run(t.Context(), s.Plan)
	require.NoError(t, err)
	for i := range r.Ranges {
		assert.NotEqual(t, "hot impossible outside", r.Ranges[i].Device+" "+r.Ranges[i].What)
	}
	assert.Contains(t, told(t, s), "what follows from it is outside the model")
}
