package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A grid with one thing wrong is refused at its place, with what to write.
func TestNamedEntries(t *testing.T) {
	file := func(machines, input string) string {
		return `scenario: grid
about: Two buses
run: 1s
system:
  devices:
    grid:
      is: power-grid
      machines: ` + machines + `
      branches: {l1: {from: b1, to: b2, x: 0.1 pu}}
      loads: {city: {bus: b2, power: 50 MW}}
      ` + input + `
    plant: {is: custom, signals: {power: {start: 10 MW}}}
invariants:
  near: {always: 'grid.city_power < "90 MW"'}
`
	}
	const good = "{g1: {bus: b1, inertia: 5 s, reactance: 0.1 pu}}"
	_, err := Parse("grid.yaml", []byte(file(good, "city_demand: plant.power")))
	require.NoError(t, err)
	for _, c := range []struct{ machines, input, want string }{
		{"{g1: {bus: b1, inertia: 5, reactance: 0.1 pu}}", "", "grid.yaml:8:41"},
		{"{g1: {bus: b1, inertia: 5 s}}", "", "g1 of machines needs its reactance (transient, x'd)"},
		{"{g1: {bus: b1, inertia: 5 s, reactance: 0.1 pu, inertai: 4 s}}", "", `g1 of machines has no "inertai"; did you mean "inertia"?`},
		{"{g1: 4}", "", "g1 of machines is a map"},
		{"[g1]", "", "machines is a map of names, not a list"},
		{"{1g: {bus: b1, inertia: 5 s, reactance: 0.1 pu}}", "", `"1g" is no name`},
		{"{g1: {bus: b3, inertia: 5 s, reactance: 0.1 pu}}", "", "branches lead nowhere near the bus b3"},
		{good, "town_demand: plant.power", `a power-grid has no "town_demand"`},
		{good, "city_demand: plant.powr", "plant"},
	} {
		_, err := Parse("grid.yaml", []byte(file(c.machines, c.input)))
		require.Error(t, err, c.want)
		assert.Contains(t, err.Error(), c.want)
		assert.NotContains(t, err.Error(), "city_demand\"", "no cascade")
	}
}
