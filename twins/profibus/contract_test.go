package profibus_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/profibus"
)

func TestContract(t *testing.T) {
	simtest.Run(t, profibus.Kind(), func() (device.Device, error) {
		return profibus.New(profibus.Spec{Cycle: 300 * vtime.Millisecond, Start: 1064})
	}, simtest.Range("frequency", 0, 1410))
}
