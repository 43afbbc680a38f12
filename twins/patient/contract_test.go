package patient_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/patient"
)

// TestContract infuses up to 20 U/h, and feeds up to 5 g/min.
func TestContract(t *testing.T) {
	long := 90 * vtime.Minute
	if testing.Short() {
		long = 10 * vtime.Minute
	}
	most := []simtest.Option{
		simtest.For(long), simtest.Range("insulin", 0, 20./3600), simtest.Range("meal", 0, 5./60_000),
	}
	t.Run("bergman", func(t *testing.T) {
		simtest.Run(t, patient.Bergman(), func() (device.Device, error) { return patient.NewBergman(patient.DefaultBergman()) }, most...)
	})
	t.Run("hovorka", func(t *testing.T) {
		simtest.Run(t, patient.Hovorka(), func() (device.Device, error) { return patient.NewHovorka(patient.DefaultHovorka()) }, most...)
	})
	t.Run("padova", func(t *testing.T) {
		simtest.Run(t, patient.Padova(), func() (device.Device, error) { return patient.NewPadova(patient.PadovaSpec{Subject: "adult-001"}) }, most...)
	})
}
