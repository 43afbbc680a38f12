package trace

import (
	"fmt"
	"math"
)

// A Spot is where a device is in the plane, seen from above.
type Spot struct {
	// In is the number of a device that it is in, such as a car, whose place it has; -1
	// where it has its own.
	In int `json:"in"`
	// X and Y are where its middle is; of what has a length that of its front, from which it
	// reaches back along x. All are lengths in m.
	X      Amount `json:"x"`
	Y      Amount `json:"y"`
	Length Amount `json:"length"`
	Width  Amount `json:"width"`
}

// A Field is where a device is dangerous, or watches: a circle around X and Y, where it has a
// Radius, or else the rectangle from there by Along and Across, which is a line where one of
// them is 0. One that Widens begins there in a point, and is so wide at the end of Along, half of
// it to either side.
type Field struct {
	Name   string `json:"name"`
	X      Amount `json:"x"`
	Y      Amount `json:"y"`
	Radius Amount `json:"radius"`
	Along  Amount `json:"along"`
	Across Amount `json:"across"`
	Widens Amount `json:"widens,omitzero"`
	// While is not 0 where it is there, Alarm where it has seen something.
	While Amount `json:"while"`
	Alarm Amount `json:"alarm"`
	// Hazards are those that are there, by their numbers.
	Hazards []int `json:"hazards,omitempty"`
	// Severity is how badly they harm at its edge, 0 where that is what they do anywhere.
	Severity int `json:"severity,omitempty"`
}

// An Amount is a sum of a number and the value of a cell times a factor. Its cell is -1 where
// it is the number alone. That of the next member of its device is Stride on.
type Amount struct {
	Cell   int     `json:"cell"`
	Stride int     `json:"stride,omitempty"`
	Times  float64 `json:"times,omitempty"`
	Plus   float64 `json:"plus,omitempty"`
}

// Of returns the amount of a member by the values of all cells; it is no number where there is
// no such cell.
func (a *Amount) Of(values []float64, member int) float64 {
	if a.Cell < 0 {
		return a.Plus
	}
	cell := a.Cell + member*a.Stride
	if cell < 0 || cell >= len(values) {
		return math.NaN()
	}
	return a.Plus + float64(a.Times*values[cell])
}

// Moves reports whether the amount goes by a signal.
func (a *Amount) Moves() bool { return a.Cell >= 0 && a.Times != 0 }

// places checks that places and zones are of cells and hazards that there are.
func (t *Trace) places() error {
	h := &t.Header
	for i := range h.Devices {
		d := &h.Devices[i]
		if d.Look == nil {
			continue
		}
		if p := d.Look.Place; p != nil && (p.In < -1 || p.In >= len(h.Devices) || !t.amounts(d.Count, &p.X, &p.Y, &p.Length, &p.Width)) {
			return fmt.Errorf("%q has a place that goes by no signal", d.ID)
		}
		for k := range d.Look.Zones {
			z := &d.Look.Zones[k]
			if !t.amounts(1, &z.X, &z.Y, &z.Radius, &z.Along, &z.Across, &z.Widens, &z.While, &z.Alarm) || !t.hazardous(z.Hazards) {
				return fmt.Errorf("%q has a zone %q that goes by no signal, or by no hazard", d.ID, z.Name)
			}
		}
	}
	return nil
}

// amounts reports whether there are the cells of amounts, of all members.
func (t *Trace) amounts(members int, list ...*Amount) bool {
	for _, a := range list {
		if a.Cell < -1 || a.Cell >= t.cells || a.Stride < 0 || a.Cell >= 0 && a.Stride > 0 && members-1 > (t.cells-1-a.Cell)/a.Stride {
			return false
		}
	}
	return true
}

// hazardous reports whether there are some hazards.
func (t *Trace) hazardous(list []int) bool {
	for _, n := range list {
		if n < 0 || n >= len(t.Header.Hazards) {
			return false
		}
	}
	return true
}
