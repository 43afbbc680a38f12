package scenarios

import (
	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/sim"
)

// A Measure is a check that a device could have besides those that it has.
type Measure = compile.Measure

// Measures lists the checks that devices of the scenario could have besides those
// that they have: what the file declares but leaves off (`off: true`), and what every
// device could do that is told something over the network.
func (s *Scenario) Measures() ([]Measure, error) {
	var could []Measure
	_, err := s.again(compile.Options{Could: &could})
	return could, err
}

// With returns the plan of the scenario with measures switched on.
func (s *Scenario) With(measures ...Measure) (*sim.Plan, error) {
	return s.again(compile.Options{Measures: measures})
}
