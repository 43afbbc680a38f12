package valve_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/valve"
)

func TestContract(t *testing.T) {
	for name, travel := range map[string]vtime.Duration{"slow": 5 * vtime.Second, "at once": 0} {
		t.Run(name, func(t *testing.T) {
			simtest.Run(t, valve.Kind(), func() (device.Device, error) {
				return valve.New(valve.Spec{Rate: 0.05, Travel: travel})
			})
		})
	}
}
