package harm_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/harm"
)

// Every model gives a severity of the scale for whatever it is given, and the worst or near
// it for what is no number.
func TestNothingIsNoSeverity(t *testing.T) {
	chlorine, _ := harm.ToxinOf("chlorine")
	fluoride, _ := harm.ToxinOf("hydrogen_fluoride")
	models := map[string]func(x float64) (harm.Severity, bool){
		"contact":    func(x float64) (harm.Severity, bool) { return harm.Contact(harm.Hand, false).Of(x) },
		"separation": harm.Separation().Of, "glucose": harm.Glucose().Of, "occupant": harm.Occupant().Of, "pedestrian": harm.Pedestrian().Of,
		"room": func(x float64) (harm.Severity, bool) { return room(x, 0.5) }, "monoxide": harm.Monoxide().Of,
		"gas": chlorine.Model().Of, "blast": harm.Blast().Of, "fluoride": fluoride.Model().Of, "burns": harm.Burns().Of,
	}
	for name, of := range models {
		worst, inside := of(math.NaN())
		assert.GreaterOrEqual(t, worst, harm.Irreversible, name)
		assert.False(t, inside && name != "blast", name)
		rapid.Check(t, func(t *rapid.T) {
			x := rapid.Float64().Draw(t, "exposure")
			if s, _ := of(x); s < harm.None || s > harm.Death {
				t.Fatalf("%s of %v is %d", name, x, s)
			}
		})
	}
}

// More is never better.
func TestMoreIsWorse(t *testing.T) {
	ammonia, _ := harm.ToxinOf("ammonia")
	for name, of := range map[string]func(x float64) (harm.Severity, bool){
		"contact":  func(x float64) (harm.Severity, bool) { return harm.Contact(harm.Face, false).Of(x * 5000) },
		"occupant": func(x float64) (harm.Severity, bool) { return harm.Occupant().Of(x * 40) }, "pedestrian": func(x float64) (harm.Severity, bool) { return harm.Pedestrian().Of(x * 30) },
		"low glucose": func(x float64) (harm.Severity, bool) { return harm.Glucose().Of((1 - x) * 1.5) }, "monoxide": harm.Monoxide().Of,
		"cold": func(x float64) (harm.Severity, bool) { return room(293.15-x*30, 0.5) },
		"heat": func(x float64) (harm.Severity, bool) { return room(293.15+x*40, 0.3) },
		"gas":  func(x float64) (harm.Severity, bool) { return ammonia.Model().Of(x * 6) }, "blast": func(x float64) (harm.Severity, bool) { return harm.Blast().Of(x * 3e5) },
	} {
		before, all := harm.None, map[harm.Severity]bool{}
		for i := range 10001 {
			s, _ := of(float64(i) / 10000)
			require.GreaterOrEqual(t, s, before, "%s at %d", name, i)
			before, all[s] = s, true
		}
		require.GreaterOrEqual(t, len(all), 4, name)
	}
}

func TestScale(t *testing.T) {
	assert.Equal(t, "none slight serious irreversible death", harm.None.String()+" "+harm.Slight.String()+" "+harm.Serious.String()+" "+harm.Irreversible.String()+" "+harm.Death.String())
	assert.Equal(t, "death", harm.Severity(9).String())
	assert.Equal(t, harm.Death, risk(0.1))
	assert.Equal(t, harm.Irreversible, risk(0.0999))
	assert.Equal(t, harm.None, risk(0))
}

// The table of ISO/TS 15066: forces, springs, masses, and the speed of a robot of 14.2 kg.
func TestContact(t *testing.T) {
	for _, row := range []struct {
		region                     harm.Region
		force, spring, mass, speed float64
	}{
		{harm.Skull, 130, 150, 4.4, 0.183}, {harm.Face, 65, 75, 4.4, 0.129}, {harm.Neck, 150, 50, 1.2, 1.275},
		{harm.Back, 210, 35, 40, 0.693}, {harm.Chest, 140, 25, 40, 0.547}, {harm.Abdomen, 110, 10, 40, 0.680},
		{harm.Pelvis, 180, 25, 40, 0.703}, {harm.UpperArm, 150, 30, 3, 1.101}, {harm.Forearm, 160, 40, 2, 1.208},
		{harm.Hand, 140, 75, 0.6, 1.348}, {harm.Thigh, 220, 50, 75, 0.569}, {harm.LowerLeg, 130, 60, 75, 0.307},
	} {
		l := harm.LimitOf(row.region)
		assert.Equal(t, []float64{row.force, row.spring * 1000, row.mass}, []float64{l.Force, l.Spring, l.Mass}, l.Name)
		// The published figures are cut or rounded to three decimals.
		assert.InDelta(t, row.speed, l.Speed(14.2), 0.001, l.Name)
		factor := 2.0
		if row.region == harm.Skull || row.region == harm.Face {
			factor = 1
		}
		assert.Equal(t, factor*row.force, l.Most(true), l.Name)
		s, inside := harm.Contact(row.region, false).Of(row.force)
		assert.True(t, s == harm.None && inside, l.Name)
		s, inside = harm.Contact(row.region, false).Of(math.Nextafter(row.force, 1e9))
		assert.True(t, s == harm.Slight && !inside, l.Name)
	}
	s, _ := harm.Contact(harm.Region(99), true).Of(66)
	assert.Equal(t, harm.Slight, s, "an unknown region bears least")
	for force, want := range map[float64]harm.Severity{280: harm.Slight, 281: harm.Serious, 1401: harm.Irreversible, 4201: harm.Death} {
		s, _ := harm.Contact(harm.Hand, false).Of(force)
		assert.Equal(t, want, s, "%v N", force)
	}
}

// 1.190 m for the vector of ISO/TS 15066; 640, then 512 mm for 290 + 30 ms behind a curtain.
func TestSeparation(t *testing.T) {
	s := harm.Stop{Person: harm.WalkingSpeed, Machine: 1, Reaction: 0.1, Stopping: 0.3, Intrude: 0.2, PersonBy: 0.05, MachBy: 0.05}
	assert.InDelta(t, 1.190, s.Protective(), 1e-12)
	slow := s
	slow.Stopping += 0.1 // each 100 ms costs 0.16 m of approach, and 0.05 m of the machine
	assert.InDelta(t, 0.16+0.05, slow.Protective()-s.Protective(), 1e-12)
	assert.InDelta(t, 0.640, harm.Approach(2, 0.290+0.030, 0.014), 1e-12, "more than 500 mm, so")
	assert.InDelta(t, 0.512, harm.Approach(1.6, 0.290+0.030, 0.014), 1e-12)
	d, inside := harm.LightCurtain(0.290+0.030, 0.014)
	assert.InDelta(t, 0.512, d, 1e-12)
	assert.True(t, inside)
	near, _ := harm.LightCurtain(0.2, 0.014)
	assert.InDelta(t, 0.4, near, 1e-12)
	coarser, inside := harm.LightCurtain(0.1, 0.040)
	assert.True(t, inside)
	assert.InDelta(t, 2*0.1+8*0.026, coarser, 1e-12, "8 mm for each mm above 14")
	floor, _ := harm.LightCurtain(0.26, 0.014)
	assert.InDelta(t, 0.5, floor, 1e-12, "520 mm by the first, 416 by the second: not less than 500")
	least, _ := harm.LightCurtain(0, 0.014)
	assert.InDelta(t, 0.1, least, 1e-12)
	_, inside = harm.LightCurtain(0.2, 0.05)
	assert.False(t, inside)
	for distance, want := range map[float64]harm.Severity{0.001: harm.None, 0: harm.Irreversible, -1: harm.Irreversible} {
		is, _ := harm.Separation().Of(distance)
		assert.Equal(t, want, is)
	}
}

func TestGlucose(t *testing.T) {
	for x, want := range map[float64]harm.Severity{
		0: harm.Death, -5: harm.Death, 17.9: harm.Death, 18.1: harm.Irreversible, 29.9: harm.Irreversible, 30.1: harm.Serious, 42.03: harm.Serious,
		53.9: harm.Serious, 54.1: harm.Slight, 55.34: harm.Slight, 69.9: harm.Slight, 70.1: harm.None, 180: harm.None, 249.9: harm.None, 250.1: harm.Slight, 601: harm.Death,
	} {
		s, inside := harm.Glucose().Of(x * harm.MilligramsPerDecilitre)
		assert.Equal(t, want, s, "%v mg/dL", x)
		assert.Equal(t, x >= 18 && x <= 600, inside, "%v mg/dL", x)
	}
}

// Tefft's points, and Joksch's curve.
func TestCollision(t *testing.T) {
	const mph = 0.44704
	for i, share := range []float64{0.10, 0.25, 0.50, 0.75, 0.90} {
		death, _ := harm.PedestrianRisk([]float64{24.1, 32.5, 40.6, 48.0, 54.6}[i] * mph)
		_, grave := harm.PedestrianRisk([]float64{17.1, 24.9, 33.0, 40.8, 48.1}[i] * mph)
		assert.InDelta(t, share, death, 1e-12)
		assert.InDelta(t, share, grave, 1e-12)
	}
	for speed, want := range map[float64]harm.Severity{0: harm.None, 5: harm.Serious, 17.0: harm.Serious, 17.2: harm.Irreversible, 24.0: harm.Irreversible, 24.2: harm.Death, 60: harm.Death} {
		s, _ := harm.Pedestrian().Of(speed * mph)
		assert.Equal(t, want, s, "%v mph", speed)
	}
	assert.InDelta(t, 1.0/16, harm.OccupantRisk(31.74/2), 1e-12)
	assert.Equal(t, 1.0, harm.OccupantRisk(40))
	for speed, want := range map[float64]harm.Severity{0: harm.None, 10: harm.None, 12: harm.Slight, 21: harm.Serious, 40: harm.Irreversible, 70: harm.Death} {
		s, _ := harm.Occupant().Of(speed / 3.6)
		assert.Equal(t, want, s, "%v km/h", speed)
	}
}

// The chart of the National Weather Service, degF.
func TestHeatIndex(t *testing.T) {
	kelvin := func(f float64) float64 { return 273.15 + (f-32)/1.8 }
	for _, row := range [][3]float64{{80, 40, 80}, {90, 50, 95}, {90, 60, 100}, {90, 70, 106}, {96, 65, 121}, {100, 50, 118}, {100, 40, 109}, {110, 40, 136}} {
		feels, inside := harm.HeatIndex(kelvin(row[0]), row[1]/100)
		assert.InDelta(t, row[2], (feels-273.15)*1.8+32, 0.55, "%v degF at %v %%", row[0], row[1]) // the chart is rounded
		assert.True(t, inside)
		assert.InDelta(t, row[2], (harm.Sultry(kelvin(row[0]), row[1]/100)-273.15)*1.8+32, 0.55, "%v degF at %v %%", row[0], row[1])
	}
	assert.Greater(t, harm.Sultry(kelvin(100), 0.8), harm.HeatIndexChart, "the chart has no such air")
	for c, want := range map[float64]harm.Severity{-1: harm.Death, 5: harm.Irreversible, 11: harm.Serious, 13.63: harm.Slight, 16: harm.None, 21: harm.None, 30: harm.None, 45: harm.Irreversible, 60: harm.Irreversible} {
		s, _ := room(273.15+c, 0.4)
		assert.Equal(t, want, s, "%v degC", c)
	}
	s, _ := room(kelvin(90), 0.7)
	assert.Equal(t, harm.Serious, s, "106 degF is the class danger")
}

// 10 % of COHb come after 189, 50 and 16 min, as an alarm must know.
func TestMonoxide(t *testing.T) {
	for ppm, minutes := range map[float64]float64{70: 189, 150: 50, 400: 16} {
		cohb, step := 0.0, 0.1
		n := 0
		for ; cohb < 0.1; n++ {
			cohb += step * harm.Uptake(ppm*1e-6, cohb) // Euler: the closed form is tested below
		}
		assert.InDelta(t, minutes, float64(n)*step/60, 0.5, "%v ppm", ppm)
		settled := harm.Settled(ppm * 1e-6)
		tau := 2398 * 0.0404 * 60
		assert.InDelta(t, 0.1, settled*-math.Expm1(-float64(n)*step/tau), 1e-4)
	}
	assert.Equal(t, 0.0, harm.Uptake(0, harm.Settled(0)))
}

// TestMonoxideBeyondAllBlood: where the blood would end beyond 100 % it only fills the faster: 60 % come
// when the equation of UL 2034 says.
func TestMonoxideBeyondAllBlood(t *testing.T) {
	tau := 2398 * 0.0404 // min
	start := harm.Settled(0)
	for ppm, minutes := range map[float64]float64{800: 58.3, 1600: 24.8, 12_800: 2.8} {
		settled := harm.Settled(ppm * 1e-6)
		assert.InEpsilon(t, 218*(0.007*0.0404+ppm/1316), 100*settled, 1e-12, "%v ppm", ppm)
		assert.InDelta(t, minutes, tau*math.Log((settled-start)/(settled-0.6)), 0.05, "%v ppm", ppm)
		assert.InEpsilon(t, (settled-start)/(60*tau), harm.Uptake(ppm*1e-6, start), 1e-12)
	}
	assert.Equal(t, harm.Settled(1), harm.Settled(2), "no more than all of the air")
	assert.Equal(t, harm.Settled(0), harm.Settled(-1), "no less than none")
}

// Half of those exposed die where the probit is 5: chlorine 250 ppm for 30 min, computed.
func TestGas(t *testing.T) {
	chlorine, ok := harm.ToxinOf("chlorine")
	require.True(t, ok)
	ppm := math.Sqrt(math.Exp((5+8.29)/0.92) / 30)
	assert.InDelta(t, 250, ppm, 1)
	assert.InDelta(t, 5, chlorine.Probit(1800*chlorine.Load(ppm*1e-6)), 1e-9)
	s, inside := chlorine.Model().Of(1800 * chlorine.Load(ppm*1e-6))
	assert.True(t, s == harm.Death && inside)
	s, _ = chlorine.Model().Of(0)
	assert.Equal(t, harm.None, s)
	_, ok = harm.ToxinOf("perfume")
	assert.False(t, ok)
}

// A kilogram of TNT at 30 m gives 5.6 kPa, read from a chart (Crowl and Louvar). The probits
// give half of the eardrums at 43 kPa, half of the deaths at 145 kPa.
func TestBlast(t *testing.T) {
	p, inside := harm.Overpressure(1, 30)
	assert.InDelta(t, 5600, p, 150)
	assert.True(t, inside)
	far, _ := harm.Overpressure(1000, 300)
	assert.InEpsilon(t, p, far, 1e-12, "what counts is the scaled distance")
	_, inside = harm.Overpressure(1, 0.01)
	assert.False(t, inside)
	none, _ := harm.Overpressure(0, 1)
	assert.Equal(t, 0.0, none)
	worst, _ := harm.Overpressure(math.NaN(), 1)
	s, _ := harm.Blast().Of(worst)
	assert.Equal(t, harm.Death, s)
	for kPa, want := range map[float64]harm.Severity{2: harm.None, 5.6: harm.Slight, 22: harm.Slight, 23: harm.Serious, 43: harm.Serious, 44: harm.Irreversible, 119: harm.Irreversible, 121: harm.Death} {
		s, _ := harm.Blast().Of(kPa * 1000)
		assert.Equal(t, want, s, "%v kPa", kPa)
	}
}

// room is both models of air together.
func room(temperature, humidity float64) (harm.Severity, bool) {
	feels, _ := harm.HeatIndex(temperature, humidity)
	heat, _ := harm.Heat().Of(feels)
	air, inside := harm.Air().Of(temperature)
	return max(heat, air), inside
}

func risk(p float64) harm.Severity {
	s, _ := harm.Risk().Of(p)
	return s
}

// models are all models, or one of each sort.
func models() []*harm.Model {
	ammonia, _ := harm.ToxinOf("ammonia")
	fluoride, _ := harm.ToxinOf("hydrogen_fluoride")
	return []*harm.Model{
		harm.Contact(harm.Hand, true), harm.Separation(), harm.Glucose(), harm.Occupant(), harm.Pedestrian(),
		harm.Air(), harm.Heat(), harm.HotAir(), harm.Frost(), harm.Monoxide(), ammonia.Model(), fluoride.Model(), harm.Burns(), harm.Blast(), harm.Risk(),
	}
}

// How far an amount is beyond a severity, or short of it, says exactly what severity it has.
func TestBeyondAndShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(models()).Draw(t, "model")
		at := rapid.SampledFrom(append(append([]float64{0, -1}, m.Up[:]...), m.Down[:]...)).Draw(t, "at")
		x := rapid.SampledFrom([]float64{at, math.Nextafter(at, -1e300), math.Nextafter(at, 1e300), at * rapid.Float64Range(0, 2).Draw(t, "times")}).Draw(t, "x")
		if math.IsInf(x, 0) || math.IsNaN(x) {
			return
		}
		is, _ := m.Of(x)
		for s := harm.None; s <= harm.Death; s++ {
			if (m.Beyond(s, x) >= 0) != (is > s) || (m.Short(s, x) >= 0) != (is < s) {
				t.Fatalf("%v is %v, but beyond %v by %v and short of it by %v", x, is, s, m.Beyond(s, x), m.Short(s, x))
			}
		}
	})
}

// What is worse never begins before what is less.
func TestThresholdsAreInOrder(t *testing.T) {
	for i, m := range models() {
		for s := harm.Slight; s < harm.Death; s++ {
			require.True(t, m.Up[s] >= m.Up[s-1] && m.Down[s] <= m.Down[s-1], "model %d, severity %v", i, s)
		}
	}
}

// What is said of where a model holds is what the model has.
func TestSources(t *testing.T) {
	glucose, occupant, pedestrian, blood := harm.Glucose(), harm.Occupant(), harm.Pedestrian(), harm.Monoxide()
	for exposure, want := range map[string]string{
		"contact":     "up to the limit",
		"glucose":     fmt.Sprintf("from %.0f to %.0f mg/dL", glucose.Least*100, glucose.Most*100),
		"collision":   fmt.Sprintf("up to %.1f m/s for who is in a car, Tefft 2013 from %.1f to %.1f m/s", occupant.Most, pedestrian.Least, pedestrian.Most),
		"temperature": fmt.Sprintf("down to %.0f degC, for who sits in a room, and no more than a hint out of doors: colder is death once it has lasted; heat index of the NWS up to %.1f degC of air; hotter air by its dose, ISO 13571 and Purser 2016, up to %.0f degC", harm.Air().Least-273.15, harm.Air().Most-273.15, harm.HotAirMost-273.15),
		"co":          fmt.Sprintf("up to %.0f %%", blood.Most*100),
	} {
		assert.Contains(t, harm.Source(exposure), want)
	}
	assert.Empty(t, harm.Source("protective distance"))
}

// Targets follow one another without a gap, a step of SIL is ten times, and PL b and c are what ISO
// 13849-1 has beside SIL 1.
func TestTargets(t *testing.T) {
	var before harm.Target
	for i, name := range harm.Targets() {
		next, ok := harm.TargetOf(name)
		require.True(t, ok && next.Hourly[0] < next.Hourly[1], name)
		if i > 0 && before.Standard == next.Standard {
			assert.InEpsilon(t, before.Hourly[0], next.Hourly[1], 1e-12, name)
		}
		if next.Demand[1] > 0 {
			assert.InEpsilon(t, 1e4, next.Demand[0]/next.Hourly[0], 1e-12, "%s: IEC 61508 takes a year for 10 000 h", name)
			assert.InEpsilon(t, 10, next.Demand[1]/next.Demand[0], 1e-12, name)
		}
		before = next
	}
	b, _ := harm.TargetOf("PL b")
	c, _ := harm.TargetOf("PL c")
	one, _ := harm.TargetOf("SIL 1")
	assert.Equal(t, one.Hourly, [2]float64{c.Hourly[0], b.Hourly[1]}, "SIL 1 is PL b and c")
	d, _ := harm.TargetOf("PL d")
	two, _ := harm.TargetOf("SIL 2")
	assert.Equal(t, two.Hourly, d.Hourly)
	_, ok := harm.TargetOf("SIL 5")
	assert.False(t, ok)
}
