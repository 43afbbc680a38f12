package drive_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/drive"
)

func TestContract(t *testing.T) {
	simtest.Run(t, drive.Kind(), func() (device.Device, error) {
		return drive.New(drive.Spec{Ramp: 120, Highest: 1400, Low: 807, High: 1210, Start: 1064, Deadband: 50})
	}, simtest.Range("command", -100, 1600))
}
