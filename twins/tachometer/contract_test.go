package tachometer_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/tachometer"
)

func TestContract(t *testing.T) {
	simtest.Run(t, tachometer.Kind(), func() (device.Device, error) {
		return tachometer.New(tachometer.Spec{Trips: 900, Deadband: 50})
	}, simtest.Range("of", 0, 1410))
}
