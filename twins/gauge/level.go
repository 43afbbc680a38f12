package gauge

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A LevelSpec is the configuration of a level gauge.
type LevelSpec struct {
	Every      vtime.Duration `twin:"every" above:"0s" max:"8760h" why:"our estimate: nobody measures less than once a year" default:"1s" doc:"sampling period"`
	Noise      float64        `twin:"noise,mm" min:"0 mm" max:"1 km" why:"our estimate: no tank is so high" default:"0 mm" doc:"standard deviation of a sample"`
	Resolution float64        `twin:"resolution,mm" min:"0 mm" max:"1 km" why:"our estimate: no tank is so high" default:"0 mm" doc:"smallest step of the reading; 0 for none"`
	Low        float64        `twin:"low,mm" min:"-1 km" max:"1 km" why:"our estimate: no tank is so high" default:"0 mm" doc:"least reading"`
	High       float64        `twin:"high,mm" min:"-1 km" max:"1 km" why:"our estimate: no tank is so high" default:"100 m" doc:"greatest reading"`
	Unit       string         `twin:"unit" default:"m" doc:"in which the reading is written and shown: m, mm, cm, ft, in"`
}

// Level describes the level gauge to the catalog.
func Level() device.Kind {
	return device.KindOf(describe("level-gauge", "level", "a level", "tower.level"), LevelSpec{Every: 1, High: 1}, NewLevel)
}

// NewLevel returns a level gauge.
func NewLevel(s LevelSpec) (device.Device, error) {
	u, err := device.UnitOf("unit", s.Unit, unit.Metre)
	if err != nil {
		return nil, err
	}
	return build(s, spec{s.Every, s.Noise, s.Resolution, s.Low, s.High, "level", "level-gauge", u})
}

// A FlowSpec is the configuration of a flow meter.
type FlowSpec struct {
	Every      vtime.Duration `twin:"every" above:"0s" max:"8760h" why:"our estimate: nobody measures less than once a year" default:"1s" doc:"sampling period"`
	Noise      float64        `twin:"noise,m3/h" min:"0 m3/h" max:"1e9 m3/h" why:"our estimate: the Amazon has 8e8 m3/h" default:"0 m3/h" doc:"standard deviation of a sample"`
	Resolution float64        `twin:"resolution,m3/h" min:"0 m3/h" max:"1e9 m3/h" why:"our estimate: the Amazon has 8e8 m3/h" default:"0 m3/h" doc:"smallest step of the reading; 0 for none"`
	Low        float64        `twin:"low,m3/h" min:"-1e9 m3/h" max:"1e9 m3/h" why:"our estimate: the Amazon has 8e8 m3/h" default:"0 m3/h" doc:"least reading"`
	High       float64        `twin:"high,m3/h" min:"-1e9 m3/h" max:"1e9 m3/h" why:"our estimate: the Amazon has 8e8 m3/h" default:"1e6 m3/h" doc:"greatest reading"`
}

// Flow describes the flow meter to the catalog.
func Flow() device.Kind {
	return device.KindOf(describe("flow-meter", "flow", "a flow", "inlet.flow"), FlowSpec{Every: 1, High: 1}, NewFlow)
}

// NewFlow returns a flow meter.
func NewFlow(s FlowSpec) (device.Device, error) {
	return build(s, spec{s.Every, s.Noise, s.Resolution, s.Low, s.High, "flow", "flow-meter", unit.CubicMetrePerHour})
}
