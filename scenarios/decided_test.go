package scenarios

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim"
)

// explained runs a scenario of the library or of a file's text with trees of causes.
func explained(t require.TestingT, s *Scenario, err error) *sim.Result {
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
	require.NoError(t, err)
	return r
}

// passedOn lists the signals on the way of a step, from what an invariant reads on.
func passedOn(r *sim.Result, invariant, step string) (paths []string) {
	i, err := r.Invariant(invariant)
	if err != nil || i.Tree == nil {
		return nil
	}
	for _, root := range i.Tree.Roots {
		if r.Injections[root.Injection].Step.Name != step {
			continue
		}
		for _, l := range i.Tree.Way(root) {
			paths = append(paths, l.Signal.Path())
		}
	}
	return paths
}

// How badly somebody is harmed by a fire follows from the fire, and not from the blast before it, which the same
// person was exposed to; what was worst from what harmed, and not from what is wired beside that.
func TestHarmFollowsFromWhatHarmed(t *testing.T) {
	s, err := Load("reactor/runaway-fire")
	r := explained(t, s, err)
	burnt := passedOn(r, "nobody-burnt", "A1")
	assert.Contains(t, burnt, "field_operator.heat_load")
	assert.Contains(t, burnt, "fire_field.radiation")
	assert.NotContains(t, burnt, "blast_field.overpressure")

	s, err = Load("home/stuck-off")
	r = explained(t, s, err)
	var cold int
	for i := range r.Invariants {
		for _, l := range r.Invariants[i].Causes {
			if l.Signal.Path() == "maria.temperature_harm" {
				cold++
			}
			require.NotEqual(t, "surroundings.co", l.Signal.Path(), r.Invariants[i].Name)
		}
	}
	assert.Positive(t, cold)
}

// Whatever harms first, and whatever else somebody is exposed to or told: the step that is blamed is the one without
// which there is no such harm.
func TestTheStepThatHarmedIsBlamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Permutation([]int{2, 5, 8}).Draw(t, "at")
		s, err := Parse("two.yaml", fmt.Appendf(nil, `scenario: two
run: 20s
system:
  devices:
    press: {is: custom, signals: {force: {start: 0 N}}}
    vessel: {is: custom, signals: {wave: {start: 0 kPa}}}
    lamp: {is: custom, signals: {lit: {start: false}}}
    jim: {is: person, contact: press.force, overpressure: vessel.wave, warned: {wired: lamp.lit}, path: {away: {x: 5 m, warned: true}}}
invariants:
  touched: {always: jim.contact_harm == 0}
  blown: {always: jim.overpressure_harm == 0}
  unwarned: {never: jim.pressed}
timeline:
  - {name: squeezes, at: %ds, act: set, signal: press.force, value: 200 N}
  - {name: bursts, at: %ds, act: set, signal: vessel.wave, value: 20 kPa}
  - {name: warns, at: %ds, act: set, signal: lamp.lit, value: true}
`, at[0], at[1], at[2]))
		r := explained(t, s, err)
		for invariant, step := range map[string]string{"touched": "squeezes", "blown": "bursts", "unwarned": "warns"} {
			i, err := r.Invariant(invariant)
			require.NoError(t, err)
			last := i.Causes[len(i.Causes)-1]
			require.GreaterOrEqual(t, last.Injection, 0, invariant)
			require.Equal(t, step, r.Injections[last.Injection].Step.Name, invariant)
			for _, root := range i.Tree.Roots { // others may have had influence, but nothing is told that was not so
				if name := r.Injections[root.Injection].Step.Name; name != step && invariant != "unwarned" { // who is harmed badly does not press
					require.Empty(t, i.Tree.Links[root.Link].Signal.Signal, "%s has nothing to do with %s", name, invariant)
				}
			}
		}
	})
}
