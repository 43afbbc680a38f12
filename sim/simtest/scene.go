package simtest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Scene is a small system put together by hand: to hold a twin against a closed
// form.
type Scene struct {
	Run     vtime.Duration
	Seed    uint64
	Devices map[string]device.Device
	// Wires leads from an input to what it is wired to: "tank.inflow":
	// "pump.flow"; hard-wired with "wired " before it. Inputs that are not named
	// stay unwired.
	Wires map[string]string
	// Every is how far the times are apart at which At knows values exactly, a
	// second where it is not given.
	Every vtime.Duration
	// Below lists levels of signals; Crossed says when one was first reached.
	Below map[string]float64
	// Injections may add steps, when all is wired.
	Injections func(x *sim.System) []sim.Step
}

// A Played is what happened in a Scene.
type Played struct {
	*sim.Result
	*sim.History
	t     testing.TB
	every vtime.Duration
	rows  [][]float64
	index map[string]int
}

// Play runs a scene. What goes wrong fails t.
func (s Scene) Play(t testing.TB) *Played {
	t.Helper()
	plan, err := s.plan()
	if err != nil {
		t.Fatal(err)
	}
	p := &Played{History: &sim.History{}, t: t, every: s.Every, index: map[string]int{}}
	if p.every == 0 {
		p.every = vtime.Second
	}
	infos, err := plan.Select(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, info := range infos {
		p.index[info.Path()] = i
	}
	row := func(at vtime.Time, values []float64) error {
		if at%vtime.Time(p.every) == 0 {
			p.rows = append(p.rows, slices.Clone(values))
		}
		return nil
	}
	p.Result, err = sim.Run(context.Background(), plan, sim.Record(p.History), sim.Sample(p.every, nil, row))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s Scene) plan() (*sim.Plan, error) {
	x := sim.NewSystem()
	names := slices.Sorted(maps.Keys(s.Devices))
	for _, id := range names {
		if err := x.Add(sim.Device{ID: id, Twin: s.Devices[id]}); err != nil {
			return nil, err
		}
	}
	x.Layout()
	for _, id := range names {
		for _, in := range x.Inputs(id) {
			if err := s.wire(x, id, in.Name); err != nil {
				return nil, fmt.Errorf("%s.%s: %w", id, in.Name, err)
			}
		}
	}
	invariants, err := s.levels(x)
	if err != nil {
		return nil, err
	}
	var steps []sim.Step
	if s.Injections != nil {
		steps = s.Injections(x)
	}
	return x.Plan(sim.Scenario{Name: "scene", Run: vtime.Time(s.Run), Seed: s.Seed}, invariants, steps, nil)
}

func (s Scene) wire(x *sim.System, id, input string) error {
	path, ok := s.Wires[id+"."+input]
	if !ok {
		return x.Unwired(id, input)
	}
	path, wired := strings.CutPrefix(path, "wired ")
	from, name, _ := strings.Cut(path, ".")
	if _, ok := x.Lookup(from, name); !ok {
		return fmt.Errorf("there is no signal %s", path)
	}
	return x.Wire(id, input, sim.Source{Device: from, Signal: name, Member: -1, Wired: wired})
}

func (s Scene) levels(x *sim.System) (list []sim.Invariant, err error) {
	for _, path := range slices.Sorted(maps.Keys(s.Below)) {
		id, name, _ := strings.Cut(path, ".")
		sym, ok := x.Lookup(id, name)
		if !ok {
			return nil, fmt.Errorf("there is no signal %s", path)
		}
		slot, level := sym.Cell.Slot, s.Below[path]
		gap := func(v []float64, _ int) float64 { return v[slot] - level }
		reads := []signal.Read{{Slot: slot, Count: 1}}
		list = append(list, sim.Invariant{Name: path, Formula: always(formula.Of(0)), Atoms: []*signal.Condition{{
			Holds:  func(v []float64, m int) bool { return gap(v, m) < 0 },
			Margin: func(v []float64, m int) float64 { return -gap(v, m) },
			Decide: func(v []float64, m int) (float64, int) { return -gap(v, m), 0 },
			Atoms:  []signal.Atom{{Gap: gap, Reads: reads, Continuous: true}}, Reads: reads, Continuous: true,
		}}})
	}
	return list, nil
}

// At returns the value of a signal, in SI, at a multiple of Every.
func (p *Played) At(path string, at vtime.Duration) float64 {
	p.t.Helper()
	i, ok := p.index[path]
	if n := int(at / p.every); ok && at%p.every == 0 && n < len(p.rows) {
		return p.rows[n][i]
	}
	p.t.Fatalf("there is no value of %s at %v", path, at)
	return 0
}

// Changes returns the recorded changes of a signal.
func (p *Played) Changes(path string) []sim.Change {
	p.t.Helper()
	s, err := p.History.Signal(path)
	if err != nil {
		p.t.Fatal(err)
	}
	return s.Changes
}

// Crossed returns when a signal first reached its level of Below, in seconds, or
// -1.
func (p *Played) Crossed(path string) float64 {
	p.t.Helper()
	r, err := p.Result.Invariant(path)
	if err != nil {
		p.t.Fatal(err)
	}
	if r.Count == 0 {
		return -1
	}
	return r.At.Seconds()
}

// A Script is a device whose signals have given values from given times on, of
// which the first is 0. Physical ones are states; those in Tell are reports, told
// at these times.
type Script struct {
	Unit   unit.Unit
	Values map[string][]Point
	Tell   map[string][]Point
}

// A Point is a value, in SI or 0 and 1, from a time on.
type Point struct {
	At    vtime.Duration
	Value float64
}

// Steps returns points in seconds and values, one after the other.
func Steps(pairs ...float64) (list []Point) {
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, Point{vtime.FromSeconds(pairs[i]), pairs[i+1]})
	}
	return list
}

// Declare implements device.Device.
func (s Script) Declare(p *device.Ports) {
	s.declare(p, s.Values, device.RoleState)
	s.declare(p, s.Tell, device.RoleReport)
}

func (s Script) declare(p *device.Ports, values map[string][]Point, role device.Role) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		points := values[name]
		sig := device.Signal{Name: name, Role: role, Unit: s.Unit, Start: points[0].Value}
		if s.Unit.Pure() {
			sig.Type = signal.Bool
		}
		cell := p.Add(sig)
		next := p.Add(device.Signal{Name: name + "_point", Role: device.RoleState, Type: signal.Int, Internal: true})
		var timer *device.Timer
		step := func(c *device.Context) {
			i := int(c.Column().V[next.At(c.Member())])
			if i > 0 || role == device.RoleReport {
				c.Set(cell, points[i].Value)
			}
			if role == device.RoleReport {
				c.Tell(cell)
			}
			if i+1 < len(points) {
				c.Start(timer, points[i+1].At-points[i].At)
				c.Set(next, float64(i+1))
			}
		}
		timer = p.Timer(name, step)
		p.Handle(device.Handler{Name: name + " starts", Kind: device.OnStart, Do: step})
	}
}
