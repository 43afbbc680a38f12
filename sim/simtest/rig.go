package simtest

import (
	"context"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// How often a feeder chooses anew what is physical, and what it tells.
const (
	physical = 1300 * vtime.Millisecond
	telling  = 700 * vtime.Millisecond
)

// A feeder feeds the inputs of a device: physical numbers go in ramps from one
// value to the next, other physical signals in steps, information by messages.
// Member m of a feeder feeds what a single one with the pattern m would.
type feeder struct {
	suite   *suite
	pattern int
	ramps   []feed
	steps   []feed
	tells   []feed
}

// A feed is an input, the signal that feeds it, and the rate of a ramp.
type feed struct {
	input      *device.Signal
	cell, rate *device.Cell
}

// Declare implements device.Device.
func (f *feeder) Declare(p *device.Ports) {
	for i := range f.suite.decl.Signals {
		in := &f.suite.decl.Signals[i]
		if !in.Role.Listens() {
			continue
		}
		out := device.Signal{Name: in.Name, Type: in.Type, Unit: in.Unit, Labels: in.Labels, Start: f.value(in, 0, 0)}
		switch {
		case in.Role == device.RoleTold:
			out.Role = device.RoleReport
			f.tells = append(f.tells, feed{input: in, cell: p.Add(out)})
		case in.Type != signal.Number:
			out.Role = device.RoleState
			f.steps = append(f.steps, feed{input: in, cell: p.Add(out)})
		default:
			rate := p.Add(device.Signal{Name: in.Name + "_rate", Role: device.RoleState})
			out.Role, out.Reads = device.RoleContinuous, []*device.Cell{rate}
			out.Eval = func(fr *signal.Frame) float64 { return fr.V[rate.At(fr.M)] }
			f.ramps = append(f.ramps, feed{in, p.Add(out), rate})
		}
	}
	p.Every("move", physical, f.move)
	p.Every("tell", telling, f.tell)
}

// value is what an input is fed with at the n-th time.
func (f *feeder) value(in *device.Signal, n uint64, member int) float64 {
	u := rng.New(7, in.Name, "feeder").Member(f.pattern + member).Float64(n)
	if n == 0 {
		u = 0.25 // all members start alike
	}
	return draw(in, f.suite.ranges[in.Name], u)
}

func (f *feeder) move(c *device.Context) {
	n := uint64(c.Now()/vtime.Time(physical)) + 1
	for _, r := range f.ramps {
		now := c.Column().V[r.cell.At(c.Member())]
		c.Set(r.rate, (f.value(r.input, n, c.Member())-now)/vtime.Seconds(physical))
	}
	for _, s := range f.steps {
		c.Set(s.cell, f.value(s.input, n, c.Member()))
	}
}

func (f *feeder) tell(c *device.Context) {
	n := uint64(c.Now()/vtime.Time(telling)) + 1
	for _, s := range f.tells {
		c.Set(s.cell, f.value(s.input, n, c.Member()))
		c.Tell(s.cell)
	}
}

// An ear hears all reports of a device.
type ear struct{ suite *suite }

// Declare implements device.Device.
func (e *ear) Declare(p *device.Ports) {
	for _, sig := range e.suite.signals(device.RoleReport) {
		p.Add(device.Signal{Name: sig.Name, Role: device.RoleTold, Type: sig.Type, Unit: sig.Unit, Labels: sig.Labels})
	}
}

// signals lists the device's signals of some roles.
func (s *suite) signals(roles ...device.Role) (list []*device.Signal) {
	for i := range s.decl.Signals {
		sig := &s.decl.Signals[i]
		for _, role := range roles {
			if sig.Role == role && !sig.Internal {
				list = append(list, sig)
			}
		}
	}
	return list
}

// own are the roles of signals that a device makes itself.
var own = []device.Role{device.RoleState, device.RoleContinuous, device.RoleComputed, device.RoleReport, device.RoleTunable}

// A stand is a device in its place: what it is called, how many members it has,
// what it is fed with.
type stand struct {
	id             string
	count, pattern int
}

// A setup is a system being put together.
type setup struct {
	*sim.System
	suite      *suite
	stands     []stand
	invariants []sim.Invariant
	steps      []sim.Step
}

// plan puts a system of stands together; before is called when injections may
// say what they will act on, after when all is wired.
func (s *suite) plan(t testing.TB, stands []stand, before, after func(x *setup)) *sim.Plan {
	t.Helper()
	x := &setup{System: sim.NewSystem(), suite: s, stands: stands}
	check := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	for _, d := range stands {
		check(x.Add(sim.Device{ID: d.id, Count: d.count, Twin: s.device(t)}))
		check(x.Add(sim.Device{ID: d.id + "_feeder", Count: d.count, Twin: &feeder{suite: s, pattern: d.pattern}}))
		check(x.Add(sim.Device{ID: d.id + "_ear", Count: d.count, Twin: &ear{s}}))
	}
	x.Layout()
	if before != nil {
		before(x)
	}
	for _, d := range stands {
		for _, in := range s.signals(device.RoleInput, device.RoleTold) {
			check(x.Wire(d.id, in.Name, sim.Source{Device: d.id + "_feeder", Signal: in.Name, Member: -1}))
		}
		for _, out := range s.signals(device.RoleReport) {
			check(x.Wire(d.id+"_ear", out.Name, sim.Source{Device: d.id, Signal: out.Name, Member: -1}))
		}
	}
	if after != nil {
		after(x)
	}
	plan, err := x.Plan(sim.Scenario{Name: "simtest", Run: s.run, Seed: 11}, x.invariants, x.steps, nil)
	check(err)
	return plan
}

// A record is a run and all that changed in it.
type record struct {
	*sim.Result
	*sim.History
}

func (s *suite) record(t testing.TB, plan *sim.Plan, options ...sim.Option) *record {
	t.Helper()
	h := &sim.History{}
	r, err := sim.Run(context.Background(), plan, append(options, sim.Record(h))...)
	if err != nil {
		t.Fatal(err)
	}
	return &record{r, h}
}

func (r *record) signal(t testing.TB, path string) *sim.Signal {
	t.Helper()
	sig, err := r.History.Signal(path)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// equal checks that the device's own signals changed alike, to the bit, in two
// runs, in which they may have different names.
func (s *suite) equal(t testing.TB, a *record, nameA string, b *record, nameB, because string) {
	t.Helper()
	for _, sig := range s.signals(own...) {
		x, y := a.signal(t, nameA+"."+sig.Name).Changes, b.signal(t, nameB+"."+sig.Name).Changes
		for i := range max(len(x), len(y)) {
			switch {
			case i >= len(x) || i >= len(y):
				t.Errorf("%s.%s changed %d times, but %d times %s", nameA, sig.Name, len(x), len(y), because)
			case x[i].At != y[i].At || !same(x[i].Value, y[i].Value):
				t.Errorf("%s.%s became %v at %v, but %v at %v %s", nameA, sig.Name, x[i].Value, x[i].At, y[i].Value, y[i].At, because)
			default:
				continue
			}
			break
		}
	}
}
