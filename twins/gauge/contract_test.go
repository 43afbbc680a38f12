package gauge_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/gauge"
)

func TestContract(t *testing.T) {
	const every = 300 * vtime.Millisecond
	builds := map[string]struct {
		kind  device.Kind
		build simtest.Build
	}{
		"level": {gauge.Level(), func() (device.Device, error) {
			return gauge.NewLevel(gauge.LevelSpec{Every: every, Noise: 0.01, Resolution: 0.001, Low: 0.1, High: 0.9})
		}},
		"flow": {gauge.Flow(), func() (device.Device, error) {
			return gauge.NewFlow(gauge.FlowSpec{Every: every, Noise: 0.01, Low: 0, High: 0.9})
		}},
		"glucose": {gauge.Glucose(), func() (device.Device, error) {
			return gauge.NewGlucose(gauge.GlucoseSpec{Every: every, Noise: 0.1, Resolution: 0.01, Low: 0.39, High: 6, Unit: "mg/dL"})
		}},
		"pressure": {gauge.Pressure(), func() (device.Device, error) {
			return gauge.NewPressure(gauge.PressureSpec{Every: every, High: 10, Unit: "bar"})
		}},
	}
	for name, b := range builds {
		t.Run(name, func(t *testing.T) { simtest.Run(t, b.kind, b.build) })
	}
}
