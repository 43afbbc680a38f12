package patient_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/patient"
)

// TestLost: where no model holds a body stands still, however much more insulin comes, and
// is not brought back by none of it.
func TestLost(t *testing.T) {
	for name, who := range map[string]device.Device{"hovorka": hovorka(t), "padova": padova(t, "adult-001"), "bergman": bergman(t)} {
		p := infused(t, who, 48*vtime.Hour, simtest.Steps(0, 1000*perHour, 10*3600, 0), none())
		assert.Equal(t, 1., p.At("p.lost", vtime.FromSeconds(48*3600)), name)
		assert.Equal(t, 1., p.At("p.state", vtime.FromSeconds(48*3600)), "%s: below", name)
		for _, minute := range []float64{24 * 60, 48 * 60} {
			assert.InDelta(t, 15, course(t, p, minute)/mgdL, 1e-6, name)
		}
	}
	// Without any insulin and with far too much to eat it ends at the other side.
	p := infused(t, hovorka(t), 48*vtime.Hour, none(), constant(5./60_000))
	assert.Equal(t, 2., p.At("p.state", vtime.FromSeconds(48*3600)), "above")
	assert.InDelta(t, 650, course(t, p, 48*60)/mgdL, 1e-6)
}

// TestMealComesIntoTheBlood: of 60 g all leave the gut, whatever the stomach does meanwhile,
// and a meal of nothing changes nothing.
func TestMealComesIntoTheBlood(t *testing.T) {
	meal := simtest.Steps(0, 0, 600, 5./60_000, 600+720, 0)
	basal := constant(1.2386244136 * 102.32 / 6000 / 60)
	p := infused(t, padova(t, "adult-001"), 48*vtime.Hour, basal, meal)
	kabs, appeared := 0.08906, 0.
	for minute := 0.; minute < 48*60; minute++ {
		at := vtime.FromSeconds(minute * 60)
		appeared += kabs * (p.At("p.gut", at) + p.At("p.gut", at+vtime.Minute)) / 2
	}
	assert.InEpsilon(t, 0.060, appeared, 1e-3, "kg, by the trapezoidal rule over minutes")
	assert.InDelta(t, 0.060, p.At("p.dose", vtime.FromSeconds(3600)), 1e-9)
}

// TestRefuses what no body can have, and says who says so.
func TestRefuses(t *testing.T) {
	minimal := func(change func(*patient.BergmanSpec)) error {
		s := patient.DefaultBergman()
		change(&s)
		_, err := patient.NewBergman(s)
		return err
	}
	full := func(change func(*patient.HovorkaSpec)) error {
		s := patient.DefaultHovorka()
		change(&s)
		_, err := patient.NewHovorka(s)
		return err
	}
	_, nobody := patient.NewPadova(patient.PadovaSpec{Subject: "adult-011"})
	for want, err := range map[string]error{
		"p1 must be from 0.001 to 0.2 1/min, which is what a body can have (Bergman": minimal(func(s *patient.BergmanSpec) { s.Effectiveness = -1 }),
		"insulin_volume must be from 0.3 to 50 L":                                    minimal(func(s *patient.BergmanSpec) { s.InsulinVolume = 0 }),
		"basal_glucose must be from 40 to 400 mg/dL":                                 minimal(func(s *patient.BergmanSpec) { s.Basal = 0.1 }),
		"lag must be finite": minimal(func(s *patient.BergmanSpec) { s.Lag = math.NaN() }),
		"weight must be from 35 to 300 kg, which is what a body can have (adults, as": full(func(s *patient.HovorkaSpec) { s.Weight = 2 }),
		"AG must be from 10 to 100 %":                    full(func(s *patient.HovorkaSpec) { s.Available = 1.2 }),
		"glucose_at_start must be from 2.2 to 22 mmol/L": full(func(s *patient.HovorkaSpec) { s.Glucose = 30 }),
		"glucose_at_start cannot be held at rest":        full(func(s *patient.HovorkaSpec) { s.Fixed = 0.04e-3 / 60 }),
		"subject must be one of":                         nobody,
	} {
		require.Error(t, err, want)
		assert.ErrorContains(t, err, want)
	}
}

// TestNothingIsDrawnOut: insulin and carbohydrate that are less than none change nothing of any body.
func TestNothingIsDrawnOut(t *testing.T) {
	for name, who := range map[string]device.Device{"hovorka": hovorka(t), "padova": padova(t, "adult-001"), "bergman": bergman(t)} {
		basal := constant(0.5 * perHour)
		want := infused(t, who, 12*vtime.Hour, simtest.Steps(0, 0.5*perHour, 3600, 0), none())
		got := infused(t, who, 12*vtime.Hour, simtest.Steps(0, 0.5*perHour, 3600, -5*perHour), constant(-5./60_000))
		assert.InDelta(t, course(t, want, 12*60), course(t, got, 12*60), 1e-9, name)
		eaten := infused(t, who, 12*vtime.Hour, basal, constant(0.05/60_000))
		assert.Greater(t, math.Abs(course(t, eaten, 12*60)-course(t, infused(t, who, 12*vtime.Hour, basal, none()), 12*60)), 1e-6, "%s: a meal is felt", name)
	}
}
