package plume_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/plume"
)

func TestContract(t *testing.T) {
	simtest.Run(t, plume.Kind(), func() (device.Device, error) {
		return plume.New(plume.Spec{Class: "D", Wind: 5, Molar: 0.020006, Height: 10, Away: 500})
	}, simtest.Range("release", -1, 10), simtest.Range("downwind", -100, 20_000), simtest.Range("crosswind", -300, 300))
}
