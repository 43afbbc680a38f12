package floatswitch_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/floatswitch"
)

func TestContract(t *testing.T) {
	simtest.Run(t, floatswitch.Kind(), func() (device.Device, error) {
		return floatswitch.New(floatswitch.Spec{Trips: 0.5, Drop: 0.1})
	})
}
