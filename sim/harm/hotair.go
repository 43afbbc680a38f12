package harm

import "github.com/harmproof/harmproof/sim/detmath"

// Of hot air, K: from which temperature on its dose adds up, which is where the heat index ends; between
// which temperatures what it is counted by was published; how much vapour there may be in that air, as a
// share of its volume; and hotter than which nothing is, the surface of the sun.
const (
	HotAirFloor   = freezing + float64(indexTo-32)/1.8
	HotAirLeast   = freezing + 45
	HotAirMost    = freezing + 180
	HotAirVapour  = 0.1
	hotAirHottest = 5772
)

// HotAirRate is how fast the dose of hot air of a temperature, K, grows, 1/s: to 1 in the time for which
// somebody who is lightly clothed bears it, 5e7 T^-3.4 min with T in degC. What is less than HotAirFloor
// should not be counted.
func HotAirRate(temperature float64) float64 {
	celsius := max(0, min(temperature, hotAirHottest)-freezing)
	return detmath.Pow(celsius, 3.4) / (5e7 * 60)
}

// HotAir is the model of the dose of hot air.
func HotAir() *Model { return rising(0, hotAirDeadly, 0.1, 0.3, 1, hotAirDeadly) }

// hotAirDeadly is the dose that kills: less than the time after which air kills is in any air, as a multiple
// of that for which it is borne.
const hotAirDeadly = 7.7

// Vapour is the share of the volume of air that is water vapour, by its temperature, K, and its relative
// humidity, from 0 to 1: what saturates it by Magnus's equation, at 1013.25 hPa, and never more than all.
func Vapour(temperature, humidity float64) float64 {
	celsius := max(magnusLeast, min(temperature-freezing, magnusMost))
	saturated := float64(6.112 * detmath.Exp(float64(17.62*celsius)/(243.12+celsius)))
	return min(1, float64(saturated*min(max(humidity, 0), 1))/1013.25)
}

// Below magnusLeast degC there is next to no vapour, and beyond magnusMost, the critical point, nothing
// that could saturate air.
const (
	magnusLeast = -100
	magnusMost  = 374
)
