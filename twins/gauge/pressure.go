package gauge

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A PressureSpec is the configuration of a pressure gauge.
type PressureSpec struct {
	Every      vtime.Duration `twin:"every" above:"0s" max:"8760h" why:"our estimate: nobody measures less than once a year" default:"1s" doc:"sampling period"`
	Noise      float64        `twin:"noise,kPa" min:"0 kPa" max:"10 GPa" why:"our estimate: no vessel holds so much" default:"0 kPa" doc:"standard deviation of a sample"`
	Resolution float64        `twin:"resolution,kPa" min:"0 kPa" max:"10 GPa" why:"our estimate: no vessel holds so much" default:"0 kPa" doc:"smallest step of the reading; 0 for none"`
	Low        float64        `twin:"low,kPa" min:"-10 GPa" max:"10 GPa" why:"our estimate: no vessel holds so much" default:"-100 MPa" doc:"least reading"`
	High       float64        `twin:"high,kPa" min:"-10 GPa" max:"10 GPa" why:"our estimate: no vessel holds so much" default:"100 MPa" doc:"greatest reading"`
	Unit       string         `twin:"unit" default:"kPa" doc:"in which the reading is written and shown: kPa, bar, mbar, psi"`
}

// Pressure describes the pressure gauge to the catalog.
func Pressure() device.Kind {
	return device.KindOf(describe("pressure-gauge", "pressure", "a pressure, or a difference of two", "filter.pressure"), PressureSpec{Every: 1, High: 1}, NewPressure)
}

// NewPressure returns a pressure gauge.
func NewPressure(s PressureSpec) (device.Device, error) {
	u, err := device.UnitOf("unit", s.Unit, unit.Kilopascal)
	if err != nil {
		return nil, err
	}
	return build(s, spec{s.Every, s.Noise, s.Resolution, s.Low, s.High, "pressure", "pressure-gauge", u})
}
