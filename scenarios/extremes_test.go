package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// TestExtremes: of a kind that people are harmed by, or live by, no number is so great that it is taken without a
// word: neither 1e300 nor -1e300 of whatever unit, and no duration of two hundred years.
func TestExtremes(t *testing.T) {
	catalog, err := Catalog()
	require.NoError(t, err)
	tried := 0
	for _, name := range []string{
		"person", "robot-arm", "vehicle", "radar", "platoon-controller", "pump", "valve", "guard", "hovorka-patient", "padova-patient", "bergman-patient",
		"glucose-sensor", "room", "building", "plume", "fire", "burst", "tank", "float-switch", "level-gauge", "flow-meter", "pressure-gauge", "circuit-breaker",
	} {
		kind := catalog.Kind(name)
		require.NotNil(t, kind, name)
		var required []device.Assignment
		for _, p := range kind.Parameters {
			if p.Required && p.Type == device.NumberParameter {
				required = append(required, device.Assignment{Name: p.Name, Value: 1.0})
			}
		}
		for _, p := range kind.Parameters {
			for _, text := range extremes(&p) {
				tried++
				v, err := p.Parse(text)
				if err == nil {
					_, err = kind.New(append(required, device.Assignment{Name: p.Name, Value: v}))
				}
				assert.Error(t, err, "%s of %s is %s", p.Name, name, text)
			}
		}
	}
	assert.Greater(t, tried, 200)
}

// extremes are values that nothing has.
func extremes(p *device.Parameter) []string {
	switch p.Type {
	case device.NumberParameter:
		return []string{"1e300 " + p.Unit.Symbol, "-1e300 " + p.Unit.Symbol, "NaN " + p.Unit.Symbol}
	case device.DurationParameter:
		return []string{"2000000h", "-1ns"}
	}
	return nil
}

// TestExtremesOfInputs: what harms people, or what they live by, takes no number by wire that nothing has, and says why.
func TestExtremesOfInputs(t *testing.T) {
	catalog, err := Catalog()
	require.NoError(t, err)
	tried := 0
	for _, name := range []string{"person", "robot-arm", "vehicle", "hovorka-patient", "padova-patient", "bergman-patient", "room", "building", "plume", "fire", "burst"} {
		declared, err := device.Declare(catalog.Kind(name).Sample)
		require.NoError(t, err)
		for i := range declared.Signals {
			s := &declared.Signals[i]
			if s.Role != device.RoleInput || s.Type != signal.Number {
				continue
			}
			tried++
			of := name + " " + s.Name
			if assert.NotNil(t, s.Reach, of) {
				assert.Less(t, s.Reach.Most, 1e20, of)
				assert.Greater(t, s.Reach.Least, -1e20, of)
				assert.NotEmpty(t, s.Reach.Why, of)
			}
		}
	}
	assert.Greater(t, tried, 30)
}
