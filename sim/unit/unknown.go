package unit

import (
	"fmt"
	"strings"
)

// An UnknownError is a unit with a symbol that nobody knows.
type UnknownError struct {
	Symbol string   // the unknown one, without its exponent
	In     string   // the whole unit
	Near   []string // at most three known ones that it may have meant
}

// Error names the symbol and what it may have meant.
func (e *UnknownError) Error() string {
	text := fmt.Sprintf("unknown unit %q", e.Symbol)
	if e.In != e.Symbol {
		text += fmt.Sprintf(" in %q", e.In)
	}
	switch n := len(e.Near); n {
	case 0:
		return text + ": units look like m, L/s, kPa, degC, kWh or 1/s"
	case 1:
		return text + ": did you mean " + e.Near[0] + "?"
	default:
		return text + ": did you mean " + strings.Join(e.Near[:n-1], ", ") + " or " + e.Near[n-1] + "?"
	}
}
