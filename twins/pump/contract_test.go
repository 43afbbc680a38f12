package pump_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/pump"
)

func TestContract(t *testing.T) {
	simtest.Run(t, pump.Kind(), func() (device.Device, error) {
		return pump.New(pump.Spec{Rate: 0.05, Dry: 0.1, Prime: 0.02})
	}, simtest.Range("suction", 0, 0.3))
}
