package powergrid

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
)

// guarded is the sample with all its protection and a governor.
func guarded() Spec {
	s := Sample()
	s.Machines[0].Droop, s.Machines[0].Rating, s.Machines[0].Damping = 0.05, 200e6, 2
	s.Relays = []Relay{{Name: "under", Below: 58, After: vtime.Second}, {Name: "over", Above: 61.5}}
	s.Shedding = []Stage{{Name: "first", Below: 59.1, Share: 0.1, After: 100 * vtime.Millisecond}}
	s.OutOfStep = 150 * degree
	return s
}

// TestContract is short, as a grid has many signals that bend all the time: the feeder
// opens the line and machines within the first seconds.
func TestContract(t *testing.T) {
	simtest.Run(t, Kind(), func() (device.Device, error) { return New(guarded()) },
		simtest.Range("city_demand", 0, 40e6), simtest.For(6*vtime.Second))
}
