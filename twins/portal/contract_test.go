package portal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/portal"
)

func TestContract(t *testing.T) {
	for _, spec := range []portal.Spec{{}, {Repeats: vtime.Hour}} {
		simtest.Run(t, portal.Kind(), func() (device.Device, error) { return portal.New(spec) })
	}
	_, err := portal.New(portal.Spec{Repeats: vtime.Second})
	require.ErrorContains(t, err, "a minute or more")
}
