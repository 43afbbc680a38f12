package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/gauge"
	"github.com/harmproof/harmproof/twins/hysteresis"
	"github.com/harmproof/harmproof/twins/pump"
	"github.com/harmproof/harmproof/twins/tank"
)

// The credentials of the guarded tower.
const (
	plcKey uint64 = 1 << iota
	stationPassword
	spareKey
)

// guarded is a water tower whose pump and controller check what they are told and keep
// logs, beside an office from which somebody breaks in.
func guarded(t *testing.T) *sim.System {
	s := sim.NewSystem()
	s.Topology = network.Topology{
		Zones: []network.Zone{
			{Link: network.Link{Name: "field", Latency: vtime.Millisecond}, Devices: []string{"gauge", "pump", "tower"}, Level: "0"},
			{Link: network.Link{Name: "control", Latency: vtime.Millisecond}, Devices: []string{"plc", "station"}, Level: "2", Target: 2},
			{Link: network.Link{Name: "office", Latency: vtime.Millisecond}, Devices: []string{"laptop", "station"}, Level: "4"},
		},
		Conduits: []network.Conduit{
			{Link: network.Link{Name: "uplink", Latency: 5 * vtime.Millisecond, Bandwidth: 1e5, Queue: 1000}, Joins: []string{"field", "control"}},
			{
				Link: network.Link{Name: "firewall", Latency: vtime.Millisecond}, Joins: []string{"control", "office"}, Filtered: true,
				Rules: []network.Rule{{Deny: true, Objects: []string{"plc.*"}, Text: "deny any"}},
			},
		},
	}
	s.Credentials = []string{"plc-key", "station-password", "spare-key"}
	s.Secrets = []sim.Secret{{}, {Password: true, Default: true, People: []string{"alice"}}}
	s.Doors = []sim.Door{
		{Device: "station", Verb: network.Login, Needs: stationPassword},
		{Device: "station", Weakness: "ms17-010", Verb: network.Write},
	}
	for _, d := range []sim.Device{
		{ID: "tower", Twin: must(tank.New(tank.Spec{Area: 3, Height: 4, Level: 2}))},
		{
			ID: "pump", Owner: "operations", Twin: must(pump.New(pump.Spec{Rate: 0.05, Prime: 0.02})), Guarded: true,
			Speaks: network.Modbus, Log: &logbook.Log{Keep: 1000, Chained: true}, Remote: "station",
		},
		{ID: "gauge", Twin: must(gauge.NewLevel(gauge.LevelSpec{Every: 200 * vtime.Millisecond, High: 100})), Speaks: network.Modbus},
		{
			ID: "plc", Owner: "operations", Twin: must(hysteresis.New(hysteresis.Spec{Low: 1.5, High: 3.5})), Guarded: true,
			Holds: plcKey, Log: &logbook.Log{Keep: 50},
		},
		{ID: "station", Twin: must(hysteresis.New(hysteresis.Spec{Low: 1, High: 2})), Holds: plcKey, Log: &logbook.Log{Keep: 1000}},
		{ID: "laptop", Twin: must(hysteresis.New(hysteresis.Spec{Low: 1, High: 2})), Holds: stationPassword},
	} {
		require.NoError(t, s.Add(d))
	}
	s.Layout()
	return s
}

// wire wires the tower, and guards it.
func wire(t *testing.T, s *sim.System) {
	for _, w := range [][4]string{
		{"tower", "inflow", "pump", "flow"}, {"pump", "run", "plc", "command"}, {"gauge", "of", "tower", "level"},
		{"plc", "reads", "gauge", "level"}, {"station", "reads", "gauge", "level"}, {"laptop", "reads", "gauge", "level"},
	} {
		if w[0] != "laptop" { // which no rule lets hear anything
			require.NoError(t, s.Wire(w[0], w[1], sim.Source{Device: w[2], Signal: w[3], Member: -1}))
		}
	}
	for _, u := range [][2]string{{"tower", "outflow"}, {"pump", "suction"}, {"pump", "inhibit"}} {
		require.NoError(t, s.Unwired(u[0], u[1]))
	}
	writes := uint32(1<<network.Write | 1<<network.Configure | 1<<network.Wipe)
	g := s.NewGuard("pump")
	g.Rules = []check.Rule{
		{Name: "authenticate", Owner: "operations", Text: "authenticate: plc-key", Check: check.Authenticate{Credentials: plcKey}, Verbs: writes},
		{Name: "authorise", Owner: "operations", Text: "authorise: ", Check: check.Authorise{Grants: []check.Grant{{Claimed: []int32{int32(s.Rank("plc"))}}}}, Verbs: writes},
	}
	s.Guard(g)
	g = s.NewGuard("plc")
	g.Rules = []check.Rule{
		{Name: "range", Text: "range: 1.2 m, 4 m", Check: check.Range{Low: 1.2, High: 4}, Objects: []int32{0}, Reaction: check.Alarm},
		{Name: "mass-balance", Text: "change: 20 mm/s", Owner: "instrumentation", Check: check.Change{Limit: 0.02}, Objects: []int32{0}, Reaction: check.Hold},
		{Name: "calm", Text: "rate-limit: 10", Check: check.RateLimit{Every: vtime.Second / 10, Burst: 10}, Verbs: 1 << network.Scan},
	}
	s.Guard(g)
}

// breakIn is what the attacker does.
func breakIn(s *sim.System, told int) (steps []sim.Step) {
	rank := func(id string) int32 { return int32(s.Rank(id)) }
	s.Intruders = []inject.Intruder{{Name: "intruder", At: []int32{rank("laptop")}, Holds: spareKey}}
	add := func(at vtime.Duration, name, what, from, to, summary string, f inject.Footing, send *sim.Send) *sim.Step {
		f.At, f.Target = rank(from), rank(to)
		step := sim.Step{Step: inject.Step{
			Name: name, Kind: inject.Attack, What: what, Target: to, Summary: summary, Start: inject.At, Time: vtime.Time(at * vtime.Second), Footing: &f,
		}}
		if send != nil {
			send.From, send.To, send.Member = from, to, -1
			step.Sends = []sim.Send{*send}
		}
		steps = append(steps, step)
		return &steps[len(steps)-1]
	}
	find := func(at vtime.Duration, name, from, to string) {
		f := add(at, name, "scan", from, to, "scan "+to, inject.Footing{}, &sim.Send{Verb: network.Scan, Gains: inject.Gains{Device: rank(to), Known: true}})
		f.Footing.Target = -1
	}
	find(5, "find-station", "laptop", "station")
	add(10, "log-in", "login", "laptop", "station", "log in at station", inject.Footing{Wants: stationPassword},
		&sim.Send{Verb: network.Login, Gains: inject.Gains{Device: rank("station"), Session: true}})
	add(15, "onto-station", "pivot", "laptop", "station", "go on from station", inject.Footing{Session: true},
		&sim.Send{Verb: network.Login, Gains: inject.Gains{Device: rank("station"), Foothold: true}})
	find(20, "find-plc", "station", "plc")
	find(21, "find-pump", "station", "pump")
	run := sim.Send{Verb: network.Write, Signals: []string{"run"}, Values: []float64{1}, Period: vtime.Second}
	as := run
	add(30, "command", "command", "station", "pump", "pump.run commanded true from station", inject.Footing{}, &run).For = 10 * vtime.Second
	as.Claims = "plc"
	add(50, "as-plc", "command", "station", "pump", "pump.run commanded true from station", inject.Footing{}, &as).For = 10 * vtime.Second
	add(65, "set", "modify", "laptop", "plc", "plc.low set to 3 m", inject.Footing{}, &sim.Send{Verb: network.Configure, Signals: []string{"low"}, Values: []float64{3}})
	add(70, "flood", "flood", "station", "pump", "flood pump", inject.Footing{}, &sim.Send{Verb: network.Write, Period: vtime.Millisecond, Flood: true}).For = vtime.Second
	add(80, "wipe", "wipe", "station", "plc", "wipe the log of plc", inject.Footing{}, &sim.Send{Verb: network.Wipe, Deed: inject.WipeDeed})
	return append(steps, sim.Step{Step: inject.Step{
		Name: "A1", Kind: inject.Attack, What: "spoof", Target: "gauge.level", Summary: "gauge.level told as 1 m", Assumed: true,
		Start: inject.At, Time: vtime.Time(90 * vtime.Second), For: 10 * vtime.Second,
		Ops: []inject.Op{{Kind: inject.LayerOp, Point: told, Layer: signal.Layer{Op: signal.Const, A: 1}}},
	}})
}

// guardedPlan puts it all together.
func guardedPlan(t *testing.T) *sim.Plan {
	s := guarded(t)
	told := s.ReportPoints("gauge", "level")[0]
	wire(t, s)
	steps := breakIn(s, told)
	sym, _ := s.Lookup("tower", "level")
	level := sym.Cell.Slot
	p, err := s.Plan(sim.Scenario{Name: "guarded", About: "Somebody breaks in.", File: "guarded.yaml", Run: vtime.Time(2 * vtime.Minute), Seed: 1},
		[]sim.Invariant{{
			Name: "no-overflow", Text: "tower.level < tower.height", Formula: formula.New(formula.Always, formula.Of(0)),
			Atoms: []*signal.Condition{not(above(level, 4))},
		}}, steps, []sim.Column{{Title: "tower.level", Expression: signal.Expression{
			Text: "tower.level", Type: signal.Number, Unit: unit.Metre, Eval: func(v []float64, _ int) float64 { return v[level] },
			Reads: []signal.Read{{Slot: level, Count: 1}}, Continuous: true,
		}}})
	require.NoError(t, err)
	return p
}

func TestGuarded(t *testing.T) {
	r, err := sim.Run(context.Background(), guardedPlan(t))
	require.NoError(t, err)
	golden(t, "guarded.txt", r, text(t, r, report.Options{}))
	coloured := string(text(t, r, report.Options{Colour: true}))
	assert.Equal(t, string(text(t, r, report.Options{})), regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(coloured, ""))
	for width := 40; width < 200; width += 20 {
		text(t, r, report.Options{Width: width, All: true})
	}
	line, err := report.JSON(r, r.Plan.File)
	require.NoError(t, err)
	var data struct {
		Decisions []map[string]any `json:"decisions"`
	}
	require.NoError(t, json.Unmarshal(line, &data))
	assert.Len(t, data.Decisions, len(r.Decisions))
	r.Decisions = r.Decisions[:4]
	line, err = report.JSON(r, r.Plan.File)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, json.Indent(&b, line, "", "  "))
	golden(t, "guarded.json", r, b.Bytes())
}

// What a run that was taken up again tells is what the run tells that was not broken
// off.
func TestGuardedResumed(t *testing.T) {
	p := guardedPlan(t)
	whole, err := sim.Run(context.Background(), p)
	require.NoError(t, err)
	for _, at := range []vtime.Duration{12, 52, 71, 95} {
		var kept []byte
		_, err = sim.Run(context.Background(), p, sim.Until(vtime.Time(at*vtime.Second)), sim.Keep(func(data []byte) error {
			kept = data
			return nil
		}))
		require.NoError(t, err)
		again, err := sim.Run(context.Background(), p, sim.From(kept))
		require.NoError(t, err)
		again.Resumed = 0
		assert.Equal(t, string(text(t, whole, report.Options{All: true})), string(text(t, again, report.Options{All: true})))
	}
}

func TestSurface(t *testing.T) {
	for name, p := range map[string]*sim.Plan{"guarded": guardedPlan(t), "spoofed": spoofed().plan(t)} {
		var b bytes.Buffer
		require.NoError(t, report.Surface(&b, p, report.Options{}))
		golden(t, name+".surface.txt", nil, b.Bytes())
		for line := range strings.Lines(b.String()) {
			assert.LessOrEqual(t, utf8.RuneCountInString(line), 81, line)
		}
		line, err := report.SurfaceJSON(p, p.File)
		require.NoError(t, err)
		b.Reset()
		require.NoError(t, json.Indent(&b, line, "", "  "))
		golden(t, name+".surface.json", nil, b.Bytes())
	}
}
