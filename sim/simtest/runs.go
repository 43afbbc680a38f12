package simtest

import (
	"math"
	"slices"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// lone is the device under test by itself.
var lone = []stand{{"m", 1, 0}}

func (s *suite) deterministic(t testing.TB) {
	plan := s.plan(t, lone, nil, nil)
	first := s.record(t, plan)
	s.labelled(t, first)
	if s.record(t, s.plan(t, lone, nil, nil)).Digest != first.Digest {
		t.Error("two systems of the same devices ran differently with one seed")
	}
	if s.record(t, plan).Digest != first.Digest {
		t.Error("one plan ran differently the second time: the device remembers something outside of its signals")
	}
	other := s.record(t, plan, sim.Seed(12))
	switch chance := len(s.decl.Chances) > 0; {
	case !chance && other.Digest != first.Digest:
		t.Error("another seed gives another run, but no chance is declared")
	case chance && !other.Chanced:
		t.Log("chance is declared, but was not drawn: configure the device so that it is")
	}
	for info := range first.Result.Plan.Signals.All() {
		if info.Path() != other.Result.Plan.Signals.At(info.Slot).Path() {
			t.Fatal("another seed gives other signals")
		}
	}
}

// labelled checks that an enumeration never leaves its labels. (What becomes
// infinite or NaN ends the run itself.)
func (s *suite) labelled(t testing.TB, r *record) {
	t.Helper()
	for _, sig := range s.signals(own...) {
		for _, c := range r.signal(t, "m."+sig.Name).Changes {
			if n := len(sig.Labels); n > 0 && (c.Value < 0 || c.Value >= float64(n)) {
				t.Errorf("%s became %v at %v, for which it has no label", sig.Name, c.Value, c.At)
				break
			}
		}
	}
}

func (s *suite) isolated(t testing.TB) {
	alone := s.record(t, s.plan(t, lone, nil, nil))
	for _, beside := range []string{"a", "z"} {
		r := s.record(t, s.plan(t, append(slices.Clone(lone), stand{beside, 1, 5}), nil, nil))
		s.equal(t, alone, "m", r, "m", "with another device of its kind named "+beside)
	}
}

func (s *suite) members(t testing.TB) {
	three := s.record(t, s.plan(t, []stand{{"m", 3, 0}}, nil, nil))
	names := []string{"m[0]", "m[1]", "m[2]"}
	if len(s.decl.Chances) > 0 {
		names = names[:1] // the others have luck of their own
	}
	for i, name := range names {
		one := s.record(t, s.plan(t, []stand{{"m", 1, i}}, nil, nil))
		s.equal(t, one, "m", three, name, "as member "+name)
	}
}

func always(f *formula.Formula) *formula.Formula { return formula.New(formula.Always, f) }

// answered is that whatever is asked is answered within a second, for a second.
var answered = always(formula.New(formula.Implies, formula.Of(0),
	formula.In(formula.Eventually, 0, vtime.Second, formula.In(formula.Always, 0, vtime.Second, formula.Of(0)))))

// observed lets invariants and triggers look at every signal.
func (s *suite) observed(t testing.TB) {
	alone := s.record(t, s.plan(t, lone, nil, nil))
	watched := s.record(t, s.plan(t, lone, nil, func(x *setup) {
		for i, sig := range s.signals(own...) {
			c := x.condition(sig, alone.signal(t, "m."+sig.Name))
			x.invariants = append(x.invariants,
				sim.Invariant{Name: "always " + sig.Name, Formula: always(formula.Of(0)), Atoms: []*signal.Condition{c}},
				sim.Invariant{Name: "whenever " + sig.Name, Formula: answered, Atoms: []*signal.Condition{c}})
			x.steps = append(x.steps, sim.Step{Step: inject.Step{Name: sig.Name, Kind: inject.Act, Start: inject.When, Previous: i}, Condition: c})
		}
	}))
	s.equal(t, alone, "m", watched, "m", "under observation")
}

// condition is that a signal is not below the middle of what it went through.
func (x *setup) condition(sig *device.Signal, was *sim.Signal) *signal.Condition {
	sym, _ := x.Lookup("m", sig.Name)
	slot := sym.Cell.Slot
	level := (was.Min() + was.Max()) / 2
	gap := func(v []float64, _ int) float64 { return v[slot] - level }
	reads := []signal.Read{{Slot: slot, Count: 1}}
	return &signal.Condition{
		Holds: func(v []float64, m int) bool { return gap(v, m) >= 0 }, Margin: gap, Reads: reads,
		Decide: func(v []float64, m int) (float64, int) { return gap(v, m), 0 },
		Atoms:  []signal.Atom{{Gap: gap, Reads: reads, Continuous: true}}, Continuous: true,
	}
}

// The injections of the suite are in force between from and to.
const (
	from = vtime.Time(20 * vtime.Second)
	to   = vtime.Time(25 * vtime.Second)
)

func injection(ops ...inject.Op) sim.Step {
	return sim.Step{Step: inject.Step{
		Name: "F1", Kind: inject.Fault, Start: inject.At, Time: from, For: to.Sub(from), Ops: ops,
	}}
}

// layers puts a layer on inputs and tunables.
func (x *setup) layers(l signal.Layer) {
	var ops []inject.Op
	for _, sig := range x.suite.signals(device.RoleInput, device.RoleTold, device.RoleTunable) {
		sym, _ := x.Lookup("m", sig.Name)
		ops = append(ops, inject.Op{Kind: inject.LayerOp, Point: x.StatePoint(sym.Cell.Slot), Layer: l})
	}
	x.steps = append(x.steps, injection(ops...))
}

func (s *suite) reverted(t testing.TB) {
	force := func(x *setup) {
		for _, in := range s.signals(device.RoleInput) {
			x.Force("m", in.Name)
		}
	}
	alone := s.record(t, s.plan(t, lone, force, nil))
	nothing := s.record(t, s.plan(t, lone, force, func(x *setup) { x.layers(signal.Layer{Op: signal.Add}) }))
	s.equal(t, alone, "m", nothing, "m", "under an injection that changes nothing")

	held := s.record(t, s.plan(t, lone, force, func(x *setup) { x.layers(signal.Layer{Op: signal.Hold}) }))
	for _, sig := range s.signals(device.RoleInput, device.RoleTold, device.RoleTunable) {
		a, b := alone.signal(t, "m."+sig.Name), held.signal(t, "m."+sig.Name)
		const recorded = 2e-8 // two courses, each of them off by 1e-8 of where it began
		scale := max(math.Abs(a.Min()), math.Abs(a.Max()))
		for at := to + 1; at < s.run; at += vtime.Time(100 * vtime.Millisecond) {
			if x, y := a.At(at), b.At(at); math.Abs(x-y) > recorded*scale {
				t.Errorf("%s is %v at %v, but %v where it was held up to %v", sig.Name, x, at, y, to)
				break
			}
		}
	}

	var points []int
	lied := s.record(t, s.plan(t, lone, func(x *setup) {
		force(x)
		for _, sig := range s.signals(device.RoleReport) {
			points = append(points, x.ReportPoints("m", sig.Name)...)
		}
	}, func(x *setup) {
		var ops []inject.Op
		for _, p := range points {
			ops = append(ops, inject.Op{Kind: inject.LayerOp, Point: p, Layer: signal.Layer{Op: signal.Const, A: 1e6}})
		}
		x.steps = append(x.steps, injection(ops...))
	}))
	s.equal(t, alone, "m", lied, "m", "while others were told something else")
}

// down takes the device down for a while.
func (s *suite) down(t testing.TB) {
	r := s.record(t, s.plan(t, lone, nil, func(x *setup) {
		x.steps = append(x.steps, injection(inject.Op{Kind: inject.CrashOp, Unit: x.Rank("m")}))
	}))
	s.labelled(t, r)
	const underWay = vtime.Time(10 * vtime.Millisecond)
	for _, sig := range s.signals(device.RoleReport) {
		for _, c := range r.signal(t, "m_ear."+sig.Name).Changes {
			if c.At > from+underWay && c.At < to {
				t.Errorf("%s was told at %v, while the device was down", sig.Name, c.At)
				break
			}
		}
	}
}
