package rotor_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/drive"
	"github.com/harmproof/harmproof/twins/rotor"
)

// tube is a rotor with the figures of the defaults.
var tube = rotor.Spec{
	Diameter: 0.1, Density: 2800, Yield: 500e6, Ultimate: 570e6, Life: 1800, Exponent: 20,
	Lowest: 807, Highest: 1210, Nominal: 1064, Critical: 350, Damping: 0.02, Unbalance: 1e-5, Clearance: 5e-4,
}

const second = vtime.Second

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

// at has a rotor turn at frequencies that change in steps.
func at(t *testing.T, run vtime.Duration, s rotor.Spec, steps ...float64) *simtest.Played {
	return simtest.Scene{
		Run: run,
		Devices: map[string]device.Device{
			"rotor": must(rotor.New(s)),
			"field": simtest.Script{Unit: unit.Hertz, Values: map[string][]simtest.Point{"frequency": simtest.Steps(steps...)}},
		},
		Wires: map[string]string{"rotor.frequency": "field.frequency"},
	}.Play(t)
}

// ramped has a drive take a rotor from one frequency to another at 5 Hz/s.
func ramped(t *testing.T, run vtime.Duration, seed uint64, s rotor.Spec, from, to float64) *simtest.Played {
	return simtest.Scene{
		Run: run, Seed: seed,
		Devices: map[string]device.Device{
			"rotor": must(rotor.New(s)),
			"drive": must(drive.New(drive.Spec{Ramp: 5, Highest: 2000, Low: 807, High: 1210, Start: from, Deadband: 1})),
			"desk":  simtest.Script{Unit: unit.Hertz, Tell: map[string][]simtest.Point{"frequency": simtest.Steps(0, to)}},
		},
		Wires: map[string]string{"rotor.frequency": "drive.frequency", "drive.command": "wired desk.frequency"},
	}.Play(t)
}

// The published table, to the digits in which it is printed.
func TestWallAndStress(t *testing.T) {
	for f, want := range map[float64][3]string{
		1007: {"60420", "316.4", "280"},
		1064: {"63840", "334.3", "313"},
		1210: {"72600", "380.1", "405"},
		1410: {"84600", "443.0", "549"},
	} {
		p := at(t, second, tube, 0, f)
		got := [3]string{
			fmt.Sprintf("%.0f", 60*p.At("rotor.speed", 0)),
			fmt.Sprintf("%.1f", p.At("rotor.wall", 0)),
			fmt.Sprintf("%.0f", p.At("rotor.stress", 0)/1e6),
		}
		assert.Equal(t, want, got, "%v Hz", f)
		assert.Equal(t, f == 1410, p.At("rotor.yields", 0) == 1)
		assert.InEpsilon(t, f*f/1064/1064, p.At("rotor.separation", 0), 1e-15)
	}
	p := at(t, 2*second, tube, 0, 1064, 1, 1410)
	assert.Equal(t, "1.756", fmt.Sprintf("%.3f", p.At("rotor.stress", second)/p.At("rotor.stress", 0)))
}

// life is how long a tube lasts at a frequency, written anew.
func life(f float64) float64 {
	sigma := 2800 * math.Pow(math.Pi*0.1*f, 2)
	return 1800 * math.Pow(570e6/sigma, 20)
}

// At rest wear is a straight line; over a ramp it is the integral of a power: with f =
// f0 + 5 t it is [f^41] / (41 * 5) in place of f^40 t.
func TestWear(t *testing.T) {
	p := at(t, 3600*second, tube, 0, 1410, 900, 1064, 2000, 0)
	used := 900 / life(1410)
	assert.InEpsilon(t, used, p.At("rotor.wear", 900*second), 1e-9)
	assert.InEpsilon(t, used+1100/life(1064), p.At("rotor.wear", 2000*second), 1e-9)
	assert.Equal(t, p.At("rotor.wear", 2000*second), p.At("rotor.wear", 3600*second), "at rest it does not wear")

	p = ramped(t, 69200*vtime.Millisecond, 1, tube, 1064, 1410)
	power := func(f float64) float64 { return math.Pow(f/1410, 41) * 1410 / 41 / 5 }
	assert.InEpsilon(t, (power(1064+5*69)-power(1064))/life(1410), p.At("rotor.wear", 69*second), 1e-8)

	// What the package says of its defaults.
	assert.InDelta(t, 9, life(1064)/365.25/86400, 0.5)
	assert.InDelta(t, 3600, life(1410), 300)
}

// The rule of Robinson: it fails when the shares of its life add up to 1.
func TestWearsOut(t *testing.T) {
	s := tube
	s.Life = 900
	p := at(t, 3600*second, s, 0, 1410, 600, 1390)
	left := 1 - 600/(life(1410)/2)
	want := 600 + left*life(1390)/2
	require.Less(t, want, 3600.)
	list := p.Changes("rotor.state")
	require.Len(t, list, 2)
	assert.Equal(t, 2., list[1].Value, "worn")
	assert.InEpsilon(t, want, list[1].At.Seconds(), 1e-9)
	assert.Zero(t, p.At("rotor.speed", 3600*second))
	assert.InDelta(t, 1, p.At("rotor.wear", 3600*second), 1e-9)
}

// It bursts where the ramp comes to sqrt(strength / density) / (pi d), 1436.2 Hz.
func TestBursts(t *testing.T) {
	p := ramped(t, 100*second, 1, tube, 1064, 1500)
	list := p.Changes("rotor.state")
	require.Len(t, list, 2)
	assert.Equal(t, 1., list[1].Value, "burst")
	f := math.Sqrt(570e6/2800) / (math.Pi * 0.1)
	assert.Equal(t, "1436.2", fmt.Sprintf("%.1f", f))
	assert.InDelta(t, (f-1064)/5, list[1].At.Seconds(), 2e-9)
	for path, want := range map[string]float64{"speed": 0, "wall": 0, "stress": 0, "separation": 0, "vibration": 0, "failed": 1, "band": 1} {
		assert.Equal(t, want, p.At("rotor."+path, 90*second), path)
	}
	assert.InEpsilon(t, 1494, p.At("drive.frequency", 86*second), 1e-12, "the drive goes on")
}

// Strengths scatter as they are said to, each rotor by itself: the first two moments
// of 400 seeds, within four standard errors.
func TestScatter(t *testing.T) {
	s := tube
	s.Scatter = 0.03
	const n = 400
	sum, squares := 0.0, 0.0
	for seed := range uint64(n) {
		p := ramped(t, second, seed, s, 1064, 1064)
		z := (p.At("rotor.strength", second)/570e6 - 1) / 0.03
		sum, squares = sum+z, squares+z*z
	}
	assert.InDelta(t, 0, sum/n, 4/math.Sqrt(n))
	assert.InDelta(t, 1, squares/n, 4*math.Sqrt(2./n))
}

// Jeffcott's rotor: 1/(2 damping) times the unbalance at the critical speed, the
// unbalance far above it, r^2/(1-r^2) of it without damping.
func TestVibration(t *testing.T) {
	swing := func(s rotor.Spec, f float64) float64 { return at(t, second, s, 0, f).At("rotor.vibration", 0) }
	assert.InEpsilon(t, 25e-5, swing(tube, 350), 1e-12)
	s := tube
	s.Ultimate, s.Yield = 1e12, 9e11
	assert.InEpsilon(t, 1e-5, swing(s, 35000), 2e-4)
	s.Damping = 1e-9
	assert.InEpsilon(t, 1e-5*0.25/0.75, swing(s, 175), 1e-12)
	assert.InEpsilon(t, 1e-5*4/3, swing(s, 700), 1e-12)
}

// It touches where its swing comes to the clearance: on the way up below the critical
// speed, on the way down above it. The instant is where vibration says so.
func TestTouches(t *testing.T) {
	s := tube
	s.Clearance = 1e-4
	swing := func(f float64) float64 {
		r := f / 350
		return 1e-5 * r * r / math.Hypot(1-r*r, 2*0.02*r)
	}
	for _, way := range [][2]float64{{0, 1064}, {1064, 0}} {
		p := ramped(t, 220*second, 1, s, way[0], way[1])
		list := p.Changes("rotor.state")
		require.Len(t, list, 2)
		assert.Equal(t, 3., list[1].Value, "touched")
		f := way[0] + math.Copysign(5*list[1].At.Seconds(), way[1]-way[0])
		assert.InEpsilon(t, 1e-4, swing(f), 1e-8)
		assert.Equal(t, way[0] == 0, f < 350)
	}
	s.Clearance = 25.1e-5 // the highest swing is 25.005e-5
	assert.Zero(t, ramped(t, 220*second, 1, s, 0, 1064).At("rotor.failed", 220*second))
	s.Clearance = 25.0e-5
	assert.Equal(t, 1., ramped(t, 220*second, 1, s, 0, 1064).At("rotor.failed", 220*second))
}

// Both ends are part of the band.
func TestBand(t *testing.T) {
	p := at(t, 10*second, tube, 0, 807, 1, 806, 2, 1210, 3, 1211, 4, 0, 5, 1064)
	for s, want := range []float64{0, 1, 0, 2, 1, 0} {
		assert.Equal(t, want, p.At("rotor.band", vtime.Duration(s)*second), "%d s", s)
	}
	p = ramped(t, 80*second, 1, tube, 1064, 1410)
	list := p.Changes("rotor.band")
	require.Len(t, list, 2)
	assert.InDelta(t, 29.2, list[1].At.Seconds(), 2e-9)
}

func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(s *rotor.Spec){
		"diameter must be above 0 m":            func(s *rotor.Spec) { s.Diameter = 0 },
		"yield must be below ultimate":          func(s *rotor.Spec) { s.Yield = 600e6 },
		"lowest must be below highest":          func(s *rotor.Spec) { s.Lowest = 1210 },
		"unbalance must be below the clearance": func(s *rotor.Spec) { s.Unbalance = 5e-4 },
		"exponent must be at least 1":           func(s *rotor.Spec) { s.Exponent = 0.5 },
	} {
		s := tube
		change(&s)
		_, err := rotor.New(s)
		assert.ErrorContains(t, err, want)
	}
}
