package expression

import (
	"strconv"

	"github.com/harmproof/harmproof/sim/unit"
)

// glucose is its molar mass, kg/mol (NIST Chemistry WebBook).
const glucose = 0.180156

// ofGlucose says what an amount of substance in a volume is as a mass, where blood glucose is wanted: meters
// show either. Elsewhere it says nothing, as nobody knows of what it is.
func ofGlucose(t *term, want unit.Unit) string {
	if want.Symbol != unit.MilligramPerDecilitre.Symbol || t.unit.Dim != unit.MillimolePerLitre.Dim || !t.constant() {
		return ""
	}
	written := strconv.FormatFloat(want.FromSI(float64(t.value*glucose)), 'g', 4, 64)
	return "of glucose that is `\"" + written + " mg/dL\"`: a mmol/L is 18.016 mg/dL"
}
