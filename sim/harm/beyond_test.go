package harm_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/harm"
)

// An end is an amount near where a model ends, and what it is documented to come to.
type end struct {
	amount float64
	is     harm.Severity
	inside bool
}

// Where the sources end, each model comes to the worst case that is documented, and what is no number is
// death: glucose near nothing, COHb beyond the table, a collision faster than any curve.
func TestBeyondItsSource(t *testing.T) {
	const mph, mgdL = 0.44704, harm.MilligramsPerDecilitre
	chlorine, _ := harm.ToxinOf("chlorine")
	fluoride, _ := harm.ToxinOf("hydrogen_fluoride")
	deadly := math.Exp((5+3.090232306167813+8.29)/0.92) * 60e-12 // 99.9 %
	inf := math.Inf(1)
	for name, c := range map[string]struct {
		model *harm.Model
		ends  []end
	}{
		"contact":    {harm.Contact(harm.Hand, false), []end{{-1, 0, false}, {0, 0, true}, {140, 0, true}, {140.01, 1, false}, {280.01, 2, false}, {1400.01, 3, false}, {4200.01, 4, false}, {inf, 4, false}}},
		"separation": {harm.Separation(), []end{{math.MaxFloat64, 0, true}, {1e-9, 0, true}, {0, 3, false}, {-1e9, 3, false}}},
		"glucose":    {harm.Glucose(), []end{{-inf, 4, false}, {0, 4, false}, {17.99 * mgdL, 4, false}, {18.01 * mgdL, 3, true}, {599.9 * mgdL, 1, true}, {600.1 * mgdL, 4, false}, {math.MaxFloat64, 4, false}}},
		"occupant":   {harm.Occupant(), []end{{-1, 0, false}, {31.74, 4, true}, {31.75, 4, false}, {inf, 4, false}}},
		"pedestrian": {harm.Pedestrian(), []end{{0, 0, false}, {17 * mph, 2, false}, {17.2 * mph, 3, true}, {54.5 * mph, 4, true}, {54.7 * mph, 4, false}, {inf, 4, false}}},
		"air":        {harm.Air(), []end{{0, 4, false}, {273.14, 4, false}, {273.16, 3, true}, {316.4, 0, true}, {316.5, 0, false}, {1e9, 0, false}}},
		"heat":       {harm.Heat(), []end{{0, 0, true}, {324.9, 3, true}, {1e9, 3, true}}},
		"hot air":    {harm.HotAir(), []end{{0, 0, true}, {0.09, 0, true}, {0.29, 1, true}, {0.99, 2, true}, {1, 3, true}, {7.7, 4, true}, {7.8, 4, false}, {inf, 4, false}}},
		"frost":      {harm.Frost(), []end{{0, 0, true}, {0.49, 0, true}, {0.99, 1, true}, {1, 2, true}, {1.99, 2, false}, {2, 3, false}, {1e9, 3, false}}},
		"monoxide":   {harm.Monoxide(), []end{{0, 0, true}, {0.4, 3, true}, {0.41, 3, false}, {0.6, 4, false}, {1, 4, false}}},
		"gas":        {chlorine.Model(), []end{{0, 0, false}, {deadly * 0.999, 4, true}, {deadly * 1.001, 4, false}, {inf, 4, false}}},
		"fluoride":   {fluoride.Model(), []end{{0, 0, true}, {9.99 * 60e-12, 0, true}, {10.01 * 60e-12, 1, true}, {34_559 * 60e-12, 1, true}, {34_561 * 60e-12, 3, true}, {115_319 * 60e-12, 3, true}, {115_321 * 60e-12, 4, false}, {inf, 4, false}}},
		"burns":      {harm.Burns(), []end{{0, 0, true}, {3500, 4, true}, {3502, 4, false}, {inf, 4, false}}},
		"blast":      {harm.Blast(), []end{{0, 0, true}, {1e9, 4, true}}},
		"risk":       {harm.Risk(), []end{{0, 0, true}, {1, 4, true}, {1.1, 4, false}}},
	} {
		for _, e := range append(c.ends, end{math.NaN(), harm.Death, false}) {
			s, inside := c.model.Of(e.amount)
			assert.Equal(t, e.is, s, "%s of %v", name, e.amount)
			assert.Equal(t, e.inside, inside, "%s of %v", name, e.amount)
		}
	}
}

// What is worked out before a model judges it is a number whatever comes in, and within what there can be.
func TestBeyondAllNumbers(t *testing.T) {
	any := func(t *rapid.T, name string) float64 {
		return rapid.OneOf(rapid.Float64(), rapid.Float64Range(0, 1000), rapid.SampledFrom([]float64{0, 1e-300, 1e150, 1e300, math.MaxFloat64, -math.MaxFloat64})).Draw(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		x, y := any(t, "x"), any(t, "y")
		for _, name := range harm.Toxins() {
			toxin, _ := harm.ToxinOf(name)
			between(t, name, toxin.Load(x), 0, 1)
		}
		between(t, "heat load", harm.HeatLoad(x), 0, 63_000*math.Cbrt(63_000)*(1+1e-12))
		between(t, "hot air", harm.HotAirRate(x), 0, math.Pow(5500, 3.4)/3e9)
		between(t, "frost", harm.FrostRate(x, y), 0, 0.28)
		between(t, "vapour", harm.Vapour(x, y), 0, 1)
		between(t, "settled", harm.Settled(x), harm.Settled(0), harm.Settled(1))
		feels, _ := harm.HeatIndex(x, y)
		between(t, "heat index", feels, min(x, -math.MaxFloat64), math.MaxFloat64)
		pressure, _ := harm.Overpressure(math.Abs(x), math.Abs(y))
		between(t, "pressure", pressure, 0, 1e9)
		between(t, "risk of an occupant", harm.OccupantRisk(x), 0, 1)
		death, grave := harm.PedestrianRisk(x)
		between(t, "risk of a pedestrian", death, 0, grave)
		between(t, "risk of a grave injury", grave, death, 1)
	})
}

func between(t *rapid.T, what string, x, least, most float64) {
	if !(x >= least && x <= most) {
		t.Fatalf("%s is %v, not from %v to %v", what, x, least, most)
	}
}

// Hotter than the index knows is as bad as the air itself, which is at least what it feels like, and no less bad
// than where its chart ends; and what is no number is within no range.
func TestBeyondTheHeatIndex(t *testing.T) {
	feels, inside := harm.HeatIndex(1e200, 0.5)
	assert.Equal(t, 1e200, feels)
	assert.False(t, inside)
	_, inside = harm.HeatIndex(math.NaN(), 0.5)
	assert.False(t, inside)
	for _, humidity := range []float64{0, 0.4, 1} {
		end, _ := room(harm.HotAirFloor, humidity)
		assert.GreaterOrEqual(t, end, harm.Serious)
		for hot := 317.0; hot < 1200; hot++ {
			s, _ := room(hot, humidity)
			assert.GreaterOrEqual(t, s, end, "%v K", hot)
			if hot > 325 { // 125 degF of air
				assert.Equal(t, harm.Irreversible, s, "%v K", hot)
			}
			feels, _ := harm.HeatIndex(hot, humidity)
			assert.GreaterOrEqual(t, feels, hot-1e-9)
		}
	}
}

// However near an explosion is its pressure is that at 0.05, and however far it is none.
func TestBeyondTheBlast(t *testing.T) {
	at, inside := harm.Overpressure(1000, 0.05*10*1.0001)
	assert.True(t, inside)
	for _, distance := range []float64{0.4999, 0, -1, math.NaN()} {
		p, inside := harm.Overpressure(1000, distance)
		assert.InEpsilon(t, at, p, 1e-3)
		assert.False(t, inside)
		s, _ := harm.Blast().Of(p)
		assert.Equal(t, harm.Death, s)
	}
	for _, distance := range []float64{1e5, 1e10, 1e200, math.Inf(1)} {
		p, inside := harm.Overpressure(1000, distance)
		s, _ := harm.Blast().Of(p)
		assert.Equal(t, harm.None, s)
		assert.False(t, inside, distance)
	}
}
