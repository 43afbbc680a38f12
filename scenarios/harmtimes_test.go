package scenarios

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/report"
)

// coldTwice is somebody in frost for a while, which does no harm in that time, and later in a hall that is cold for hours.
const coldTwice = `scenario: cold-twice
run: 6h
system:
  devices:
    hall: {is: custom, signals: {warm: {start: 20 degC}, air: {value: 'if(time < 600, "-20 degC", warm)', unit: degC}}}
    anna: {is: person, role: operator, temperature: hall.air}
timeline:
  - {at: %s, attack: modify, name: chill, signal: hall.warm, value: 10 degC}
`

// What was worse at another time is told as of another time, and what left its model then is not told of the harm; in one
// time without a break beyond the limit it is.
func TestWhatIsToldOfHarmIsOfItsTime(t *testing.T) {
	const worst = "at worst -20 degC at 0m00.000s"
	for name, c := range map[string]struct {
		chill    string
		has, not []string
	}{
		"another time": {"2h", []string{"at another time, which did no harm, -20 degC at 0m00.000s", "by 36.0 K at 0m00.000s, another time, which did no harm"}, []string{"outside its model"}},
		"no break":     {"9m", []string{worst + "\n", "by 36.0 K at 0m00.000s\n", "outside its model  temperature, from 0m00.000s on"}, []string{"another time"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Parse("cold-twice.yaml", fmt.Appendf(nil, coldTwice, c.chill))
			r := explained(t, s, err)
			var text bytes.Buffer
			require.NoError(t, report.Text(&text, r, report.Options{Width: 250}))
			for _, want := range c.has {
				assert.Contains(t, text.String(), want)
			}
			for _, not := range c.not {
				assert.NotContains(t, text.String(), not)
			}
		})
	}
}
