package person_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/person"
)

const second = vtime.Second

// A ramp is a signal that goes evenly from a start value, in SI and SI per second.
type ramp struct {
	unit        string
	start, rate float64
}

func (r ramp) Declare(p *device.Ports) {
	u, err := unit.Parse(r.unit)
	if err != nil {
		panic(err)
	}
	device.Continuous(p, "value", u, r.start, func(*device.Context) float64 { return r.rate }, device.Doc("it"))
}

// aired is air whose carbon monoxide is gone all at once.
type aired struct {
	share float64
	after vtime.Duration
}

func (a aired) Declare(p *device.Ports) {
	is := device.State(p, "is", unit.PPM, a.share)
	gone := p.Timer("gone", func(c *device.Context) { is.Set(c, 0) })
	p.OnStart(func(c *device.Context) { c.Start(gone, a.after) })
}

// spec is an operator who has nothing to do.
func spec() person.Spec {
	return person.Spec{Role: "operator", Speed: 1.6, Reaction: second, Region: "hand", Touch: "quasi_static", Collides: "pedestrian", Gas: "chlorine", Lasts: 10 * second}
}

// exposed runs a person who is exposed to ramps, by input.
func exposed(t *testing.T, run vtime.Duration, s person.Spec, to map[string]ramp) *simtest.Played {
	d, err := person.New(s)
	require.NoError(t, err)
	d, err = d.(device.Fitter).Fit(func(input string) bool { _, ok := to[input]; return ok })
	require.NoError(t, err)
	scene := simtest.Scene{Run: run, Every: run, Devices: map[string]device.Device{"anna": d}, Wires: map[string]string{}}
	for input, r := range to {
		scene.Devices["of_"+input] = r
		scene.Wires["anna."+input] = "of_" + input + ".value"
	}
	return scene.Play(t)
}

// A change is a time, in seconds, and a value.
func changes(p *simtest.Played, path string) (list [][2]float64) {
	for _, c := range p.Changes(path) {
		list = append(list, [2]float64{vtime.Seconds(vtime.Duration(c.At)), c.Value})
	}
	return list
}

func assertChanges(t *testing.T, want, got [][2]float64) {
	t.Helper()
	require.Len(t, got, len(want), "%v", got)
	for i := range want {
		assert.InDelta(t, want[i][0], got[i][0], 2e-9)
		assert.Equal(t, want[i][1], got[i][1])
	}
}

// 5 m at 1.6 m/s, 3.125 s; the way out is straight from wherever they are, a second after
// the warning; while it lasts they stay, and then go on at the times of their path.
func TestWalks(t *testing.T) {
	s := spec()
	s.Path = []person.Waypoint{{Name: "robot", At: 2 * second, X: 4, Y: 3}, {Name: "exit", X: 4, Warned: true}, {Name: "skipped", At: 11 * second, X: 9}, {Name: "home", At: 20 * second}}
	d, err := person.New(s)
	require.NoError(t, err)
	p := simtest.Scene{
		Run: 30 * second, Every: vtime.Millisecond,
		Devices: map[string]device.Device{"anna": d, "lamp": simtest.Script{Tell: map[string][]simtest.Point{"on": simtest.Steps(0, 0, 10, 1, 15, 0, 15.9, 1, 16.5, 0)}}},
		Wires:   map[string]string{"anna.warned": "wired lamp.on"},
	}.Play(t)
	assertChanges(t, [][2]float64{{0, 0}, {2, 1}, {5.125, 0}, {11, 2}, {11 + 3/1.6, 0}, {20, 4}, {22.5, 0}}, changes(p, "anna.goes_to"))
	assertChanges(t, [][2]float64{{0, 0}, {11, 1}, {17.5, 0}}, changes(p, "anna.pressed"))
	assert.InDelta(t, 4*(3.5-2)*1.6/5, p.At("anna.x", 3500*vtime.Millisecond), 1e-12)
	assert.InDelta(t, 3*(3.5-2)*1.6/5, p.At("anna.y", 3500*vtime.Millisecond), 1e-12)
	assert.Equal(t, [2]float64{4, 3}, [2]float64{p.At("anna.x", 6*second), p.At("anna.y", 6*second)})
	assert.Equal(t, [2]float64{4, 0}, [2]float64{p.At("anna.x", 13*second), p.At("anna.y", 13*second)})
	assert.Equal(t, [2]float64{0, 0}, [2]float64{p.At("anna.x", 30*second), p.At("anna.y", 30*second)})
}

// Thresholds are passed when the closed form says: glucose falls by 1 mg/dL a second; a
// force grows by 100 N a second; a machine comes nearer by 1 m/s.
func TestThresholds(t *testing.T) {
	p := exposed(t, 100*second, spec(), map[string]ramp{"glucose": {"mg/dL", 1, -0.01}})
	assertChanges(t, [][2]float64{{0, 0}, {30, 1}, {46, 2}, {70, 3}, {82, 4}}, changes(p, "anna.glucose_harm"))
	assertChanges(t, [][2]float64{{0, 0}, {30, 1}, {46, 2}, {70, 3}, {82, 4}}, changes(p, "anna.worst"))
	p = exposed(t, 60*second, spec(), map[string]ramp{"contact": {"N", 0, 100}, "separation": {"m", 1.5, -1}, "separation_needed": {"m", 1, 0}})
	assertChanges(t, [][2]float64{{0, 0}, {1.4, 1}, {2.8, 2}, {14, 3}, {42, 4}}, changes(p, "anna.contact_harm"))
	assertChanges(t, [][2]float64{{0, 0}, {1.4, 1}, {2.8, 2}, {14, 3}, {42, 4}}, changes(p, "anna.harm"))
	assert.InDelta(t, 1.5-60, p.At("anna.separation_margin", 60*second), 1e-9, "the force is known")
	assert.InDelta(t, 1.5-60-1, p.At("anna.spare", 60*second), 1e-9)
	p = exposed(t, 3*second, spec(), map[string]ramp{"separation": {"m", 3, 0}, "separation_needed": {"m", 1, -1}})
	assert.InDelta(t, 3., p.At("anna.spare", 3*second), 1e-9, "less than none is needed: as if none was")
	p = exposed(t, 3*second, spec(), map[string]ramp{"separation": {"m", 1.5, -1}})
	assertChanges(t, [][2]float64{{0, 0}, {1.5, 3}}, changes(p, "anna.harm"))
	p = exposed(t, 40*second, spec(), map[string]ramp{"glucose": {"mg/dL", 0.5, 0.01}})
	assertChanges(t, [][2]float64{{0, 0}, {0, 2}, {4, 1}, {20, 0}}, changes(p, "anna.harm"))
	assertChanges(t, [][2]float64{{0, 0}, {0, 2}}, changes(p, "anna.worst"))
}

// Bears and touch are what a person's contact is judged by.
func TestContactByConfiguration(t *testing.T) {
	s := spec()
	s.Bears, s.Touch = 100, "transient"
	p := exposed(t, 450*vtime.Millisecond, s, map[string]ramp{"contact": {"N", 0, 1000}}) // while it is transient
	assertChanges(t, [][2]float64{{0, 0}, {0.2, 1}, {0.4, 2}}, changes(p, "anna.harm"))
	s.Collides = "occupant"
	p = exposed(t, 32*second, s, map[string]ramp{"collision": {"m/s", 0, 1}})
	assertChanges(t, [][2]float64{{0, 0}, {3.174, 1}, {31.74 * math.Pow(0.001, 0.25), 2}, {31.74 * math.Pow(0.01, 0.25), 3}, {31.74 * math.Pow(0.1, 0.25), 4}}, changes(p, "anna.harm"))
}

// Air must be as bad for as long as lasts, 9 s: it is 16 degC after 4 s, 12 after 8, 6 after 14, 0 after 20.
func TestAirLasts(t *testing.T) {
	s := spec()
	s.Lasts = 9 * second
	p := exposed(t, 30*second, s, map[string]ramp{"temperature": {"degC", 293.15, -1}})
	assertChanges(t, [][2]float64{{0, 0}, {13, 1}, {17, 2}, {23, 3}, {29, 4}}, changes(p, "anna.harm"))
	p = exposed(t, 30*second, s, map[string]ramp{"temperature": {"degC", 288.15, 0.2}})
	assertChanges(t, [][2]float64{{0, 0}}, changes(p, "anna.harm")) // only for 5 s
}

// Bad air that comes twice, 10 s apart, has not lasted; neither has what is worse for a second
// in air that is bad all the time.
func TestAirPasses(t *testing.T) {
	for name, c := range map[string]struct {
		air  []simtest.Point
		want [][2]float64
	}{
		"twice":       {simtest.Steps(0, 293.15, 10, 278.15, 11, 293.15, 19.5, 278.15, 21, 293.15), [][2]float64{{0, 0}}},
		"then stays":  {simtest.Steps(0, 293.15, 10, 278.15, 11, 293.15, 19.5, 278.15), [][2]float64{{0, 0}, {29.5, 3}}},
		"worse twice": {simtest.Steps(0, 287.15, 20, 274.15, 21, 287.15, 29.5, 278.15, 31, 287.15), [][2]float64{{0, 0}, {10, 1}}},
		"frost":       {simtest.Steps(0, 287.15, 20, 228.15, 21, 287.15), [][2]float64{{0, 0}, {10, 1}}},
		"furnace":     {simtest.Steps(0, 293.15, 20, 373.15, 21, 293.15), [][2]float64{{0, 0}}},
		"desert":      {simtest.Steps(0, 293.15, 20, 317.15, 21, 293.15), [][2]float64{{0, 0}}},
		"hot, hotter": {simtest.Steps(0, 309.15, 5, 317.15, 8, 324.15), [][2]float64{{0, 0}, {10, 1}, {15, 3}}},
		"frost last":  {simtest.Steps(0, 287.15, 9, 272.15), [][2]float64{{0, 0}, {10, 1}, {19, 4}}},
		"cold middle": {simtest.Steps(0, 287.15, 9, 278.15, 11, 287.15), [][2]float64{{0, 0}, {10, 1}}},
		"less frost":  {simtest.Steps(0, 272.15, 9, 278.15, 15, 287.15), [][2]float64{{0, 0}, {10, 3}, {15, 1}}},
		"cold, hot":   {simtest.Steps(0, 287.15, 9, 315.15), [][2]float64{{0, 0}, {10, 1}, {19, 3}}},
		"as it is":    {simtest.Steps(0, 287.15, 20, 278.15), [][2]float64{{0, 0}, {10, 1}, {30, 3}}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := person.New(spec())
			require.NoError(t, err)
			d, err = d.(device.Fitter).Fit(func(input string) bool { return input == "temperature" })
			require.NoError(t, err)
			p := simtest.Scene{
				Run: 60 * second, Every: second,
				Devices: map[string]device.Device{"anna": d, "air": simtest.Script{Unit: unit.Kelvin, Values: map[string][]simtest.Point{"is": c.air}}},
				Wires:   map[string]string{"anna.temperature": "air.is"},
			}.Play(t)
			assertChanges(t, c.want, changes(p, "anna.harm"))
		})
	}
}

// COHb by its closed form, and the load of chlorine as a product.
func TestBreathes(t *testing.T) {
	p := exposed(t, 2*vtime.Hour, spec(), map[string]ramp{"co": {"ppm", 400e-6, 0}})
	tau := 2398 * 0.0404 * 60
	settled := 2.18 * (0.007*0.0404 + 400.0/1316)
	start := 2.18 * 0.007 * 0.0404
	assert.InDelta(t, settled+(start-settled)*math.Exp(-7200/tau), p.At("anna.cohb", 2*vtime.Hour), 1e-9)
	at := -tau * math.Log((settled-0.1)/(settled-start))
	got := changes(p, "anna.harm")
	assert.InDelta(t, at, got[1][0], 1e-5)
	assert.InDelta(t, 16, at/60, 0.5, "16 min at 400 ppm")
	p = exposed(t, 40*vtime.Minute, spec(), map[string]ramp{"gas": {"ppm", 250e-6, 0}})
	loads, err := unit.Parse("ppm2 min")
	require.NoError(t, err)
	assert.InDelta(t, 250*250*40, loads.FromSI(p.At("anna.gas_load", 40*vtime.Minute)), 1e-3)
	assert.Equal(t, 4.0, p.At("anna.worst", 40*vtime.Minute), "250 ppm kill half of those exposed within 30 min")
}

// TestFillsWithMonoxide: 10, 20, 40 and 60 % come when the closed form says, however much more the blood would
// take than there is of it; then it is full, and stays so until the air lets go of it.
func TestFillsWithMonoxide(t *testing.T) {
	const tau = 2398 * 0.0404 * 60
	start := 2.18 * 0.007 * 0.0404
	for ppm, minutes := range map[float64]float64{800: 58.3, 1600: 24.8, 12_800: 2.8, 1e6: 0.035} {
		settled := 2.18 * (0.007*0.0404 + ppm/1316)
		comes := func(cohb float64) float64 { return tau * math.Log((settled-start)/(settled-cohb)) }
		p := exposed(t, 4*vtime.Hour, spec(), map[string]ramp{"co": {"ppm", ppm * 1e-6, 0}})
		got := changes(p, "anna.co_harm")
		require.Len(t, got, 5, "%v ppm", ppm)
		for i, cohb := range []float64{0.1, 0.2, 0.4, 0.6} {
			assert.InDelta(t, comes(cohb), got[i+1][0], 1e-4, "%v %% at %v ppm", 100*cohb, ppm)
		}
		assert.InDelta(t, minutes, got[4][0]/60, 0.05, "%v ppm", ppm)
		assert.Equal(t, 1.0, p.At("anna.cohb", 4*vtime.Hour), "%v ppm", ppm)
	}
}

// TestClearsOfMonoxide: who was full for long is rid of it no later than who has just become so.
func TestClearsOfMonoxide(t *testing.T) {
	const tau, ppm = 2398 * 0.0404 * 60, 12_800e-6
	d, err := person.New(spec())
	require.NoError(t, err)
	d, err = d.(device.Fitter).Fit(func(input string) bool { return input == "co" })
	require.NoError(t, err)
	for _, until := range []float64{600, 6000} {
		p := simtest.Scene{
			Run: 5 * vtime.Hour, Every: vtime.Minute,
			Devices: map[string]device.Device{"anna": d, "air": aired{ppm, vtime.FromSeconds(until)}},
			Wires:   map[string]string{"anna.co": "air.is"},
		}.Play(t)
		assert.Equal(t, 1.0, p.At("anna.cohb", vtime.FromSeconds(until-60)))
		rest := 2.18 * 0.007 * 0.0404
		assert.InDelta(t, rest+(1-rest)*math.Exp(-7200/tau), p.At("anna.cohb", vtime.FromSeconds(until+7200)), 1e-8)
	}
}

// TestLoadsOfGases: a minute at 1000 ppm is 1000 to the power of n in the unit of each gas.
func TestLoadsOfGases(t *testing.T) {
	for _, name := range harm.Toxins() {
		s := spec()
		s.Gas = name
		toxin, _ := harm.ToxinOf(name)
		loads, err := unit.Parse(toxin.Unit())
		require.NoError(t, err, name)
		p := exposed(t, vtime.Minute, s, map[string]ramp{"gas": {"ppm", 1e-3, 0}})
		assert.InEpsilon(t, math.Pow(1000, toxin.Exponent), loads.FromSI(p.At("anna.gas_load", vtime.Minute)), 1e-9, name)
	}
}

// Who is harmed irreversibly stays and lets go.
func TestCannotGoOn(t *testing.T) {
	s := spec()
	s.Path = []person.Waypoint{{Name: "there", X: 100}, {Name: "then", At: 60 * second, X: 1}}
	p := exposed(t, 90*second, s, map[string]ramp{"glucose": {"mg/dL", 0.4, -0.01}})
	assertChanges(t, [][2]float64{{0, 0}, {0, 1}, {10, 0}}, changes(p, "anna.goes_to"))
	assert.InDelta(t, 16, p.At("anna.x", 90*second), 1e-7)
	assert.Equal(t, 4.0, p.At("anna.worst", 90*second))
}

// Whatever harms is judged by somebody.
func TestJudged(t *testing.T) {
	d, err := person.New(spec())
	require.NoError(t, err)
	for _, wired := range [][]string{nil, {"contact"}} { // without contact a separation harms by itself
		d, err := d.(device.Fitter).Fit(func(input string) bool { return !slices.Contains(wired, input) })
		require.NoError(t, err)
		decl, err := device.Declare(d)
		require.NoError(t, err)
		judged := 0
		for _, s := range decl.Signals {
			if exposure, ok := strings.CutSuffix(s.Name, "_harm"); ok {
				assert.NotEmpty(t, harm.Source(exposure), exposure)
				judged++
			}
		}
		assert.Equal(t, 8, judged)
	}
}

// What is not wired has no signals.
func TestFits(t *testing.T) {
	d, err := person.New(spec())
	require.NoError(t, err)
	d, err = d.(device.Fitter).Fit(func(input string) bool { return input == "glucose" })
	require.NoError(t, err)
	decl, err := device.Declare(d)
	require.NoError(t, err)
	var names []string
	for _, s := range decl.Signals {
		names = append(names, s.Name)
	}
	for name, has := range map[string]bool{"glucose": true, "glucose_harm": true, "harm": true, "contact": false, "contact_harm": false, "cohb": false, "warned": false} {
		assert.Equal(t, has, slices.Contains(names, name), name)
	}
	s := spec()
	s.Gas = "none"
	d, err = person.New(s)
	require.NoError(t, err)
	_, err = d.(device.Fitter).Fit(func(input string) bool { return input == "gas" })
	assert.ErrorContains(t, err, "gas_is must name the gas")
}

func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(s *person.Spec){
		"speed must be at least 0.01 m/s":                                            func(s *person.Spec) { s.Speed = 0 },
		"speed must be at most 12.5 m/s":                                             func(s *person.Spec) { s.Speed = 13 },
		"two waypoints for warnings, a and b":                                        func(s *person.Spec) { s.Path = []person.Waypoint{{Name: "a", Warned: true}, {Name: "b", Warned: true}} },
		"put them in the order of time":                                              func(s *person.Spec) { s.Path = []person.Waypoint{{Name: "a", At: 2}, {Name: "b", At: 2}} },
		"has a waypoint named nowhere":                                               func(s *person.Spec) { s.Path = []person.Waypoint{{Name: "nowhere"}} },
		"region must be one of unknown, skull":                                       func(s *person.Spec) { s.Region = "tail" },
		"starts_x must be finite":                                                    func(s *person.Spec) { s.X = math.Inf(1) },
		"bears must be at most 1000 N (nobody bears more without pain: ISO/TS 15066": func(s *person.Spec) { s.Bears = 1e9 },
		"starts_y must be at least -100 km":                                          func(s *person.Spec) { s.Y = -1e300 },
		"path has a, whose x must be at most 100 km":                                 func(s *person.Spec) { s.Path = []person.Waypoint{{Name: "a", X: 1e6}} },
		"bears must be at least 0 N":                                                 func(s *person.Spec) { s.Bears = -1 },
		"bears must be 0, for the published force, or at least 1 N":                  func(s *person.Spec) { s.Bears = 1e-300 },
		"collides must be one of pedestrian, occ":                                    func(s *person.Spec) { s.Collides = "" },
	} {
		s := spec()
		change(&s)
		_, err := person.New(s)
		assert.ErrorContains(t, err, want)
	}
}
