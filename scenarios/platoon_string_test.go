package scenarios

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A link is what the transfer functions of a platoon depend on, in SI.
type link struct {
	law                        string
	lag, headway, theta, phi   float64 // phi: dead time of the engine
	kp, kd, c1, damping, omega float64
	radar                      float64 // how old what it sees is
	every                      int     // ms, from beacon to beacon, and what the radar sees; 0: 10 ms
}

// gains are those of domain figures and of the defaults.
func gains(law string, lag, headway, theta float64) link {
	return link{law: law, lag: lag, headway: headway, theta: theta, kp: 0.2, kd: 0.7, c1: 0.5, damping: 1, omega: 0.2}
}

// engine is from what is asked to the position.
func (l link) engine(s complex128) complex128 {
	return cmplx.Exp(-complex(l.phi, 0)*s) / (s * s * (complex(l.lag, 0)*s + 1))
}

// follows is by how much ploeg and acc amplify what the one ahead does.
func (l link) follows(w float64) float64 {
	s := complex(0, w)
	gk := l.engine(s) * (complex(l.kp, 0) + complex(l.kd, 0)*s)
	seen, h := cmplx.Exp(-complex(l.radar, 0)*s), complex(l.headway, 0)
	ahead := cmplx.Exp(-complex(l.theta, 0) * s)
	if l.law == "acc" {
		ahead = 0
	}
	return cmplx.Abs((ahead + gk*seen) / (h*s + 1 + gk*(seen+h*s)))
}

// inPath is what the first two followers of PATH do where the leader does 1.
func (l link) inPath(w float64) (first, second float64) {
	s := complex(0, w)
	g, d := l.engine(s), cmplx.Exp(-complex(l.theta, 0)*s)
	q := l.c1 * (l.damping + math.Sqrt(l.damping*l.damping-1))
	toAhead, toLead := complex((2*l.damping-q)*l.omega, 0)*s, complex(q*l.omega, 0)*s
	square := complex(l.omega*l.omega, 0) * cmplx.Exp(-complex(l.radar, 0)*s)
	next := func(ahead complex128) complex128 {
		hears := (complex(1-l.c1, 0) + g*toAhead) * d * ahead
		hears += (complex(l.c1, 0) + g*toLead) * d
		return (hears + g*square*ahead) / (1 + g*(toAhead+toLead+square))
	}
	one := next(1)
	return cmplx.Abs(one), cmplx.Abs(next(one))
}

// worst is the frequency at which l amplifies most, of those between 0.001 and 100 rad/s.
func (l link) worst() (amplification, at float64) {
	for i := range 5001 {
		w := math.Pow(10, -3+float64(i)/1000)
		if a := l.follows(w); a > amplification {
			amplification, at = a, w
		}
	}
	return amplification, at
}

// leastHeadway is the shortest with which nothing is amplified by more than 1 + most.
func (l link) leastHeadway(most float64) float64 {
	low, high := 0.05, 10.0
	for range 40 {
		l.headway = (low + high) / 2
		if a, _ := l.worst(); a > 1+most {
			low = l.headway
		} else {
			high = l.headway
		}
	}
	return high
}

// TestPlatoonLeastHeadways: the figures of Ploeg et al., 0.25 s, 0.67 s and 3.16 s, to the digits to which
// they were computed anew, which takes amplifications of 1.0001 for none.
func TestPlatoonLeastHeadways(t *testing.T) {
	for _, c := range []struct {
		theta, phi float64
		want       string
	}{{0.02, 0, "0.24"}, {0.02, 0.2, "0.251"}, {0.06, 0, "0.421"}, {0.15, 0, "0.672"}} {
		l := gains("ploeg", 0.1, 0, c.theta)
		l.phi = c.phi
		assert.Equal(t, c.want, fmt.Sprintf("%.*f", len(c.want)-2, l.leastHeadway(1e-4)), "%v", c)
	}
	acc := gains("acc", 0.1, 0, 0)
	assert.Equal(t, "3.162", fmt.Sprintf("%.3f", math.Sqrt(2/acc.kp)))
	assert.InDelta(t, math.Sqrt(2/acc.kp), acc.leastHeadway(1e-9), 1e-3)
}

// threeCars is three cars whose leader swings, with beacons and radars that are half as old on average as
// they are apart.
const threeCars = `scenario: chain
about: A leader swings
run: %[1]ds
system:
  devices:
    swings: {is: custom, signals: {wish: {value: 'cos(6.283185307179586 * time / %.9[2]f) * "0.4 m/s2"', unit: m/s2}}}
    a_car: {is: vehicle, lag: %[3]v s, dead_time: %[10]dms, starts_with: 20 m/s, drive: a.command, behind: b_car.push}
    a: {is: platoon-controller, beacon: %[9]dms, law: lead, driver: swings.wish, speed: a_car.speed, acceleration: a_car.acceleration}
    b_car: {is: vehicle, lag: %[3]v s, dead_time: %[10]dms, starts_with: 20 m/s, starts_at: %[4]v m, drive: b.command, ahead: a_car.rear, ahead_speed: a_car.speed, behind: c_car.push}
    b_radar: {is: radar, every: %[9]dms, gap: b_car.gap, closing: b_car.closing}
    b:
      is: platoon-controller
      law: %[6]s
      headway: %[5]v s
      beacon: %[9]dms
      speed: b_car.speed
      acceleration: b_car.acceleration
      distance: {wired: b_radar.distance}
      approach: {wired: b_radar.approach}
      ahead_acceleration: a.beacon_acceleration
      ahead_speed: a.beacon_speed
      ahead_time: a.beacon_time
      lead_acceleration: a.beacon_acceleration
      lead_speed: a.beacon_speed
      lead_time: a.beacon_time
    c_car: {is: vehicle, lag: %[3]v s, dead_time: %[10]dms, starts_with: 20 m/s, starts_at: %[8]v m, drive: c.command, ahead: b_car.rear, ahead_speed: b_car.speed}
    c_radar: {is: radar, every: %[9]dms, gap: c_car.gap, closing: c_car.closing}
    c:
      is: platoon-controller
      law: %[6]s
      headway: %[5]v s
      beacon: %[9]dms
      speed: c_car.speed
      acceleration: c_car.acceleration
      distance: {wired: c_radar.distance}
      approach: {wired: c_radar.approach}
      ahead_acceleration: b.beacon_acceleration
      ahead_speed: b.beacon_speed
      ahead_time: b.beacon_time
      lead_acceleration: a.beacon_acceleration
      lead_speed: a.beacon_speed
      lead_time: a.beacon_time
  zones:
    air: {devices: [a, b, c], latency: %[7]dus}
`

// swings is by how much the two followers swing where the leader does 1, at a frequency near w, which it
// returns too.
func swings(t *testing.T, l link, w float64) (first, second, at float64) {
	t.Helper()
	cars, at := driven(t, l, w)
	return cmplx.Abs(cars[1]), cmplx.Abs(cars[2]), at
}

// driven runs three cars and returns how the followers swing where the leader does 1, at a frequency near w,
// which it returns too.
func driven(t *testing.T, l link, w float64) (sums [3]complex128, at float64) {
	t.Helper()
	const looks, settled = 64, 100
	step := vtime.Duration(math.Round(2*math.Pi/w/looks*1000)) * vtime.Millisecond
	period := looks * step
	run := settled + int(math.Ceil(period.Seconds()*2))
	gap := 2 + l.headway*20
	if l.law == "path" {
		gap = 2
	}
	every := cmp.Or(l.every, 10)
	late := int(math.Round(l.theta*1e6)) - 500*every // us
	text := fmt.Sprintf(threeCars, run, period.Seconds(), l.lag, -(4 + gap), l.headway, l.law, late, -2*(4+gap), every, int(math.Round(l.phi*1e3)))
	s, err := Parse("chain.yaml", []byte(text))
	require.NoError(t, err)
	count := 0
	paths := []string{"a_car.speed", "b_car.speed", "c_car.speed"}
	_, err = sim.Run(context.Background(), s.Plan, sim.Sample(step, paths, func(now vtime.Time, values []float64) error {
		if now.Seconds() < settled || count >= looks {
			return nil
		}
		turn := cmplx.Exp(complex(0, -2*math.Pi*float64(now%vtime.Time(period))/float64(period)))
		for i := range sums {
			sums[i] += complex(values[i]-20, 0) * turn
		}
		count++
		return nil
	}))
	require.NoError(t, err)
	require.Equal(t, looks, count)
	return [3]complex128{1, sums[1] / sums[0], sums[2] / sums[0]}, 2 * math.Pi / period.Seconds()
}

// TestPlatoonSwings: three cars do what the transfer functions say, at the frequency that is amplified most
// by a headway that is a little too short; and nothing is where it is a little longer than needed.
func TestPlatoonSwings(t *testing.T) {
	if testing.Short() {
		t.Skip("minutes of three cars")
	}
	t.Parallel()
	for _, c := range []struct {
		law          string
		lag, theta   float64
		short, needs float64
	}{{"ploeg", 0.1, 0.02, 0.22, 0.27}, {"ploeg", 0.1, 0.15, 0.62, 0.71}, {"ploeg", 0.5, 0.06, 0.42, 0.5}, {"acc", 0.1, 0.006, 2.5, 3.3}} {
		_, at := gains(c.law, c.lag, c.short, c.theta).worst()
		for _, headway := range []float64{c.short, c.needs} {
			l := gains(c.law, c.lag, headway, c.theta)
			l.radar = 0.005
			first, second, w := swings(t, l, at)
			assert.InDelta(t, l.follows(w), first, 5e-4, "%v", l)
			assert.InDelta(t, l.follows(w)*l.follows(w), second, 1e-3, "%v", l)
			assert.Equal(t, headway == c.short, first > 1, "%v: %v", l, first)
			assert.Equal(t, headway == c.short, second > first, "%v: %v", l, second)
		}
	}
	for _, w := range []float64{0.2, 0.8} {
		l := gains("path", 0.5, 0.5, 0.04)
		l.radar = 0.005
		first, second, at := swings(t, l, w)
		one, two := l.inPath(at)
		assert.InDelta(t, one, first, 5e-4)
		assert.InDelta(t, two, second, 5e-4)
	}
}
