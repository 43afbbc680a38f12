package guard_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/guard"
)

func TestContract(t *testing.T) {
	simtest.Run(t, guard.Kind(), func() (device.Device, error) {
		return guard.New(guard.Spec{Coding: "low", Sees: 100 * vtime.Millisecond, Every: 70 * vtime.Millisecond})
	})
}
