package arm_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/arm"
)

func TestContract(t *testing.T) {
	for name, change := range map[string]func(s *arm.Spec){
		"speed and separation": func(s *arm.Spec) { s.Resumes = true },
		"power limited":        func(s *arm.Spec) { s.PowerLimited, s.Region, s.Category = true, "chest", "cat_1" },
		"clamps":               func(s *arm.Spec) { s.Clamps, s.Region, s.SafeSpeed, s.SafeTo = true, "hand", 0.8, 1 },
	} {
		t.Run(name, func(t *testing.T) {
			s := arm.UR5()
			change(&s)
			simtest.Run(t, arm.Kind(), func() (device.Device, error) { return arm.New(s) }, simtest.Range("body", 0, 3))
		})
	}
}
