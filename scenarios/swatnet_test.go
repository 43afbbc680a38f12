package scenarios

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What SWaT's network and its scans are, in s, and its CUSUM, in m.
const (
	onTheWay        = 0.001 // from the laptop, or a controller, to a field device
	scanning        = 0.4
	bias, threshold = 1.5e-3, 3e-3
)

// TestSwatFromLaptop: who earns an attack does what who is assumed to have it does,
// later by what a message takes.
func TestSwatFromLaptop(t *testing.T) {
	for name, facts := range laptopFacts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := swat(t, name)
			for _, f := range facts(t, r) {
				assert.InDelta(t, f.want, f.got, f.tolerance, f.what)
			}
			for _, i := range r.Injections {
				assert.Equal(t, "laptop", i.From, i.Step.Name)
				assert.Equal(t, inject.Applied, i.Outcome, i.Step.Name)
				assert.Equal(t, vtime.Never, i.Detected.At, "nothing checks what it is told")
			}
		})
	}
}

var laptopFacts = map[string]func(t *testing.T, r *swatRun) []fact{
	"attack-01-from-laptop": func(t *testing.T, r *swatRun) []fact {
		const shut = 999.2 + onTheWay // with PLC1's first scan after the block
		return []fact{
			{"HH", violatedAt(t, r, "t101-below-hh"), 60 + onTheWay + 5 + 0.3/inlet, 1e-6},
			{"MV101 is shut", changes(r, "mv101.open", 0)[0], shut, 1e-9},
			{"T101 at the end", level(r, "t101", 1200), 0.8 + (shut-60-onTheWay)*inlet, exact},
		}
	},
	"attack-01-from-laptop-chatter": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"after ten scans", level(r, "t101", 60.1+onTheWay+4), 0.8 + chatter(10)*inlet, 1e-6},
			{"the valve is open", level(r, "t101", 60.1+onTheWay+20), 0.8 + chatter(50)*inlet, 1e-6},
			{"after 1000 scans", level(r, "t101", 60.1+onTheWay+400), 0.8 + chatter(1000)*inlet, 1e-6},
			{"HH", violatedAt(t, r, "t101-below-hh"), 60.1 + onTheWay + chatters(0.3/inlet), 1e-3},
		}
	},
	"attack-03-from-laptop": func(t *testing.T, r *swatRun) []fact {
		same(t, r, swat(t, "attack-03"), "plc1.level", "t101.level")
		return []fact{{"T101 at the end", level(r, "t101", 442), 0.65 - 442*transfer, exact}}
	},
	"attack-16-from-laptop": func(t *testing.T, r *swatRun) []fact {
		same(t, r, swat(t, "attack-16"), "plc3.level", "t301.level")
		return []fact{{"the truth at the end", level(r, "t301", 335), 0.856, 2e-3}}
	},
	"attack-26-from-laptop": func(t *testing.T, r *swatRun) []fact {
		runs := 60 + onTheWay
		return []fact{
			{"T301 at HH", violatedAt(t, r, "t301-below-hh"), runs + (0.3-runs*(transfer-feed))/(2*transfer-feed), 1e-6},
			{"T101 stays at LL", r.signal("t101.level").Min(), 0.25, 2e-3},
			{"P101 stops", changes(r, "p101.running", 0)[0], 1504 + onTheWay, 1e-9},
		}
	},
	"attack-30-from-laptop": func(t *testing.T, r *swatRun) []fact {
		return []fact{
			{"T101 while the pumps stand", level(r, "t101", 140), 0.52 + (75-onTheWay)*inlet, exact},
			{"T301 while the pumps stand", level(r, "t301", 140), 0.85 - 140*feed, exact},
			{"T101 while both run", level(r, "t101", 200) - level(r, "t101", 600), 400 * (2*transfer - inlet), exact},
			{"T301 while both run", level(r, "t301", 600) - level(r, "t301", 200), 400 * (2*transfer - feed), exact},
		}
	},
	"attack-30-from-laptop-tag": func(t *testing.T, r *swatRun) []fact {
		same(t, r, swat(t, "attack-30-from-laptop"), "t101.level", "t301.level")
		return []fact{
			{"the lie is there", violatedAt(t, r, "plc1-sees-t101"), 60.202, 1e-9},
			{"HH", r.signal("plc1.hh101").Max(), 1.5, 0},
		}
	},
}

// same compares what signals did in two runs.
func same(t *testing.T, a, b *swatRun, paths ...string) {
	t.Helper()
	for _, path := range paths {
		x, y := a.signal(path), b.signal(path)
		for at := range 480 {
			instant := vtime.Time(vtime.FromSeconds(float64(at) + 0.2))
			require.Equal(t, y.At(instant), x.At(instant), "%s after %d s", path, at)
		}
	}
}

// chatter is what so many scans of MV101 are worth, in s of an open valve, when it
// is told to open 100 ms after PLC1 tells it to shut. Each begins a little higher.
func chatter(scans int) (seconds float64) {
	const travel = 10
	for n := range scans {
		from := min(0.02*float64(n), 0.99)
		up := min(0.3, (1-from)*travel)
		top := from + up/travel
		seconds += (from+top)/2*up + top*(0.3-up) + (top-0.05/travel)*0.1
	}
	return seconds
}

// chatters is how long it takes to be worth so much.
func chatters(seconds float64) float64 {
	scans := 0
	for chatter(scans+1) <= seconds {
		scans++
	}
	// Within a scan it is open, but for the 1 % at either end.
	return float64(scans)*scanning + (seconds - chatter(scans) + 0.0005)
}

// detected is when, by whom and by what check a step was noticed, in s.
func detected(t *testing.T, r *swatRun, step string) (at float64, by string) {
	t.Helper()
	for i := range r.Injections {
		if x := &r.Injections[i]; x.Step.Name == step {
			return x.Detected.At.Seconds(), x.Detected.Device + "." + x.Detected.Check
		}
	}
	require.FailNow(t, "there is no such step", step)
	return 0, ""
}

// reacted is when a check reacted first, in s, and how often.
func reacted(t *testing.T, r *swatRun, device, check string) (at float64, times uint64) {
	t.Helper()
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Device == device && c.Check == check {
			return c.First.Seconds(), c.Reacted
		}
	}
	require.FailNow(t, "there is no such check", "%s of %s", check, device)
	return 0, 0
}

// readings is which reading after the first passes the threshold, where a lie is off
// by so much and parts by v, in m/s.
func readings(off, v float64) (n int) {
	for sum := 0.0; ; n++ {
		sum = max(0, sum+math.Abs(off+v*scanning*float64(n))-bias)
		if sum > threshold {
			return n
		}
	}
}

func TestSwatReadings(t *testing.T) {
	assert.Equal(t, 6, readings(0, 1e-3+transfer))
	assert.Equal(t, 10, readings(0, 1e-3-feed))
	assert.Equal(t, 0, readings(4.6e-3, 0))
	for _, v := range []float64{1e-4, 3e-4, 1e-3, 3e-3} {
		continuous := bias/v + math.Sqrt(2*scanning*threshold/v)
		assert.InDelta(t, continuous, scanning*float64(readings(0, v)), scanning, "%v m/s", v)
	}
}

// TestSwatFindsRamps: the level that a controller is told parts from its flows. What
// the lie begins with is the reading before it, with its noise.
func TestSwatFindsRamps(t *testing.T) {
	for _, c := range []struct {
		name, plc, tank, quantity string
		v                         float64
		found, stays              float64
	}{
		{"attack-03-checked", "plc1", "t101", "p101.running", 1e-3 + transfer, 1.2, 0.65 - 61.601*transfer},
		{"attack-16-checked", "plc3", "t301", "p301.running", -1e-3 + feed, 5.2, 0.9 - 65.601*feed},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := swat(t, c.name)
			before := vtime.Time(vtime.FromSeconds(59.9))
			off := r.signal(c.plc+".level").At(before) - r.signal(c.plc+".expected").At(vtime.Time(vtime.FromSeconds(60)))
			at, by := detected(t, r, "lie")
			assert.Equal(t, c.plc+".balance", by)
			assert.InDelta(t, c.found, at-60-onTheWay, 1e-9)
			assert.InDelta(t, scanning*float64(readings(off, c.v)), at-60-onTheWay, 1e-9, "%v m off", off)
			first, times := reacted(t, r, c.plc, "balance")
			assert.InDelta(t, at, first, 0)
			assert.Equal(t, uint64(1), times, "it stays tripped")
			assert.InDelta(t, c.stays, level(r, c.tank, 420), exact, "with the next scan all stands")
			assert.InDelta(t, at+scanning, changes(r, c.quantity, 0)[0], 1e-9)
		})
	}
}

// TestSwatFindsRampsWithoutNoise as the formula says, but for what is not known of flows
// yet, for which a reading more or less is allowed.
func TestSwatFindsRampsWithoutNoise(t *testing.T) {
	const lie = `    %s
timeline:
  - {at: 1m, name: lie, attack: spoof, from: laptop, signal: %s.level, rate: %s mm/s}
`
	for _, c := range []struct {
		start, gauge, rate string
		v                  float64
	}{
		{"mv201: {starts_open: true}", "lit101", "1", 1e-3 + transfer},
		{"mv201: {starts_open: true}", "lit101", "0.25", 0.25e-3 + transfer},
		{"mv201: {starts_open: false}", "lit301", "-1", 1e-3 - feed},
		{"mv201: {starts_open: false}", "lit301", "-3", 3e-3 - feed},
	} {
		text := strings.Replace(quiet, "system.yaml", "checks.yaml", 1)
		s, err := Parse("quiet.yaml", fmt.Appendf([]byte(strings.Replace(text, "4h", "2m", 1)), lie, c.start, c.gauge, c.rate))
		require.NoError(t, err)
		at, _ := detected(t, swatPlanAnyway(t, s), "lie")
		assert.InDelta(t, scanning*float64(readings(0, c.v)), at-60-onTheWay, scanning+1e-9, "%s %s mm/s", c.gauge, c.rate)
	}
}

// swatPlanAnyway is swatPlan where what is violated does not matter.
func swatPlanAnyway(t *testing.T, s *Scenario) *swatRun {
	t.Helper()
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	return &swatRun{Result: r, t: t}
}

// TestSwatRefuses: writes are refused by name and by key, silence is heard, and a
// jump is found by its first reading.
func TestSwatRefuses(t *testing.T) {
	for _, c := range []struct {
		name, step, by string
		at             float64
	}{
		{"attack-01-checked", "open", "mv101.who-may", 60 + onTheWay},
		{"attack-01-checked", "pose", "mv101.signed", 120 + onTheWay},
		{"attack-01-checked", "silence", "mv101.heard", 58.8 + onTheWay + 2},
		{"attack-26-checked", "run", "p101.who-may", 60 + onTheWay},
		{"attack-26-checked", "lie", "plc3.balance", 60 + onTheWay},
		{"attack-30-checked", "limit", "plc1.who-may", 50.002},
		{"attack-30-checked", "tag", "plc1.who-may", 52.002},
		{"attack-30-checked", "run", "p101.who-may", 60 + onTheWay},
		{"attack-30-checked", "open", "mv101.who-may", 60 + onTheWay},
		{"attack-30-checked", "lie", "plc1.balance", 60 + onTheWay},
	} {
		t.Run(c.name+"/"+c.step, func(t *testing.T) {
			t.Parallel()
			at, by := detected(t, swat(t, c.name), c.step)
			assert.Equal(t, c.by, by)
			assert.InDelta(t, c.at, at, 1e-8)
		})
	}
}

// TestSwatCheckedStaysSafe: what the attacks want does not come about.
func TestSwatCheckedStaysSafe(t *testing.T) {
	trials.Long(t)
	r := swat(t, "attack-01-checked")
	assert.InDelta(t, 0.8, r.signal("t101.level").Max(), exact)
	assert.InDelta(t, 0.0, r.signal("mv101.position").Max(), 0)
	r = swat(t, "attack-26-checked")
	// P301 stops with the next scan; MV201 shuts one scan later and P102 two.
	assert.InDelta(t, 0.9+60.401*(transfer-feed)+(0.8-0.4*0.02)*transfer, level(r, "t301", 1800), exact)
	r = swat(t, "attack-30-checked")
	assert.InDelta(t, 0.52, level(r, "t101", 1440), exact)
	assert.InDelta(t, 0.85-1440*feed, level(r, "t301", 1440), exact, "the price")
}

// TestSwatChecksRaiseNoFalseAlarm in normal operation, where they prove every command.
func TestSwatChecksRaiseNoFalseAlarm(t *testing.T) {
	r := swat(t, "normal-checked")
	require.Len(t, r.Checks, 57)
	for _, c := range r.Checks {
		assert.Zero(t, c.Reacted, "%s of %s", c.Check, c.Device)
	}
	assert.Equal(t, sim.Accounts{Commands: 150000, Answered: 150000}, r.Accounts, "ten actuators, 2.5 a second")
}

// TestSwatBiasIsByRule: without noise a level is off what is expected by no more than
// what flows do before they are known, in normal operation.
func TestSwatBiasIsByRule(t *testing.T) {
	trials.Long(t)
	s, err := Parse("quiet.yaml", []byte(strings.Replace(quiet, "system.yaml", "checks.yaml", 1)))
	require.NoError(t, err)
	r := swatPlan(t, s)
	for _, c := range []struct {
		plc  string
		most float64
	}{
		{"plc1", scanning * (2*transfer + inlet)}, {"plc3", scanning * (2*transfer + feed)},
	} {
		told, expected, worst := r.signal(c.plc+".level"), r.signal(c.plc+".expected"), 0.0
		for k := range 4 * 9000 {
			at := vtime.Time(vtime.FromSeconds(float64(k)*scanning + 2*onTheWay))
			worst = max(worst, math.Abs(told.At(at)-expected.At(at)))
		}
		assert.LessOrEqual(t, worst, c.most+0.05e-3, "%s; the gauge resolves 0.1 mm", c.plc)
		assert.Greater(t, worst, c.most/2, "%s: the rule is not idle", c.plc)
		assert.Less(t, c.most+2*0.5e-3, bias, "2 sigma besides")
	}
}

// TestSwatThresholdIsByRule solves for Lundberg's exponent of |n| - 2 sigma, n normal:
// E exp(q |n|) = 2 exp(q^2 sigma^2 / 2) Phi(q sigma).
func TestSwatThresholdIsByRule(t *testing.T) {
	const sigma = 0.5 // mm
	excess := func(q float64) float64 {
		return math.Log(2) + q*q*sigma*sigma/2 + math.Log(0.5*math.Erfc(-q*sigma/math.Sqrt2)) - 2*sigma*q
	}
	low, high := 1.0, 20.0
	require.Negative(t, excess(low))
	require.Positive(t, excess(high))
	for range 60 {
		if mid := (low + high) / 2; excess(mid) < 0 {
			low = mid
		} else {
			high = mid
		}
	}
	tenYears := 10 * 365.25 * 86400 / scanning
	assert.InDelta(t, 7.23, low, 0.005)
	assert.InDelta(t, 2.83, math.Log(tenYears)/low, 0.005)
	assert.LessOrEqual(t, math.Log(tenYears)/low, threshold*1e3)
}
