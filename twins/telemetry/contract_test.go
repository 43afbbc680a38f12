package telemetry_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/telemetry"
)

func TestContract(t *testing.T) {
	for name, spec := range map[string]telemetry.Spec{
		"periodic": {Every: 3 * vtime.Second},
		"late":     {Every: 3 * vtime.Second, Jitter: vtime.Second},
		"random":   {Every: 3 * vtime.Second, Random: true},
		"in step":  {Every: 3 * vtime.Second, InStep: true},
	} {
		t.Run(name, func(t *testing.T) {
			simtest.Run(t, telemetry.Kind(), func() (device.Device, error) { return telemetry.New(spec) })
		})
	}
}
