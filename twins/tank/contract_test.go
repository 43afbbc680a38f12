package tank_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/tank"
)

func TestContract(t *testing.T) {
	// Within a minute it is full several times, and empty.
	simtest.Run(t, tank.Kind(), func() (device.Device, error) {
		return tank.New(tank.Spec{Area: 1.5, Height: 0.2, Level: 0.1})
	}, simtest.Range("inflow", 0, 0.2), simtest.Range("outflow", 0, 0.2))
}
