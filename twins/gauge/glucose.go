package gauge

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A GlucoseSpec is the configuration of a glucose sensor.
type GlucoseSpec struct {
	Every      vtime.Duration `twin:"every" above:"0s" max:"24h" why:"our estimate: sensors measure every few minutes" default:"3m" doc:"sampling period"`
	Noise      float64        `twin:"noise,mg/dL" min:"0 mg/dL" max:"3000 mg/dL" why:"nobody is known to have survived more than 2656 mg/dL" default:"0 mg/dL" doc:"standard deviation of a sample"`
	Resolution float64        `twin:"resolution,mg/dL" min:"0 mg/dL" max:"3000 mg/dL" why:"nobody is known to have survived more than 2656 mg/dL" default:"1 mg/dL" doc:"smallest step of the reading; 0 for none"`
	Low        float64        `twin:"low,mg/dL" min:"0 mg/dL" default:"39 mg/dL" doc:"least reading"`
	High       float64        `twin:"high,mg/dL" min:"0 mg/dL" max:"3000 mg/dL" why:"nobody is known to have survived more than 2656 mg/dL" default:"600 mg/dL" doc:"greatest reading"`
	Unit       string         `twin:"unit" default:"mg/dL" doc:"in which the reading is written and shown: mg/dL, kg/m3, g/L"`
}

// Glucose describes the sensor of a continuous glucose monitor to the catalog.
func Glucose() device.Kind {
	d := describe("glucose-sensor", "glucose", "the glucose under the skin", "patient.interstitial")
	d.Source = "period and range of a Dexcom sensor as in github.com/jxx123/simglucose; white noise"
	return device.KindOf(d, GlucoseSpec{Every: 1, High: 6}, NewGlucose)
}

// NewGlucose returns a glucose sensor.
func NewGlucose(s GlucoseSpec) (device.Device, error) {
	u, err := device.UnitOf("unit", s.Unit, unit.MilligramPerDecilitre)
	if err != nil {
		return nil, err
	}
	return build(s, spec{s.Every, s.Noise, s.Resolution, s.Low, s.High, "glucose", "gauge", u})
}
