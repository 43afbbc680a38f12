package rotor_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/rotor"
)

func TestContract(t *testing.T) {
	for name, change := range map[string]func(s *rotor.Spec){
		"bursts":   func(s *rotor.Spec) { s.Scatter = 0.1 },
		"wears":    func(s *rotor.Spec) { s.Ultimate, s.Life, s.Exponent = 1e9, 10, 3 },
		"touches":  func(s *rotor.Spec) { s.Clearance = 20e-6 },
		"survives": func(s *rotor.Spec) { s.Ultimate, s.Life = 1e9, 1e9 },
	} {
		t.Run(name, func(t *testing.T) {
			s := tube
			change(&s)
			simtest.Run(t, rotor.Kind(), func() (device.Device, error) { return rotor.New(s) }, simtest.Range("frequency", 0, 1410))
		})
	}
}
