package burst_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/burst"
)

func TestContract(t *testing.T) {
	simtest.Run(t, burst.Kind(), func() (device.Device, error) {
		return burst.New(burst.Spec{Energy: 1e6, Away: 10})
	}, simtest.Range("distance", 0, 100))
}
