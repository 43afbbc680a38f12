package harm

import "math"

// freezing is 0 degC in K; absolute temperatures are in K.
const freezing = 273.15

// fahrenheit is a temperature in degF.
func fahrenheit(kelvin float64) float64 { return float64((kelvin-freezing)*1.8) + 32 }

// Where the heat index is valid, degF of air, the most that its chart has, and beyond what it is a number
// at all.
const (
	indexFrom = 80
	indexTo   = 110
	indexMost = 137
	indexEnds = 1000
)

// HeatIndex is how hot, in K, air of a temperature and a relative humidity from 0 to 1
// feels in the shade. Below 80 degF, and where nobody lives, it is the temperature itself.
// It goes no further than its chart does: beyond that it is the air itself where that is more.
func HeatIndex(temperature, humidity float64) (feels float64, inside bool) {
	t := fahrenheit(temperature)
	if !(t >= indexFrom && t <= indexEnds) {
		return temperature, t < indexFrom
	}
	return freezing + (max(min(rothfusz(t, humidity), indexMost), t)-32)/1.8, t <= indexTo
}

// HeatIndexChart is the most that the chart of the heat index has, K.
const HeatIndexChart = freezing + (indexMost-32)/1.8

// HeatIndexFrom is the least temperature of which there is a heat index, K.
const HeatIndexFrom = freezing + (indexFrom-32)/1.8

// Sultry is what the equation of the heat index has, K, where nothing ends its chart, of hotter air than it is valid
// for that of the hottest for which it is. Below 80 degF it is the temperature itself.
func Sultry(temperature, humidity float64) float64 {
	t := fahrenheit(temperature)
	if !(t >= indexFrom) {
		return temperature
	}
	return freezing + (rothfusz(t, humidity)-32)/1.8
}

// rothfusz is the equation of the heat index, in degF.
func rothfusz(t, humidity float64) float64 {
	at, r := min(t, indexTo), float64(100*min(max(humidity, 0), 1))
	tt, rr, tr := float64(at*at), float64(r*r), float64(at*r)
	return -42.379 + float64(2.04901523*at) + float64(10.14333127*r) - float64(0.22475541*tr) - float64(0.00683783*tt) -
		float64(0.05481717*rr) + float64(0.00122874*float64(tt*r)) + float64(0.00085282*float64(at*rr)) - float64(0.00000199*float64(tt*rr))
}

// kelvin is a temperature in degF, in K.
func kelvin(fahrenheit float64) float64 { return freezing + (fahrenheit-32)/1.8 }

// Air is the model of hours in cold air of a temperature, K. It holds up to where the heat index ends.
func Air() *Model {
	return rising(freezing, kelvin(indexTo)).falling(freezing+16, freezing+12, freezing+6, freezing)
}

// Heat is the model of hours in air that feels like a temperature, K.
func Heat() *Model { return rising(0, math.Inf(1), kelvin(90), kelvin(103), kelvin(125)) }
