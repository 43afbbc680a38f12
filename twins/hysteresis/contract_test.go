package hysteresis_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/twins/hysteresis"
)

func TestContract(t *testing.T) {
	simtest.Run(t, hysteresis.Kind(), func() (device.Device, error) {
		return hysteresis.New(hysteresis.Spec{Low: 0.3, High: 0.7})
	})
}
