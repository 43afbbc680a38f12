package demand_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/demand"
)

func TestContract(t *testing.T) {
	for _, between := range []string{"hold", "linear"} {
		t.Run(between, func(t *testing.T) {
			simtest.Run(t, demand.Kind(), func() (device.Device, error) {
				return demand.New(demand.Spec{Between: between, Repeat: 7 * vtime.Second, Profile: device.Series{
					Times: []vtime.Duration{0, vtime.Second, 5 * vtime.Second}, Values: []float64{0.001, 0.003, 0},
				}})
			})
		})
	}
}
