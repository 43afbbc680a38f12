package arm_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/arm"
)

// A walker goes evenly, and says how fast.
type walker struct{ from, speed float64 }

func (w walker) Declare(p *device.Ports) {
	device.Continuous(p, "x", unit.Metre, w.from, func(*device.Context) float64 { return w.speed })
	device.State(p, "speed_x", unit.MetrePerSecond, w.speed)
}

// met runs an arm that a walker comes to, by wires of its inputs, and returns the greatest force.
func met(t *testing.T, s arm.Spec, w walker, stops bool, inputs ...string) (p *simtest.Played, force float64) {
	t.Helper()
	d, err := arm.New(s)
	require.NoError(t, err)
	wires := map[string]string{"arm.body": "anna.x"}
	for _, input := range inputs {
		wires["arm."+input] = "anna.speed_x"
	}
	d, err = d.(device.Fitter).Fit(func(input string) bool { return wires["arm."+input] != "" })
	require.NoError(t, err)
	scene := simtest.Scene{Run: 4 * second, Every: 100 * vtime.Microsecond, Devices: map[string]device.Device{"arm": d, "anna": w}, Wires: wires}
	if stops {
		scene.Devices["button"] = simtest.Script{Unit: unit.One, Tell: map[string][]simtest.Point{"pressed": simtest.Steps(0, 0, 0.5, 1)}}
		wires["arm.stop"] = "wired button.pressed"
	}
	p = scene.Play(t)
	for at := vtime.Duration(0); at <= 4*second; at += 100 * vtime.Microsecond {
		force = max(force, p.At("arm.force", at))
	}
	return p, force
}

// TestClosing: what counts is how fast the two close in, whoever comes and from which side:
// F = v sqrt(k mu), where they come to one place.
func TestClosing(t *testing.T) {
	s := arm.UR5() // 1 m/s from 0 to 1.3 m, and back from 1.3 s on
	s.Region = "chest"
	perSpeed := math.Sqrt(25e3 / (1/40. + 1/14.2))
	known := []string{"body_speed"}
	for name, c := range map[string]struct {
		walker
		inputs      []string
		closing, at float64
	}{
		"they stand":               {walker{0.8, 0}, known, 1, 0.8},
		"head on, walking":         {walker{2.6, -1.6}, known, 2.6, 1},
		"head on, running":         {walker{3, -5}, known, 6, 0.5},
		"they walk away":           {walker{0.5, 0.4}, known, 0.6, 0.5 / 0.6},
		"after it as it returns":   {walker{6.5, -3}, known, 2, 2.6 - (6.5-2.6)/2},
		"it returns to them":       {walker{-1, 0.5}, known, 1.5, 0.2},
		"it outruns them at first": {walker{3.1, -0.9}, known, 1.9, 0.4},
		"not known, it comes":      {walker{0.8, 0}, nil, 1, 0.8},
		"not known, they come":     {walker{6.5, -3}, nil, 1.6, 2.6 - (6.5-2.6)/2},
		"not known, it returns":    {walker{-1, 0.5}, nil, 1, 0.2},
	} {
		t.Run(name, func(t *testing.T) {
			p, force := met(t, s, c.walker, false, c.inputs...)
			assert.InDelta(t, c.closing*perSpeed, force, 1e-5*perSpeed)
			assert.InDelta(t, c.at, p.At("arm.met", 4*second), 1e-7)
		})
	}
}

// TestClosingTakesNoBrakes: whoever comes towards one that brakes meets it with all of their speed.
func TestClosingTakesNoBrakes(t *testing.T) {
	s := arm.UR5()
	s.Region, s.Category = "chest", "cat_2"
	p, force := met(t, s, walker{1.4, -1.6}, true, "body_speed")
	// It is at 0.5 m then, and they are at 0.6 m: 0.1 = 2.6 t - a t^2/2.
	a := s.Fastest() / s.Time
	after := (2.6 - math.Sqrt(2.6*2.6-2*a*0.1)) / a
	assert.InDelta(t, 0.6-1.6*after, p.At("arm.met", 4*second), 1e-6)
	assert.InEpsilon(t, (2.6-a*after)*math.Sqrt(25e3/(1/40.+1/14.2)), force, 1e-5)
}

// TestStandsByWhoPasses: one that stands strikes nobody who goes by.
func TestStandsByWhoPasses(t *testing.T) {
	s := arm.UR5()
	s.Region = "chest"
	p, force := met(t, s, walker{5, -1.6}, true, "body_speed")
	assert.Zero(t, force)
	assert.Zero(t, p.At("arm.touching", 4*second))
	assert.Zero(t, p.At("arm.behind", 2*second))
	assert.Equal(t, 1., p.At("arm.behind", 4*second))
}

// TestOwnSpeed: whoever comes towards it makes it no faster: what a stop would take goes by its own speed, 1 m/s, which
// falls as how fast the two close in does, by cos(sqrt(k/mu) t), until both rest.
func TestOwnSpeed(t *testing.T) {
	s := arm.UR5()
	s.Region = "chest"
	omega := math.Sqrt(25e3 * (1/40. + 1/14.2))
	for name, c := range map[string]struct {
		walker
		closing float64
		at      vtime.Duration
	}{
		"head on":                  {walker{2.6, -1.6}, 2.6, second},
		"they catch up with it":    {walker{6.2, -3}, 2, 1800 * vtime.Millisecond},
		"hardly faster than it is": {walker{2.78, -1.1}, 0.1, 1800 * vtime.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			p, force := met(t, s, c.walker, false, "body_speed")
			for tau := vtime.Millisecond; tau < 32*vtime.Millisecond; tau += vtime.Millisecond {
				left := math.Cos(omega * vtime.Seconds(tau))
				assert.InDelta(t, left, p.At("arm.speed", c.at+tau), 1e-5, "%v", tau)
				assert.InDelta(t, c.closing*left, p.At("arm.closing", c.at+tau), 1e-5, "%v", tau)
			}
			for at := vtime.Duration(0); at <= 4*second; at += vtime.Millisecond {
				assert.LessOrEqual(t, p.At("arm.speed", at), 1., "%v", at)
			}
			assert.InDelta(t, c.closing*25e3/omega, force, 0.01)
			assert.Zero(t, p.At("arm.speed", 4*second))
			assert.Zero(t, p.At("arm.closing", 4*second))
			assert.Equal(t, 1., p.At("arm.tripped", 4*second))
		})
	}
}

// TestAside: where it is known how far aside of its line they are, the arm meets whoever is within half a body and half a
// tool of it, and nobody else; where it is not, it meets everybody.
func TestAside(t *testing.T) {
	for name, c := range map[string]struct {
		line, y, across float64
		known, met      bool
	}{
		"in its line":        {0, 0, 0.3, true, true},
		"just within":        {0, 0.29, 0.3, true, true},
		"just beyond":        {0, -0.31, 0.3, true, false},
		"five metres aside":  {0, 5, 0.3, true, false},
		"its line is there":  {5, 5, 0.3, true, true},
		"its line is not":    {5, 0, 0.3, true, false},
		"a broad tool":       {0, 1, 1.2, true, true},
		"aside, but unknown": {0, 5, 0.3, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := arm.UR5()
			s.Region, s.Y, s.Across = "chest", c.line, c.across
			d, err := arm.New(s)
			require.NoError(t, err)
			wires := map[string]string{"arm.body": "anna.x", "arm.body_speed": "anna.speed_x"}
			if c.known {
				wires["arm.body_y"] = "beside.y"
			}
			d, err = d.(device.Fitter).Fit(func(input string) bool { return wires["arm."+input] != "" })
			require.NoError(t, err)
			beside := simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"y": simtest.Steps(0, c.y)}}
			p := simtest.Scene{Run: 2 * second, Every: vtime.Millisecond, Devices: map[string]device.Device{"arm": d, "anna": walker{2.6, -1.6}, "beside": beside}, Wires: wires}.Play(t)
			if !c.met {
				assert.Zero(t, p.At("arm.touching", 1500*vtime.Millisecond))
				assert.Equal(t, 1., p.At("arm.behind", 1500*vtime.Millisecond))
				return
			}
			assert.InDelta(t, 2.6*math.Sqrt(25e3/(1/40.+1/14.2)), p.At("arm.force", 1500*vtime.Millisecond), 0.01)
			assert.Equal(t, map[bool]float64{true: c.y}[c.known], p.At("arm.met_y", 1500*vtime.Millisecond))
		})
	}
}
