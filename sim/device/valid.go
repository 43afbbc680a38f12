package device

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Valid checks the values of a Spec by its tags: finite, within their range, one
// of the choices, a profile in order. A twin's New calls it first, so that what is
// built in Go is checked as what is written in a scenario.
func Valid(spec any) error {
	v := reflect.ValueOf(spec)
	for _, p := range parameters(v.Type()) {
		if reason := p.invalid(v.Field(p.field).Interface()); reason != "" {
			return Invalid(p.Name, "%s", reason)
		}
	}
	return nil
}

// invalid says what is wrong with a value, in words that go on after the name.
func (p *Parameter) invalid(value any) string {
	switch x := value.(type) {
	case float64:
		return p.outside(x)
	case int:
		return p.outside(float64(x))
	case vtime.Duration:
		return p.outside(vtime.Seconds(x))
	case string:
		if len(p.Choices) > 0 && !slices.Contains(p.Choices, x) {
			return "must be one of " + strings.Join(p.Choices, ", ") + p.source()
		}
	case Series:
		return x.invalid()
	}
	if p.Type == EntriesParameter {
		return invalidEntries(reflect.ValueOf(value), p.Fields)
	}
	return ""
}

func (p *Parameter) outside(x float64) string {
	if !finite(x) {
		return "must be finite"
	}
	if err := p.inRange(x); err != nil {
		cause, _ := AdviceOf(err)
		return strings.TrimPrefix(cause, p.Name+" ")
	}
	return ""
}

func (s Series) invalid() string {
	if len(s.Times) != len(s.Values) {
		return "needs a value for each time"
	}
	for i, t := range s.Times {
		switch {
		case i > 0 && t <= s.Times[i-1]:
			return "must go forward in time"
		case !finite(s.Values[i]):
			return "must be finite"
		}
	}
	return ""
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
