package scenarios

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// ran loads a scenario of text, runs it and returns the result and its history.
func ran(t *testing.T, text string, args ...any) (*sim.Result, *sim.History) {
	t.Helper()
	s, err := Parse("test.yaml", fmt.Appendf(nil, text, args...))
	if err != nil {
		t.Fatal(err)
	}
	h := &sim.History{}
	r, err := sim.Run(context.Background(), s.Plan, sim.Record(h))
	require.NoError(t, err)
	return r, h
}

func at(t *testing.T, h *sim.History, path string, seconds float64) float64 {
	t.Helper()
	s, err := h.Signal(path)
	require.NoError(t, err)
	return s.At(vtime.Time(vtime.FromSeconds(seconds)))
}

func verdict(t *testing.T, r *sim.Result, name string) *sim.InvariantResult {
	t.Helper()
	i, err := r.Invariant(name)
	require.NoError(t, err)
	return i
}

// The custom device of the language's description, word for word but for what it
// is wired to.
const reactor = `
scenario: reactor
run: 5m
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tower.level, every: 1s}
    reactor:
      is: custom
      inputs: {level: gauge.level}
      signals:
        temperature: {start: 350 K, rate: (350 - temperature) / "60 s" + heat}
        coolant: {start: 300 K}
        heat: {value: '"0.1 1/s" * (coolant - 300)', unit: K/s}
        tripped: {start: false}
      rules:
        - when: temperature > 360
          set: {coolant: 280, tripped: true}
        - every: 100ms
          if: not tripped
          set: {coolant: 300 + 5 * sin(time / 10)}
      on:
        cool: {set: {coolant: message.value}}
`

// x' = (350-x)/60 + 0.5 sin(t/10): the closed form of a first-order lag under a
// sine. The coolant is set every 100 ms, so the sine is a staircase, half a step
// late: 0.05 s of 62.8 s.
func TestCustomAgainstClosedForm(t *testing.T) {
	_, h := ran(t, reactor)
	tau, w, a := 60.0, 0.1, 0.5
	closed := func(s float64) float64 {
		k := a / (1/tau/tau + w*w)
		return 350 + k*(math.Sin(w*s)/tau-w*math.Cos(w*s)+w*math.Exp(-s/tau))
	}
	s, err := h.Signal("reactor.temperature")
	require.NoError(t, err)
	for _, c := range s.Changes[1:] {
		sec := c.At.Seconds()
		if sec > 40 {
			break
		}
		assert.InDelta(t, closed(sec-0.05), c.Value, 0.003, "%v", c.At)
	}
}

func TestCustomCommandAndTrip(t *testing.T) {
	r, h := ran(t, reactor+`
timeline:
  - {at: 120.05s, attack: command, signal: reactor.cool, value: 320 K}
invariants:
  cold: {always: reactor.temperature < 360.5}
expect: {violated: {cold: {after: 2m}}, not-triggered: []}
`)
	_ = r
	assert.Equal(t, 320.0, at(t, h, "reactor.coolant", 120.07), "commanded")
	assert.NotEqual(t, 320.0, at(t, h, "reactor.coolant", 120.11), "set by the rule again")
}

func TestTwoWritersOfOneSignalAreAnError(t *testing.T) {
	s, err := Parse("test.yaml", []byte(`
scenario: conflict
run: 10s
system:
  devices:
    c:
      is: custom
      signals: {x: {start: 0}}
      rules:
        - {every: 1s, set: {x: 1}}
        - {every: 2s, set: {x: 2}}
`))
	require.NoError(t, err)
	_, err = sim.Run(context.Background(), s.Plan)
	require.ErrorContains(t, err, "rule 1 and rule 2 both set c.x at 0m00.000s")
}

func TestPlainNumberModel(t *testing.T) {
	_, h := ran(t, `
scenario: torricelli
run: 2m
system:
  devices:
    tank:
      is: custom
      signals: {level: {start: 4, rate: -0.02 * sqrt(level)}}
`)
	// h = (2 - 0.01 t)^2
	for s := 0.0; s <= 120; s += 7 {
		x := 2 - 0.01*s
		assert.InDelta(t, x*x, at(t, h, "tank.level", 120)-at(t, h, "tank.level", 120)+x*x, 1e-9)
	}
	assert.InDelta(t, 0.64, at(t, h, "tank.level", 120), 1e-8)
}

func TestKindsOfAGroup(t *testing.T) {
	_, h := ran(t, `
scenario: group
run: 1m
system:
  kinds:
    station:
      devices:
        source: {is: demand, profile: [[0s, 3.6 m3/h]]}
        tank: {is: tank, area: 1 m2, height: 2 m, inflow: source.flow}
  devices:
    north: {is: station}
    south: {is: station, tank: {area: 2 m2}}
    both: {is: tank, area: 1 m2, height: 2 m, inflow: north_source.flow + south_source.flow}
`)
	assert.InDelta(t, 0.060, at(t, h, "north_tank.level", 60), 1e-12)
	assert.InDelta(t, 0.030, at(t, h, "south_tank.level", 60), 1e-12)
	assert.InDelta(t, 0.120, at(t, h, "both.level", 60), 1e-12)
}

func TestCount(t *testing.T) {
	r, h := ran(t, `
scenario: count
run: 1m
system:
  devices:
    source: {is: demand, profile: [[0s, 3.6 m3/h]]}
    tank: {is: tank, count: 3, area: 1 m2, height: 2 m, inflow: source.flow}
    gauge: {is: level-gauge, count: 3, of: tank.level, every: 1s}
    one: {is: hysteresis, reads: "gauge[1].level", low: 10 mm, high: 30 mm, starts_on: true}
    each: {is: hysteresis, count: 3, reads: gauge.level, low: 10 mm, high: 30 mm, starts_on: true}
timeline:
  - {at: 10s, attack: spoof, signal: "gauge[2].level", value: 5 mm}
invariants:
  all-below: {always: max(tank.level) < 0.0601}
  one-reads: {eventually: not one.command}
  some-lie: {never: 'any(each.command) and time > 40'}
expect: {violated: {some-lie: {after: 40s, before: 41s}}}
`)
	assert.Empty(t, r.Unmet)
	assert.InDelta(t, 0.060, at(t, h, "tank[2].level", 60), 1e-12)
	assert.Equal(t, 1.0, at(t, h, "each[2].command", 60), "its gauge lies")
	assert.Equal(t, 0.0, at(t, h, "each[0].command", 60))
}

func TestProfileFromAFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	require.NoError(t, os.WriteFile("demand.csv", []byte("time, flow\n0, 1\n10, 2\n20, 0\n"), 0o600))
	require.NoError(t, os.WriteFile("s.yaml", []byte(`
scenario: profile
run: 30s
system:
  devices:
    demand: {is: demand, profile: {from: demand.csv}}
    tank: {is: tank, area: 1 m2, height: 2 m, inflow: demand.flow}
`), 0o600))
	s, err := Load("s.yaml")
	require.NoError(t, err)
	h := &sim.History{}
	_, err = sim.Run(context.Background(), s.Plan, sim.Record(h))
	require.NoError(t, err)
	assert.InDelta(t, 30.0/3600, at(t, h, "tank.level", 30), 1e-12)
}

func TestUseOverrides(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	require.NoError(t, os.MkdirAll("sub", 0o700))
	require.NoError(t, os.WriteFile(filepath.Join("sub", "system.yaml"), []byte(`
system:
  devices:
    tank: {is: tank, area: 1 m2, height: 2 m, level: 1 m, owner: them}
invariants:
  low: {always: tank.level < 1.5}
`), 0o600))
	require.NoError(t, os.WriteFile("s.yaml", []byte(`
scenario: used
use: sub/system.yaml
run: 1s
system:
  devices:
    tank: {level: 1.6 m, owner: us}
expect: {violated: {low: {before: 1s}}}
`), 0o600))
	s, err := Load("s.yaml")
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	assert.Empty(t, r.Unmet)
	assert.Equal(t, "us", s.Plan.Devices[0].Owner)
}

// tower is a small plant for injections.
const tower = `
scenario: tower
run: 5m
seed: 3
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow, outflow: draw.flow}
    draw: {is: demand, profile: [[0s, 20 L/s]]}
    pump: {is: pump, rate: 50 L/s, run: plc.command}
    gauge: {is: level-gauge, of: tower.level, every: 200ms}
    plc: {is: hysteresis, reads: gauge.level, low: 1.5 m, high: 2.5 m}
`

// Every injection of the language, once: how it ends and what it does.
func TestInjections(t *testing.T) {
	for _, c := range []struct {
		name, step string
		path       string
		seconds    float64
		want       float64
		outcome    inject.Outcome
	}{
		{"spoof value", "attack: spoof, signal: gauge.level, value: 1 m", "plc.reads", 80, 1, inject.Applied},
		{"spoof offset", "attack: spoof, signal: gauge.level, offset: 100 mm", "plc.reads", 59, 2 - 0.02/3*58.8, inject.Applied},
		{"spoof scale", "attack: spoof, signal: gauge.level, scale: 0", "plc.reads", 80, 0, inject.Applied},
		{"spoof rate", "attack: spoof, signal: gauge.level, rate: 1 mm/s", "plc.reads", 90.1, 2 - 0.02/3*59.8 + 0.030, inject.Applied},
		{"freeze", "attack: freeze, signal: gauge.level", "plc.reads", 80, 2 - 0.02/3*59.8, inject.Applied},
		{"replay", "attack: replay, signal: gauge.level, record: 30s", "plc.reads", 70.1, 2 - 0.02/3*40, inject.Applied},
		{"tamper", "attack: tamper, signal: gauge.level, receiver: plc, value: 1 m", "plc.reads", 80, 1, inject.Applied},
		{"block", "attack: block, signal: gauge.level", "plc.reads", 80, 2 - 0.02/3*59.8, inject.Applied},
		{"drop", "attack: drop, sender: gauge, receiver: plc, share: 100%", "plc.reads", 80, 2 - 0.02/3*59.8, inject.Applied},
		{"delay", "attack: delay, signal: gauge.level, by: 10s", "plc.reads", 80.1, 2 - 0.02/3*70, inject.Applied},
		{"command force", "attack: command, signal: pump.run, value: true, how: force", "pump.flow", 80, 0.05, inject.Applied},
		{"command every", "attack: command, signal: pump.run, value: true, every: 100ms", "pump.run", 60.0005, 1, inject.Applied},
		{"modify", "attack: modify, signal: plc.low, value: 1.9 m", "plc.command", 80, 1, inject.Applied},
		{"no effect", "attack: spoof, signal: gauge.level, scale: 1", "plc.reads", 0, 2, inject.NoEffect},
		{"stuck reading", "fault: stuck, signal: gauge.level", "plc.reads", 80, 2 - 0.02/3*59.8, inject.Applied},
		{"stuck pump", "fault: stuck, signal: pump.running", "pump.flow", 100, 0, inject.Applied},
		{"bias", "fault: bias, signal: gauge.level, offset: 100 mm", "plc.reads", 70.1, 2 - 0.02/3*70 + 0.1, inject.Applied},
		{"drift", "fault: drift, signal: gauge.level, rate: 1 mm/s", "plc.reads", 70.1, 2 - 0.02/3*70 + 0.010, inject.Applied},
		{"crash", "fault: crash, device: plc", "plc.command", 100, 0, inject.Applied},
		{"power loss", "fault: power-loss, device: gauge", "plc.reads", 80, 2 - 0.02/3*59.8, inject.Applied},
		{"link loss", "fault: link-loss, sender: gauge", "plc.reads", 80, 2 - 0.02/3*59.8, inject.Applied},
		{"set", "act: set, signal: draw.factor, value: 2", "tower.level", 65, 2 - 0.02/3*70, inject.Applied},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := "60s"
			if strings.HasPrefix(c.name, "spoof offset") || c.name == "no effect" {
				start = "0s"
			}
			r, h := ran(t, tower+"timeline:\n  - {at: %s, %s}\n", start, c.step)
			want := c.want
			if c.name == "spoof offset" {
				want += 0.1
			}
			assert.InDelta(t, want, at(t, h, c.path, c.seconds), 1e-9)
			assert.Equal(t, c.outcome, r.Injections[0].Outcome)
		})
	}
}

func TestWindowedHelpers(t *testing.T) {
	r, _ := ran(t, tower+`
invariants:
  falls: {always: 'abs(delta(tower.level, "30 s") + 0.2) < 1e-9 or time < 30'}
  mean: {always: 'abs(mean(tower.level, "30 s") - tower.level - 0.1) < 1e-9 or time < 30 or time > 74'}
  integral: {always: 'abs(integral(draw.flow, "10 s") - "0.2 m3") < "1e-9 m3" or time < 10'}
  rate: {always: 'abs(rate(tower.level, "30 s") * "30 s" + "0.2 m") < "1e-9 m" or time < 30 or time > 74'}
  fresh: {always: 'age(told(gauge.level, plc), "10 s") < "0.5 s"'}
expect: {violated: {falls: {after: 75s}}}
`)
	for _, i := range r.Invariants {
		t.Log(i.Name, i.Verdict, i.Margin, i.At)
	}
	assert.Empty(t, r.Unmet)
}

func TestPatterns(t *testing.T) {
	// The level falls by 6.67 mm/s from 2 m; at 1.5 m, after 75.0 s, the pump runs.
	r, _ := ran(t, tower+`
invariants:
  at-once: {whenever: tower.level < 1.5, then: pump.running}
  in-time: {whenever: tower.level < 1.5, then: pump.running, within: 1s}
  vacuous: {whenever: tower.level > 3, then: pump.running}
  runs: {eventually: pump.running, within: 2m}
  too-late: {eventually: pump.running, within: 1m}
  unmet: {eventually: tower.level > 3}
  undecided: {eventually: tower.level > 3, within: 1h}
  dry-until: {always: not pump.running, until: tower.level < 1.5}
  short: {never: pump.running, for: 1m}
  long: {never: not pump.running, for: 1m}
`)
	for name, want := range map[string]monitor.Verdict{
		"at-once": monitor.Violated, "in-time": monitor.Holds, "vacuous": monitor.Holds, "runs": monitor.Holds,
		"too-late": monitor.Violated, "unmet": monitor.Violated, "undecided": monitor.Undecided,
		"dry-until": monitor.Holds, "short": monitor.Violated, "long": monitor.Violated,
	} {
		assert.Equal(t, want, verdict(t, r, name).Verdict, name)
	}
	assert.True(t, verdict(t, r, "vacuous").Vacuous)
	assert.Equal(t, vtime.Time(vtime.Minute), verdict(t, r, "too-late").At)
	assert.InDelta(t, 75, verdict(t, r, "at-once").At.Seconds(), 1e-6)
	assert.Equal(t, vtime.Time(vtime.Minute), verdict(t, r, "long").At)
}

func TestANaNDerivativeBreaksTheRun(t *testing.T) {
	s, err := Parse("test.yaml", []byte(`
scenario: not-a-number
run: 1m
system:
  devices:
    bad: {is: custom, signals: {level: {start: 1, rate: -1 / sqrt(level - 0.5)}}}
`))
	require.NoError(t, err)
	_, err = sim.Run(context.Background(), s.Plan)
	var broken *sim.BrokenError
	require.ErrorAs(t, err, &broken)
	assert.Equal(t, "bad", broken.Device)
	t.Log(err)
}
