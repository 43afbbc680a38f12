package harm_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/harm"
)

// Of the SFPE Handbook, chapter 63 (Purser and McAllister 2016), in min, by degC: how long hot air is borne by
// who is lightly clothed (equation 63.44, which is 10 of ISO 13571:2012), and when it injures them seriously
// and kills them (63.46 and 63.47).
func borne(celsius float64) float64 { return 5e7 * math.Pow(celsius, -3.4) }
func injures(celsius float64) float64 {
	return 5e22*math.Pow(celsius, -11.783) + 3e7*math.Pow(celsius, -2.9636)
}
func kills(celsius float64) float64 {
	return 2e18*math.Pow(celsius, -9.0403) + 1e8*math.Pow(celsius, -3.10898)
}

// The dose is 1 when the closed form says: 475.5, 119.8 and 45.0 s at 100, 150 and 200 degC; 2 h at 45 degC.
func TestHotAirRate(t *testing.T) {
	for celsius := 43.4; celsius < 1000; celsius *= 1.07 {
		assert.InEpsilon(t, 1/(60*borne(celsius)), harm.HotAirRate(273.15+celsius), 1e-12, "%v degC", celsius)
	}
	for celsius, s := range map[float64]float64{100: 475.5, 150: 119.8, 200: 45.0} {
		assert.InDelta(t, s, 1/harm.HotAirRate(273.15+celsius), 0.05)
	}
	assert.InDelta(t, 2*3600, 1/harm.HotAirRate(harm.HotAirLeast), 20, "the Handbook gives it for up to 2 h")
	assert.InDelta(t, 110, (harm.HotAirFloor-273.15)*1.8+32, 1e-12, "where the chart of the heat index ends")
}

// Table 63.20 of the Handbook has 12, 7, 4, 2 and 1 min at 100 to 180 degC: the equation is on the safe side of
// that, by no more than 40 %, but at its hot end, where the Handbook calls it somewhat too long.
func TestHotAirByTheTable(t *testing.T) {
	for i, minutes := range []float64{12, 7, 4, 2, 1} {
		got := 1 / (60 * harm.HotAirRate(273.15+100+20*float64(i)))
		assert.Greater(t, got, 0.6*minutes)
		assert.Less(t, got, 1.08*minutes)
	}
}

// Over all of the range nobody is said to be harmed irreversibly, or to be dead, later than the Handbook has it,
// and at the worst temperature hardly earlier than it has death.
func TestHotAirByTheHandbook(t *testing.T) {
	m, least := harm.HotAir(), math.Inf(1)
	for kelvin := harm.HotAirLeast; kelvin <= harm.HotAirMost; kelvin += 0.1 {
		celsius, second := kelvin-273.15, 1/harm.HotAirRate(kelvin)
		assert.LessOrEqual(t, m.Up[harm.Irreversible-1]*second, 60*injures(celsius), "%v degC", celsius)
		assert.LessOrEqual(t, m.Up[harm.Death-1]*second, 60*kills(celsius), "%v degC", celsius)
		least = min(least, 60*kills(celsius)/second)
	}
	assert.InDelta(t, 7.79, least, 0.005)
}

// Magnus's equation against the pressures of saturated steam (IAPWS): 23.4, 199.5 and 1013 hPa at 20, 60, 100 degC.
func TestVapour(t *testing.T) {
	for celsius, hPa := range map[float64]float64{20: 23.39, 60: 199.46, 100: 1014.2} {
		assert.InEpsilon(t, 0.9*hPa/1013.25, harm.Vapour(273.15+celsius, 0.9), 0.03)
	}
	assert.InEpsilon(t, 0.1, harm.Vapour(273.15+46, 1), 0.01, "from 46 degC on saturated air has too much of it")
	assert.Equal(t, 1.0, harm.Vapour(500, 1))
	assert.Equal(t, harm.Vapour(300, 1), harm.Vapour(300, 7))
	assert.Zero(t, harm.Vapour(300, -1))
	assert.Less(t, harm.Vapour(0, 1), 1e-6)
	assert.False(t, math.IsNaN(harm.Vapour(1e300, 0.5)))
}
