package fire_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/fire"
)

func TestContract(t *testing.T) {
	simtest.Run(t, fire.Kind(), func() (device.Device, error) {
		return fire.New(fire.Spec{Power: 14e6, Radiates: 0.35, Transmits: 1, Diameter: 3, Away: 10, Lasts: 20 * vtime.Second})
	}, simtest.Range("distance", 0, 100))
}
