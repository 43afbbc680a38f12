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

const (
	second = vtime.Second
	stops  = 0.01 // s, when a stop is asked for
)

// played runs an arm with inputs: stop is hard-wired, body a place from times on.
func played(t testing.TB, run vtime.Duration, s arm.Spec, stop, body []simtest.Point) *simtest.Played {
	t.Helper()
	d, err := arm.New(s)
	require.NoError(t, err)
	scene := simtest.Scene{Run: run, Every: vtime.Millisecond, Devices: map[string]device.Device{"arm": d}, Wires: map[string]string{}}
	if stop != nil {
		scene.Devices["button"] = simtest.Script{Unit: unit.One, Tell: map[string][]simtest.Point{"pressed": stop}}
		scene.Wires["arm.stop"] = "wired button.pressed"
	}
	if body != nil {
		scene.Devices["anna"] = simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"x": body}}
		scene.Wires["arm.body"] = "anna.x"
	}
	return scene.Play(t)
}

// came is when the motion last became that, in seconds.
func came(p *simtest.Played, motion float64) float64 {
	at := -1.
	for _, c := range p.Changes("arm.motion") {
		if c.Value == motion {
			at = vtime.Seconds(vtime.Duration(c.At))
		}
	}
	return at
}

// TestDataSheets: each stop of category 0 lasts and turns as far as it is published.
func TestDataSheets(t *testing.T) {
	for name, c := range map[string]struct{ angle, time, reach, arc float64 }{
		"UR5 base":     {0.31, 0.244, 0.85, 0.264},
		"UR5 shoulder": {0.70, 0.530, 0.85, 0.595},
		"UR5 elbow":    {0.22, 0.164, 0.85, 0.187},
		"UR3 base":     {0.18, 0.159, 0.5, 0.090},
		"UR3 shoulder": {0.20, 0.154, 0.5, 0.100},
		"UR3 elbow":    {0.15, 0.092, 0.5, 0.075},
		"even":         {0.5 * 183 * math.Pi / 180 * 0.2, 0.2, 1, 0.319},
	} {
		s := arm.UR5()
		s.Angle, s.Time, s.Reach, s.From, s.To = c.angle, c.time, c.reach, -c.reach, c.reach
		s.Speed = s.Fastest()
		if s.Reach == 0.85 {
			assert.InDelta(t, 2.715, s.Speed, 5e-4, "m/s at the tip")
		}
		p := played(t, second, s, simtest.Steps(0, 0, stops, 1), nil)
		assert.InDelta(t, c.time, came(p, 2)-stops, 1e-8, name)
		far := p.At("arm.x", second) - p.At("arm.x", 10*vtime.Millisecond)
		assert.InDelta(t, c.arc, far, 5e-4+1e-9, name) // 0.31 * 0.85 is 0.2635
		assert.InDelta(t, c.angle, far/c.reach, 1e-8, name)
		assert.InDelta(t, far, p.At("arm.stop_distance", 0), 1e-8, name)
		assert.InDelta(t, c.time, p.At("arm.stop_time", 0), 1e-8, name)
	}
}

// TestSlower: from any speed on a stop takes what the arm says beforehand.
func TestSlower(t *testing.T) {
	for _, category := range []string{"cat_0", "cat_1", "cat_2"} {
		for _, speed := range []float64{0.25, 1, 2} {
			s := arm.UR5()
			s.Speed, s.Category = speed, category
			p := played(t, second, s, simtest.Steps(0, 0, stops, 1), nil)
			assert.InDelta(t, p.At("arm.stop_time", 0), came(p, 2)-stops, 1e-8)
			assert.InDelta(t, p.At("arm.stop_distance", 0), p.At("arm.x", second)-p.At("arm.x", 10*vtime.Millisecond), 1e-8)
			if category != "cat_0" {
				assert.InDelta(t, 0.53*speed/s.Fastest(), p.At("arm.stop_time", 0), 1e-12, "evenly")
			}
			assert.Equal(t, map[string]float64{"cat_0": 0, "cat_1": 1, "cat_2": 1}[category], p.At("arm.powered", 20*vtime.Millisecond))
			assert.Equal(t, map[string]float64{"cat_0": 0, "cat_1": 0, "cat_2": 1}[category], p.At("arm.powered", second))
		}
	}
}

// TestContact: at the speeds that ISO/TS 15066 gives for 14.2 kg the force is what the region
// bears, and comes after a quarter of a period.
func TestContact(t *testing.T) {
	for region, c := range map[string]struct{ speed, bears, k, m float64 }{
		"skull": {0.183, 130, 150e3, 4.4}, "face": {0.129, 65, 75e3, 4.4}, "neck": {1.275, 300, 50e3, 1.2}, "back": {0.693, 420, 35e3, 40},
		"chest": {0.547, 280, 25e3, 40}, "abdomen": {0.680, 220, 10e3, 40}, "pelvis": {0.703, 360, 25e3, 40}, "upper_arm": {1.101, 300, 30e3, 3},
		"forearm": {1.208, 320, 40e3, 2}, "hand": {1.348, 280, 75e3, 0.6}, "thigh": {0.569, 440, 50e3, 75}, "lower_leg": {0.307, 260, 60e3, 75},
	} {
		s := arm.UR5()
		s.Region, s.Speed = region, c.speed
		mu := 1 / (1/c.m + 1/(s.Mass/2+s.Payload))
		p := played(t, 20*second, s, nil, simtest.Steps(0, 1))
		assert.InDelta(t, c.bears, p.At("arm.force", 20*second), 5e-4/c.speed*c.bears, region)
		assert.InEpsilon(t, c.speed*math.Sqrt(c.k*mu), p.At("arm.force", 20*second), 1e-7, region)
		assert.InDelta(t, math.Pi/2*math.Sqrt(mu/c.k), came(p, 2)-1/c.speed, 1e-6, region)
		s.PowerLimited, s.Speed = true, s.Fastest()
		p = played(t, 40*second, s, nil, simtest.Steps(0, 1))
		assert.InEpsilon(t, c.bears-25, p.At("arm.force", 40*second), 1e-7, "%s: less the accuracy", region)
		s.Accuracy = 0
		assert.InDelta(t, c.speed, played(t, second/100, s, nil, nil).At("arm.speed", 0), 5e-4, region)
	}
}

// TestClamped: what cannot give way bears the whole arm; the force stays until it is gone, and
// the arm does not go on by itself then.
func TestClamped(t *testing.T) {
	s := arm.UR5()
	s.Region, s.Clamps, s.Speed, s.Resumes = "hand", true, 0.25, true
	p := played(t, 10*second, s, nil, simtest.Steps(0, 1, 8, 2))
	want := 0.25 * math.Sqrt(75e3*14.2)
	assert.InEpsilon(t, want, p.At("arm.force", 7*second), 1e-7)
	assert.Zero(t, p.At("arm.force", 9*second))
	assert.Zero(t, p.At("arm.touching", 9*second))
	assert.Zero(t, p.At("arm.speed", 9*second))
}

// TestGivesWay: who steps back in time is pushed no longer, and the arm goes on.
func TestGivesWay(t *testing.T) {
	s := arm.UR5()
	s.Region = "chest"
	p := played(t, 3*second, s, nil, simtest.Steps(0, 1, 1.01, 2))
	force := p.At("arm.force", 1009*vtime.Millisecond)
	assert.Greater(t, force, 100.)
	assert.Less(t, force, 280.)
	assert.Zero(t, p.At("arm.force", 1011*vtime.Millisecond))
	assert.Equal(t, 1., p.At("arm.speed", 1011*vtime.Millisecond))
	assert.Zero(t, p.At("arm.tripped", 3*second))
}

// TestBrakesAtContact: what the brakes take is not pressed: k c^2/2 + mu a c = mu v^2/2.
func TestBrakesAtContact(t *testing.T) {
	s := arm.UR5()
	s.Region, s.Category = "chest", "cat_2"
	p := played(t, 2*second, s, simtest.Steps(0, 0, 1, 1), simtest.Steps(0, 1))
	mu, k, a := 1/(1/40.+1/14.2), 25e3, s.Fastest()/s.Time
	c := (-mu*a + math.Sqrt(mu*mu*a*a+k*mu)) / k
	assert.InEpsilon(t, k*c, p.At("arm.force", 2*second), 1e-7)
}

// TestResumes when nothing asks it to stop any more, but not before it stands.
func TestResumes(t *testing.T) {
	s := arm.UR5()
	s.Resumes = true
	p := played(t, 2*second, s, simtest.Steps(0, 0, 0.1, 1, 0.2, 0), nil)
	assert.Equal(t, 1., p.At("arm.speed", 2*second))
	assert.InDelta(t, 0.1+p.At("arm.stop_time", 0), came(p, 2), 1e-8)
	assert.InDelta(t, came(p, 2), came(p, 0), 1e-9)
	s.Speed = 0
	p = played(t, second, s, simtest.Steps(0, 0, 0.1, 1, 0.2, 0), nil)
	assert.Zero(t, p.At("arm.x", second), "nothing turns to and fro without end")
}

// TestWatchesItself: it stands within the worst cases of its manual.
func TestWatchesItself(t *testing.T) {
	s := arm.UR5()
	s.SafeSpeed, s.Speed, s.From, s.To = 1.5, s.Fastest(), -0.85, 0.85
	p := played(t, 2*second, s, nil, nil)
	assert.InDelta(t, 0.250+0.530, came(p, 2), 1e-8)
	assert.LessOrEqual(t, came(p, 2), 1.250)
	s = arm.UR5()
	s.SafeTo = 1
	p = played(t, 3*second, s, nil, nil)
	assert.InDelta(t, 1+0.100+p.At("arm.stop_time", 0), came(p, 2), 1e-8)
	assert.LessOrEqual(t, came(p, 2)-1, 1.100)
	assert.Equal(t, 1., p.At("arm.tripped", 3*second))
}

// TestImpossible: what no arm can be is refused, with the range and who says so.
func TestImpossible(t *testing.T) {
	for text, change := range map[string]func(s *arm.Spec){
		"speed must be from 0 to 2.715 m/s (3.194 rad/s at a reach of 0.85 m, its data sheet; UR5: Universal Robots UR5 manual, p. 52)": func(s *arm.Spec) { s.Speed = 3 },
		"mass must be at least 1 kg (our estimate of arms that are sold)":                                                               func(s *arm.Spec) { s.Mass = 0 },
		"payload must be from 0 to 5 kg (its data sheet; UR5: Universal Robots UR5 manual, p. 52)":                                      func(s *arm.Spec) { s.Payload = 5.1 },
		"payload must be at least 0 kg":                                                                           func(s *arm.Spec) { s.Payload = -1 },
		"reach must be at least 0.1 m (our estimate of arms that are sold)":                                       func(s *arm.Spec) { s.Reach = -1 },
		"to must be from 0.01 to 1.7 m from the other end (twice the reach)":                                      func(s *arm.Spec) { s.To = 2 },
		"accuracy must be at most 60 N (the least limit is 65 N, ISO/TS 15066:2016, annex A)":                     func(s *arm.Spec) { s.Accuracy = 65 },
		"stops_in must be at least 0.01 s (our estimate of arms that are sold)":                                   func(s *arm.Spec) { s.Time = -0.53 },
		"stops_within must be from 0.08464 to 1.608 rad (5 to 95 % of what it turns in that time without brakes)": func(s *arm.Spec) { s.Angle = 2 },
		"turns must be at most 720 deg/s (our estimate of arms that are sold)":                                    func(s *arm.Spec) { s.Turns = 20 },
	} {
		s := arm.UR5()
		change(&s)
		_, err := arm.New(s)
		require.ErrorContains(t, err, text)
	}
}
