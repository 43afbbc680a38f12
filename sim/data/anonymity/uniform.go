package anonymity

import "github.com/harmproof/harmproof/sim/detmath"

// Uniform returns the chance that nobody else of so many people is of somebody's kind, where all
// kinds are equally likely: e^(-people/kinds), which is (1 - 1/kinds)^(people-1) for many kinds.
func Uniform(people, kinds float64) float64 { return detmath.Exp(-people / kinds) }
