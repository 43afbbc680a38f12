package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
)

// TestWiresOfEveryBrokenKind: of every kind of the library that has a parameter which can be wrong, a wrong parameter hides
// no wrong wire.
func TestWiresOfEveryBrokenKind(t *testing.T) {
	catalog, err := Catalog()
	require.NoError(t, err)
	tried := 0
	for _, kind := range catalog.Kinds() {
		if kind.Sample == nil {
			continue
		}
		declared, err := device.Declare(kind.Sample)
		require.NoError(t, err)
		wrong := ""
		for _, p := range kind.Parameters {
			if p.Type == device.NumberParameter || p.Type == device.DurationParameter {
				wrong = p.Name
			}
		}
		var inputs []string
		for _, s := range declared.Signals {
			if s.Role.Listens() {
				inputs = append(inputs, s.Name)
			}
		}
		if wrong == "" || len(inputs) == 0 {
			continue
		}
		tried++
		t.Run(kind.Name, func(t *testing.T) {
			text := "scenario: plant\nrun: 1s\nsystem:\n  devices:\n    x:\n      is: " + kind.Name + "\n      " + wrong + ": nonsense\n"
			for _, in := range inputs {
				text += "      " + in + ": nobody_" + in + ".signal\n"
			}
			_, err := Parse("plant.yaml", []byte(text))
			require.Error(t, err)
			said := strings.Join(strings.Fields(err.Error()), " ")
			assert.Contains(t, said, "nonsense")
			for _, in := range inputs {
				assert.Contains(t, said, `there is no device "nobody_`+in+`"`)
			}
		})
	}
	assert.Greater(t, tried, 15)
}
