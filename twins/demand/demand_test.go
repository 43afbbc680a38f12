package demand_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/demand"
)

const second = vtime.Second

func series(pairs ...float64) (s device.Series) {
	for i := 0; i < len(pairs); i += 2 {
		s.Times, s.Values = append(s.Times, vtime.FromSeconds(pairs[i])), append(s.Values, pairs[i+1])
	}
	return s
}

func play(t *testing.T, run, every vtime.Duration, s demand.Spec) *simtest.Played {
	t.Helper()
	d, err := demand.New(s)
	require.NoError(t, err)
	return simtest.Scene{Run: run, Every: every, Devices: map[string]device.Device{"demand": d}}.Play(t)
}

func TestHold(t *testing.T) {
	p := play(t, 20*second, second, demand.Spec{Between: "hold", Profile: series(0, 1, 3, 4, 7.5, 2)})
	for s, want := range map[int]float64{0: 1, 2: 1, 3: 4, 7: 4, 8: 2, 20: 2} {
		assert.Equal(t, want, p.At("demand.flow", vtime.Duration(s)*second))
	}
}

func TestLinear(t *testing.T) {
	p := play(t, 20*second, 500*vtime.Millisecond, demand.Spec{Between: "linear", Profile: series(0, 1, 3, 4, 7.5, 2)})
	for s, want := range map[float64]float64{0: 1, 1.5: 2.5, 3: 4, 5: 4 - 2*2/4.5, 7.5: 2, 20: 2} {
		assert.InDelta(t, want, p.At("demand.flow", vtime.FromSeconds(s)), 1e-14)
	}
}

// Over ten thousand periods every point is reached at its time and has its value,
// to the bit.
func TestRepeatsWithoutDrift(t *testing.T) {
	const period = 7 * second
	profile := series(0, 0.1, 1, 0.3, 4, 0.7)
	for _, between := range []string{"hold", "linear"} {
		t.Run(between, func(t *testing.T) {
			p := play(t, 10_000*period, period, demand.Spec{Between: between, Repeat: period, Profile: profile})
			for k := range vtime.Duration(10_001) {
				require.Equal(t, 0.1, p.At("demand.flow", k*period))
			}
			points := p.Changes("demand.point")
			require.Len(t, points, 3*10_000+1)
			for i, c := range points {
				require.Equal(t, vtime.Time(i/3)*vtime.Time(period)+vtime.Time(profile.Times[i%3]), c.At)
			}
			for _, c := range p.Changes("demand.base") {
				i := 0
				for _, at := range profile.Times {
					if c.At%vtime.Time(period) == vtime.Time(at) {
						require.InDelta(t, profile.Values[i], c.Value, 1e-12)
					}
					i++
				}
			}
		})
	}
	p := play(t, 4*period, second, demand.Spec{Between: "linear", Repeat: period, Profile: profile})
	assert.InDelta(t, 0.7-0.6*2/3, p.At("demand.flow", 6*second), 1e-14, "towards the first point again")
	assert.InDelta(t, 0.7-0.6*2/3, p.At("demand.flow", 27*second), 1e-14)
}

func TestOnePoint(t *testing.T) {
	for _, between := range []string{"hold", "linear"} {
		p := play(t, 100*second, second, demand.Spec{Between: between, Repeat: 10 * second, Profile: series(0, 0.2)})
		assert.Equal(t, 0.2, p.At("demand.flow", 100*second))
	}
}

func TestRefuses(t *testing.T) {
	good := demand.Spec{Between: "hold", Profile: series(0, 1, 3, 4)}
	for want, change := range map[string]func(s *demand.Spec){
		"profile needs at least one point":                        func(s *demand.Spec) { s.Profile = device.Series{} },
		"profile must begin at 0s":                                func(s *demand.Spec) { s.Profile = series(1, 1) },
		"profile must go forward in time":                         func(s *demand.Spec) { s.Profile = series(0, 1, 3, 1, 3, 2) },
		"profile must be finite":                                  func(s *demand.Spec) { s.Profile = series(0, math.NaN()) },
		"profile needs a value for each time":                     func(s *demand.Spec) { s.Profile.Values = nil },
		"repeat must be later than the last point of the profile": func(s *demand.Spec) { s.Repeat = 3 * second },
		"repeat must be at least 0s":                              func(s *demand.Spec) { s.Repeat = -1 },
		"between must be one of hold, linear":                     func(s *demand.Spec) { s.Between = "cubic" },
	} {
		s := good
		change(&s)
		_, err := demand.New(s)
		assert.ErrorContains(t, err, want)
	}
}
