package expression

import (
	"slices"

	"github.com/harmproof/harmproof/sim/unit"
)

// coherent is the SI unit of a dimension, for what has no unit of its own.
func coherent(d unit.Dimension) unit.Unit {
	if d == (unit.Dimension{}) {
		return unit.One
	}
	return unit.Unit{Symbol: d.String(), Dim: d, Scale: 1}
}

// symbolOf is how a value like those in u is written in a fix.
func symbolOf(u unit.Unit) string {
	examples := unit.Examples(u.Dim)
	if u.Symbol == "" || u.Symbol == u.Dim.String() && !slices.Contains(examples, u.Symbol) {
		return examples[0]
	}
	return u.Symbol
}
