package singlemachine_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/singlemachine"
)

// TestContract is short: once its breaker has been open the machine slips ever faster.
func TestContract(t *testing.T) {
	simtest.Run(t, singlemachine.Kind(), func() (device.Device, error) {
		return singlemachine.New(singlemachine.Spec{Frequency: 60, Inertia: 3, Damping: 2, Power: 0.5, Internal: 1.2, Voltage: 1, Reactance: 0.5})
	}, simtest.For(6*vtime.Second))
}
