package harm

import "math"

// MilligramsPerDecilitre is the unit of blood glucose, kg/m3.
const MilligramsPerDecilitre = 0.01

// Thresholds of blood glucose, mg/dL.
const (
	glucoseDeath   = 18
	glucoseComa    = 30
	glucoseSerious = 54
	glucoseLow     = 70
	glucoseHigh    = 250
	glucoseCrisis  = 600
)

// Glucose is the model of the concentration of glucose in the blood, kg/m3. Beyond both of its ends it is
// death: of those with a hyperosmolar crisis 5 to 20 % die, and from 10 % of death on that is what counts.
func Glucose() *Model {
	kg := func(x float64) float64 { return float64(x * MilligramsPerDecilitre) }
	most := func(x float64) float64 { return math.Nextafter(kg(x), math.Inf(1)) }
	return rising(kg(glucoseDeath), kg(glucoseCrisis), most(glucoseHigh), most(glucoseCrisis), most(glucoseCrisis), most(glucoseCrisis)).
		falling(kg(glucoseLow), kg(glucoseSerious), kg(glucoseComa), kg(glucoseDeath))
}
