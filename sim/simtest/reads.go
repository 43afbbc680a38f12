package simtest

import (
	"math"
	"slices"
	"testing"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
)

// A function of a twin, and what it says that it reads.
type function struct {
	name  string
	eval  signal.Eval
	reads []*device.Cell
}

// functions lists the derivatives, computed values and guards of a declaration.
func functions(decl *device.Declaration) (list []function) {
	for i := range decl.Signals {
		if sig := &decl.Signals[i]; sig.Eval != nil {
			list = append(list, function{sig.Name, sig.Eval, sig.Reads})
		}
	}
	for i := range decl.Handlers {
		if h := &decl.Handlers[i]; h.Gap != nil {
			list = append(list, function{"the gap of " + h.Name, h.Gap, h.Reads})
		}
	}
	return list
}

// columns is how many random columns a function is evaluated with.
const columns = 400

// reads evaluates each function with a column that ends before the cells that it
// does not declare: reading one of them panics.
func (s *suite) reads(t testing.TB) {
	decl, err := device.Declare(s.device(t))
	if err != nil {
		t.Fatal(err)
	}
	store := signal.NewStore(len(decl.Signals)+1, nil)
	kernel, err := des.New(nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	b := bench{decl: &decl, frame: device.NewRuntime(kernel, store, &device.Assembly{}, nil).Frame(), ranges: s.ranges}
	for _, f := range functions(&decl) {
		b.check(t, f)
	}
}

type bench struct {
	decl   *device.Declaration
	frame  *signal.Frame
	ranges map[string][2]float64
	draws  uint64
}

func (b *bench) check(t testing.TB, f function) {
	t.Helper()
	b.place(func(sig *device.Signal) bool { return slices.Contains(f.reads, sig.Cell) })
	for range columns {
		b.fill()
		x, ok := b.eval(f)
		if !ok {
			b.blame(t, f)
			return
		}
		before := slices.Clone(b.frame.V)
		again, _ := b.eval(f)
		b.frame.V[signal.Clock] += 17.3
		later, _ := b.eval(f)
		b.frame.V[signal.Clock] = before[signal.Clock]
		switch {
		case !same(x, again):
			t.Errorf("%s is not a function: %v, then %v, from the same signals", f.name, x, again)
			return
		case !same(x, later) && !slices.ContainsFunc(f.reads, func(c *device.Cell) bool { return c.Slot == signal.Clock }):
			t.Errorf("%s reads the time, which it does not declare", f.name)
			return
		case !slices.EqualFunc(before, b.frame.V, same):
			t.Errorf("%s writes to signals", f.name)
			return
		}
	}
}

// beyond is a slot that no column has.
const beyond = 1 << 30

// place gives cells to the signals that may be read.
func (b *bench) place(allowed func(*device.Signal) bool) {
	for i := range b.decl.Signals {
		sig := &b.decl.Signals[i]
		sig.Cell.Slot, sig.Cell.Stride = beyond, 0
		if allowed(sig) {
			sig.Cell.Slot = signal.Slot(i + 1)
		}
	}
}

// fill draws a column.
func (b *bench) fill() {
	key := rng.New(1, "simtest", "columns")
	for i := range b.decl.Signals {
		sig := &b.decl.Signals[i]
		b.draws++
		u := key.Float64(b.draws)
		b.frame.V[i+1] = draw(sig, b.ranges[sig.Name], u)
	}
	b.frame.V[signal.Clock] = 100 * key.Float64(b.draws+1<<40)
}

// draw chooses a value of a signal by a number between 0 and 1: its start value,
// zero, the ends of its range, or something in between.
func draw(sig *device.Signal, between [2]float64, u float64) float64 {
	low, high := between[0], between[1]
	if low == high {
		low, high = 0, max(1, 2*sig.Start)
	}
	switch n := float64(max(2, len(sig.Labels))); {
	case sig.Type == signal.Bool || sig.Type == signal.Enum || sig.Type == signal.Int:
		return math.Floor(u * n)
	case u < 0.1:
		return low
	case u < 0.2:
		return high
	case u < 0.3:
		return sig.Start
	}
	return low + (high-low)*(u-0.3)/0.7
}

func (b *bench) eval(f function) (x float64, ok bool) {
	defer func() { ok = recover() == nil }()
	return f.eval(b.frame), true
}

// blame finds out what a function reads without declaring it.
func (b *bench) blame(t testing.TB, f function) {
	t.Helper()
	found := false
	for i := range b.decl.Signals {
		hidden := &b.decl.Signals[i]
		if slices.Contains(f.reads, hidden.Cell) {
			continue
		}
		b.place(func(sig *device.Signal) bool { return sig != hidden })
		if _, ok := b.eval(f); !ok {
			found = true
			t.Errorf("%s reads %s, which it does not declare: add it to device.Reads", f.name, hidden.Name)
		}
	}
	if !found {
		t.Errorf("%s panics", f.name)
	}
}

func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
