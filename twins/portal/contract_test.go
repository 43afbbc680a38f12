package portal_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/portal"
)

func TestContract(t *testing.T) {
	simtest.Run(t, portal.Kind(), func() (device.Device, error) { return portal.New(portal.Spec{}) })
}
