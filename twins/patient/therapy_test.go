package patient_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A therapy is what params/Quest.csv of github.com/jxx123/simglucose prints of a subject: grams of
// carbohydrate for a unit of insulin, mg/dL for one, and units a day.
type therapy struct{ carbohydrate, correction, daily float64 }

var therapies = map[string]therapy{
	"adult-001":      {10, 8.77310657487, 50.416652},
	"adolescent-010": {14, 31.8684843717, 33.1735076937},
}

// basalOf is the basal insulin of a subject, in U/s.
func basalOf(t *testing.T, subject string) float64 {
	t.Helper()
	return infused(t, padova(t, subject), vtime.Minute, none(), none()).At("p.basal", 0)
}

// TestPadovaDailyInsulin: what is printed is a day of the subject's basal insulin and what 200 g take, to all
// digits that are: 50.4 U at 10 g a unit, 33.2 U at 14 g a unit.
func TestPadovaDailyInsulin(t *testing.T) {
	for subject, printed := range therapies {
		assert.InDelta(t, printed.daily, 24*3600*basalOf(t, subject)+200/printed.carbohydrate, 1e-7, subject)
	}
}

// TestPadovaCorrection: 3 U take glucose down by three times what is printed, to 0.3 %: 8.780 mg/dL a unit
// where 8.773 are printed, and 31.78 where 31.87 are.
func TestPadovaCorrection(t *testing.T) {
	for subject, falls := range map[string]float64{"adult-001": 8.780, "adolescent-010": 31.78} {
		const bolus, lasts = 3, 60
		basal := basalOf(t, subject)
		p := infused(t, padova(t, subject), 12*vtime.Hour, simtest.Steps(0, basal+bolus/float64(lasts), lasts, basal), none())
		least, _ := nadir(t, p, 719)
		by := (course(t, p, 0) - least) / mgdL / bolus
		assert.InEpsilon(t, falls, by, 2e-4, subject)
		assert.InEpsilon(t, therapies[subject].correction, by, 3e-3, subject)
	}
}

// TestPadovaMealIsCovered: with a unit for 10 g adult-001 is back after six hours, to 2 %, and never low; with
// half as much or twice as much it is not.
func TestPadovaMealIsCovered(t *testing.T) {
	basal := basalOf(t, "adult-001")
	after := func(units float64) (back, least float64) {
		p := infused(t, padova(t, "adult-001"), 24*vtime.Hour, simtest.Steps(0, basal+units/60, 60, basal), simtest.Steps(0, 0.050/900, 900, 0))
		least, _ = nadir(t, p, 24*60-1)
		return course(t, p, 360) / course(t, p, 0), least / mgdL
	}
	back, least := after(50 / therapies["adult-001"].carbohydrate)
	assert.InDelta(t, 1, back, 0.02)
	assert.Greater(t, least, 70.)
	for _, units := range []float64{2.5, 10} {
		back, _ := after(units)
		assert.Greater(t, math.Abs(back-1), 0.1, "%v U", units)
	}
}
