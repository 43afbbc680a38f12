package unit

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What has no dimension is called by what it counts; a frequency stays one.
func TestNounsOfCounts(t *testing.T) {
	for symbol, noun := range map[string]string{
		"U": "an amount of insulin", "U/h": "an insulin rate", "mU/min": "an insulin rate", "mU/L": "a concentration of insulin",
		"kb/s": "a data rate", "MB": "an amount of data", "1/s": "a frequency", "Hz": "a frequency", "rad": "a pure number", "1/L": "a count per volume",
		"U/m2": "a quantity in 1/m2", "m3/h": "a flow", "bar": "a pressure",
	} {
		u, err := Parse(symbol)
		if assert.NoError(t, err, symbol) {
			assert.Equal(t, noun, u.Noun(), symbol)
		}
	}
}
