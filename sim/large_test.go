package sim_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The large system: islands of ten states each, which 50 sensors read once a
// second; 25 controllers hear two sensors each and command an actuator once a
// second, one command in fifty another one than before; ten of the 25 actuators
// of an island move a state.
const (
	sensorsPerIsland     = 50
	controllersPerIsland = 25
	actuatorsPerIsland   = 25
	statesPerIsland      = 10
	devicesPerIsland     = sensorsPerIsland + controllersPerIsland + actuatorsPerIsland
)

// A sensor tells a level once a second.
type sensor struct {
	level   *device.In[float64]
	reading *device.ReportOut[float64]
}

func (s *sensor) Declare(p *device.Ports) {
	s.level = device.Input[float64](p, "level", unit.Metre)
	s.reading = device.Report(p, "reading", unit.Metre, 0.0)
	p.Every("sample", vtime.Second, func(c *device.Context) { s.reading.Set(c, s.level.Get(c)) })
}

// A controller commands once a second. Its chance, not its sensors, decides when
// the command changes, so that the load is known.
type controller struct {
	low, high *device.In[float64]
	chance    *device.Chance
	on        *device.Out[bool]
	command   *device.ReportOut[bool]
}

func (k *controller) Declare(p *device.Ports) {
	k.low = device.Told[float64](p, "low", unit.Metre)
	k.high = device.Told[float64](p, "high", unit.Metre)
	k.chance = p.Chance("change")
	k.on = device.State(p, "on", unit.One, false)
	k.command = device.Report(p, "command", unit.One, false)
	p.Every("scan", vtime.Second, k.scan)
}

func (k *controller) scan(c *device.Context) {
	on := k.on.Get(c)
	if k.chance.Float64(c) < 0.02 && k.low.Get(c)+k.high.Get(c) < 1e9 {
		on = !on
		k.on.Set(c, on)
	}
	k.command.Set(c, on)
}

// An actuator fills and drains a level, which leaks to the next one's; one
// without a level of its own only obeys.
type actuator struct {
	moves   bool
	command *device.In[bool]
	open    *device.Out[bool]
	next    *device.In[float64]
	level   *device.Out[float64]
}

func (a *actuator) Declare(p *device.Ports) {
	a.command = device.Told[bool](p, "command", unit.One)
	a.open = device.State(p, "open", unit.One, false)
	p.OnMessage(func(c *device.Context) { a.open.Set(c, a.command.Get(c)) })
	if a.moves {
		a.next = device.Input[float64](p, "next", unit.Metre)
		a.level = device.Continuous(p, "level", unit.Metre, 1, a.rate, device.Reads(a.open, a.next))
	}
}

func (a *actuator) rate(c *device.Context) float64 {
	in := -0.01
	if a.open.Get(c) {
		in = 0.01
	}
	return in + float64(0.001*(a.next.Get(c)-a.level.Get(c)))
}

// large assembles the system.
func large(tb testing.TB, islands int) *sim.Plan {
	s := sim.NewSystem()
	id := func(kind string, island, i int) string { return fmt.Sprintf("%s%d_%d", kind, island, i) }
	for k := range islands {
		for i := range sensorsPerIsland {
			require.NoError(tb, s.Add(sim.Device{ID: id("sensor", k, i), Kind: "sensor", Twin: &sensor{}}))
		}
		for i := range controllersPerIsland {
			require.NoError(tb, s.Add(sim.Device{ID: id("plc", k, i), Kind: "plc", Twin: &controller{}}))
		}
		for i := range actuatorsPerIsland {
			require.NoError(tb, s.Add(sim.Device{ID: id("valve", k, i), Kind: "valve", Twin: &actuator{moves: i < statesPerIsland}}))
		}
	}
	s.Layout()
	wire := func(id, input, from, signal string) {
		require.NoError(tb, s.Wire(id, input, sim.Source{Device: from, Signal: signal, Member: -1}))
	}
	for k := range islands {
		for i := range sensorsPerIsland {
			wire(id("sensor", k, i), "level", id("valve", k, i%statesPerIsland), "level")
		}
		for i := range controllersPerIsland {
			wire(id("plc", k, i), "low", id("sensor", k, 2*i), "reading")
			wire(id("plc", k, i), "high", id("sensor", k, 2*i+1), "reading")
			wire(id("valve", k, i), "command", id("plc", k, i), "command")
		}
		for i := range statesPerIsland {
			wire(id("valve", k, i), "next", id("valve", k, (i+1)%statesPerIsland), "level")
		}
	}
	plan, err := s.Plan(sim.Scenario{Name: "large", Run: vtime.Time(60 * vtime.Second), Seed: 1}, nil, nil, nil)
	require.NoError(tb, err)
	return plan
}

// BenchmarkLarge runs 60 s of the large system: what an event costs when the
// system is far larger than the caches, and what a device takes of memory.
func BenchmarkLarge(b *testing.B) {
	for _, islands := range []int{10, 1000} {
		b.Run(fmt.Sprint(islands*devicesPerIsland), func(b *testing.B) {
			before := live()
			plan := large(b, islands)
			planned := live()
			events, instants := uint64(0), uint64(0)
			b.ReportAllocs()
			for b.Loop() {
				r, err := sim.Run(context.Background(), plan)
				require.NoError(b, err)
				events, instants = events+r.Stats.Events, instants+r.Stats.Instants
			}
			devices := float64(islands * devicesPerIsland)
			cells := float64(8 * plan.Signals.Len())
			scale := &scale{}
			_, err := sim.Run(context.Background(), plan, sim.Record(scale))
			require.NoError(b, err)
			b.ReportMetric(float64(planned-before)/devices, "B/device-planned")
			b.ReportMetric((float64(scale.live-before)-cells)/devices, "B/device")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
			b.ReportMetric(float64(instants)/float64(events), "instants/event")
			b.ReportMetric(60*b.Elapsed().Seconds()/float64(b.N), "s/hour")
		})
	}
}

// A scale is a Recorder that weighs the run shortly before its end.
type scale struct {
	sim.Silent
	live uint64
}

// Settled implements sim.Recorder.
func (s *scale) Settled(at vtime.Time) (pause bool) {
	if s.live == 0 && at >= vtime.Time(59*vtime.Second) {
		s.live = live()
	}
	return false
}

func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkFork forks a world of 1 000 devices that has run for ten seconds.
func BenchmarkFork(b *testing.B) {
	s, err := sim.New(large(b, 10))
	require.NoError(b, err)
	require.NoError(b, s.RunTo(context.Background(), vtime.Time(10*vtime.Second)))
	data, err := s.Snapshot()
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.Fork(s.Plan())
		require.NoError(b, err)
	}
	b.ReportMetric(float64(len(data)), "B/snapshot")
}
