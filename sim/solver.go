package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/plant"
)

// SolverError says that two devices whose states depend on each other ask for
// different solvers.
type SolverError struct{ A, B *Device }

// Error implements error.
func (e *SolverError) Error() string {
	return fmt.Sprintf("%s asks for the solver %v, but %s for %v, and their states depend on each other", e.A.ID, e.A.Solver, e.B.ID, e.B.Solver)
}

// choose gives each island the solver that its devices ask for.
func (s *System) choose(g *graph) error {
	by := make([]*Device, len(g.islands))
	for _, p := range s.parts {
		if p.Solver == plant.Automatic {
			continue
		}
		for i := range p.decl.Signals {
			sig := &p.decl.Signals[i]
			if sig.Role != device.RoleContinuous {
				continue
			}
			for m := range p.Count {
				n := g.island[g.stateOf[sig.Cell.At(m)]]
				if is := &g.islands[n]; by[n] == nil {
					is.Solver, by[n] = p.Solver, &p.Device
				} else if is.Solver != p.Solver {
					return &SolverError{by[n], &p.Device}
				}
			}
		}
	}
	return nil
}
