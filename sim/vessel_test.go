package sim_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A vessel drains as Torricelli has it: d(level)/dt = feed - drain*sqrt(level). It
// samples its level with noise, and closes a contact when the level falls to a
// limit.
type vessel struct {
	start, drain, limit float64
	rate                func(level float64) float64 // in its place, where it is given

	feed, level *device.Out[float64]
	reading     *device.ReportOut[float64]
	low         *device.ReportOut[bool]
	gain        *device.In[float64]
	told        *device.In[bool]
	noise       *device.Chance
	noisy       bool
}

func (v *vessel) Declare(p *device.Ports) {
	v.gain = device.Tunable(p, "gain", unit.One, 1.0)
	v.told = device.Told[bool](p, "told", unit.One, device.Optional(0))
	v.feed = device.State(p, "feed", unit.MetrePerSecond, 0.0)
	v.level = device.Continuous(p, "level", unit.Metre, v.start, v.flow, device.Reads(v.feed, v.gain))
	v.reading = device.Report(p, "reading", unit.Metre, v.start)
	v.low = device.Report(p, "low", unit.One, false)
	v.noise = p.Chance("noise")
	p.Every("sample", 700*vtime.Millisecond, func(c *device.Context) {
		x := v.level.Get(c)
		if v.noisy {
			x += float64(0.01 * v.noise.Normal(c))
		}
		v.reading.Set(c, x)
	})
	p.OnRise("low", func(c *device.Context) float64 { return v.limit - v.level.Get(c) },
		func(c *device.Context) { v.low.Set(c, true) }, v.level)
	p.OnMessage(func(c *device.Context) {
		if v.told.Get(c) {
			v.feed.Set(c, 0.05)
		}
	})
}

func (v *vessel) flow(c *device.Context) float64 {
	x := v.level.Get(c)
	if v.rate != nil {
		return v.rate(x)
	}
	return float64(v.feed.Get(c)*v.gain.Get(c)) - float64(v.drain*math.Sqrt(max(0, x)))
}

// house is a system of vessels: when the first one is low it tells the second,
// which begins to feed itself.
type house struct {
	seed      uint64
	noisy     bool // samples
	jitter    vtime.Duration
	newcomers bool // unconnected devices, before, between and after the others
	invariant bool // one more
	trigger   bool // a step more, whose condition never rises
	without   bool // the attack
	rateOf    func(level float64) float64
	run       vtime.Duration
}

func (h *house) vessels() map[string]*vessel {
	list := map[string]*vessel{
		"first":  {start: 4, drain: 0.02, limit: 1, noisy: h.noisy, rate: h.rateOf},
		"second": {start: 1, drain: 0.01, limit: 0.5, noisy: h.noisy},
	}
	if h.newcomers {
		for _, id := range []string{"aardvark", "gnu", "zebra"} {
			list[id] = &vessel{start: 3, drain: 0.03, limit: 2, noisy: true}
		}
	}
	return list
}

func (h *house) plan(t testing.TB) *sim.Plan {
	s := sim.NewSystem()
	ids := []string{}
	for id, v := range h.vessels() {
		require.NoError(t, s.Add(sim.Device{ID: id, Twin: v}))
		ids = append(ids, id)
	}
	slices.Sort(ids)
	s.Topology = network.Topology{Zones: []network.Zone{{
		Link: network.Link{Name: "lan", Latency: vtime.Millisecond, Jitter: h.jitter}, Devices: ids,
	}}}
	s.Layout()
	spoof := s.ReportPoints("first", "reading")[0]
	wire := func(id, from string) {
		require.NoError(t, s.Wire(id, "told", sim.Source{Device: from, Signal: "low", Member: -1}))
	}
	wire("second", "first")
	require.NoError(t, s.Unwired("first", "told"))
	if h.newcomers {
		wire("aardvark", "zebra")
		wire("zebra", "gnu")
		require.NoError(t, s.Unwired("gnu", "told"))
	}
	level := func(id string) signal.Slot {
		sym, _ := s.Lookup(id, "level")
		return sym.Cell.Slot
	}
	invariants := []sim.Invariant{{Name: "first-above-1", Formula: always, Atoms: atoms(not(below(level("first"), 1)))}}
	if h.invariant {
		invariants = append(invariants,
			sim.Invariant{Name: "second-between", Formula: neverFor(vtime.Second), Atoms: atoms(not(below(level("second"), 0.7)))},
			sim.Invariant{Name: "first-above-2", Formula: answered(vtime.Second), Atoms: atoms(below(level("first"), 2), below(level("second"), 0.6))})
	}
	var steps []sim.Step
	if !h.without {
		steps = append(steps, sim.Step{Step: inject.Step{
			Name: "spoof", Kind: inject.Attack, Time: vtime.Time(20 * vtime.Second), For: 30 * vtime.Second,
			Ops: []inject.Op{{Kind: inject.LayerOp, Point: spoof, Layer: signal.Layer{Op: signal.Noise, A: 1}}},
		}})
	}
	steps = append(steps, sim.Step{
		Step:      inject.Step{Name: "below", Kind: inject.Act, Start: inject.When},
		Condition: below(level("first"), 1),
	})
	if h.trigger {
		steps = append(steps, sim.Step{Step: inject.Step{Name: "never", Kind: inject.Act, Start: inject.When}, Condition: not(below(level("second"), 99))})
	}
	if h.run == 0 {
		h.run = 2 * vtime.Minute
	}
	p, err := s.Plan(sim.Scenario{Name: "house", Run: vtime.Time(h.run), Seed: h.seed}, invariants, steps, nil)
	require.NoError(t, err)
	return p
}

// changes is a Recorder that keeps the changes of each signal by its path.
type changes struct {
	sim.Silent
	follow bool
	paths  []string
	list   map[string][]sim.Change
	begun  bool
	course int
}

func (r *changes) Begin(_ vtime.Time, signals *sim.Signals, values []float64) {
	r.begun, r.list = true, map[string][]sim.Change{}
	for s := range signals.All() {
		r.paths = append(r.paths, s.Path())
		if !s.Internal {
			r.Change(0, s.Slot, values[s.Slot])
		}
	}
}

func (r *changes) Change(at vtime.Time, slot signal.Slot, value float64) {
	if !r.begun {
		panic("a change before the beginning")
	}
	r.list[r.paths[slot]] = append(r.list[r.paths[slot]], sim.Change{At: at, Value: value})
}

func (r *changes) Course(signal.Slot, sim.Course) { r.course++ }

func (r *changes) Follows(signal.Slot) sim.Closeness {
	if r.follow {
		return sim.Extremes
	}
	return sim.Apart
}

// play runs the house and records it.
func (h *house) play(t testing.TB, options ...sim.Option) (*sim.Result, *changes) {
	r := &changes{}
	result, err := sim.Run(context.Background(), h.plan(t), append([]sim.Option{sim.Record(r)}, options...)...)
	require.NoError(t, err)
	return result, r
}

// equalWithin requires that all signals of a have the same changes in b.
func equalWithin(t testing.TB, a, b *changes) {
	require.NotEmpty(t, a.list)
	for path, list := range a.list {
		require.Equal(t, bits(list), bits(b.list[path]), path)
	}
}

func bits(list []sim.Change) (out []string) {
	for _, c := range list {
		out = append(out, fmt.Sprintf("%d %x", int64(c.At), math.Float64bits(c.Value)))
	}
	return out
}
