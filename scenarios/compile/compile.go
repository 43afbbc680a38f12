package compile

import (
	"errors"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Options are what a compilation needs beyond the tree.
type Options struct {
	Catalog *device.Catalog
	// Read returns a file that the scenario names, such as a CSV profile, by its
	// path relative to the file that names it.
	Read func(from *source.File, path string) ([]byte, error)
	// Broken says that the tree has mistakes already: further ones are looked for,
	// but no plan is made.
	Broken bool
	// Compiled is where expressions are counted that were compiled.
	Compiled *Tally
}

// A Tally counts the expressions of a scenario.
type Tally = expression.Tally

// Compile returns the plan of a scenario and the warnings, or its mistakes.
func Compile(f *syntax.File, o Options) (*sim.Plan, source.Problems) {
	b := &builder{file: f, Options: o, sys: sim.NewSystem(), byName: map[string]*dev{}}
	b.notYet()
	b.expand()
	b.devices()
	b.topology()
	b.sys.Layout()
	steps := b.timeline()
	b.wiring()
	for _, d := range b.devs {
		if d.custom != nil && !d.broken {
			b.Add(d.custom.Bind()...)
			b.Compiled.Add(d.custom.Compiled)
		}
	}
	b.triggers(steps)
	b.seen = nil
	invariants := b.invariants()
	columns := b.columns()
	expect := b.expect(steps)
	if b.Err() != nil || o.Broken {
		return nil, b.Problems
	}
	scenario := sim.Scenario{
		Name: f.Scenario.Value, About: f.About.Value, File: f.Source.Name,
		Run: vtime.Time(f.Run.Value), Seed: uint64(f.Seed.Value), Expect: expect,
	}
	plan, err := b.sys.Plan(scenario, invariants, plain(steps), columns)
	if err != nil {
		b.planError(err)
		return nil, b.Problems
	}
	return plan, b.Problems
}

// notYet warns of what the language knows and the engine does not.
func (b *builder) notYet() {
	s := &b.file.System
	warn := func(t syntax.Text, what string) {
		if t.Present() {
			b.Warnf(t.Span, "it has no effect on the run", "%s are read, but not simulated yet", what)
		}
	}
	if len(s.People) > 0 {
		warn(s.People[0].Name, "people")
	}
	if len(s.Attackers) > 0 {
		warn(s.Attackers[0].Name, "attackers")
	}
	warn(b.file.Hazards.Text, "hazards")
	warn(b.file.Barriers.Text, "barriers")
}

// A builder holds what is known of a scenario while it is compiled.
type builder struct {
	Options
	source.Problems
	file   *syntax.File
	sys    *sim.System
	devs   []*dev
	byName map[string]*dev
	total  int      // devices, members counted
	seen   []string // signals that expressions named, as columns
}

// A dev is a device of the file.
type dev struct {
	spec   syntax.Device
	kind   *device.Kind
	custom *custom.Device
	inputs []wire
	broken bool // it has a mistake: its users are silent
}

// A wire is an input with what stands after it.
type wire struct {
	name   syntax.Text
	wiring syntax.Wiring
}

// planError reports what only the whole system shows.
func (b *builder) planError(err error) {
	at := b.file.Scenario.Span
	var loop *sim.LoopError
	if errors.As(err, &loop) && len(loop.Path) > 0 {
		name, _, _ := strings.Cut(loop.Path[0], ".")
		if d := b.byName[name]; d != nil {
			at = d.spec.Name.Span
		}
		b.Errorf(at, "put a state between, such as a valve with a travel time or a sensor",
			"a wiring cycle without state in it (an algebraic loop): %s", strings.Join(loop.Path, " <- "))
		return
	}
	if apart := (*sim.SolverError)(nil); errors.As(err, &apart) {
		if d := b.byName[apart.B.ID]; d != nil {
			at = d.spec.Solver.Span
		}
		b.Errorf(at, "give both the same", "%v", err)
		return
	}
	b.Errorf(at, "", "%v", err)
}

// topology builds zones and conduits.
func (b *builder) topology() {
	s := &b.file.System
	t := network.Topology{}
	zoneOf := map[string]syntax.Text{}
	var zones []string
	for _, z := range s.Zones {
		zone := network.Zone{Link: network.Link{Name: z.Name.Value, Latency: network.DefaultLatency, Jitter: z.Jitter.Value}}
		if z.Latency.Present() {
			zone.Latency = z.Latency.Value
		}
		for _, d := range z.Devices {
			switch first, twice := zoneOf[d.Value]; {
			case !d.Usable():
			case b.byName[d.Value] == nil:
				b.Errorf(d.Span, "", "there is no device %s%s", source.Quote(d.Value), source.DidYouMean(d.Value, b.names()))
			case twice:
				b.Errorf(d.Span, "keep it in one", "%s is in a zone already (line %d)", d.Value, first.Span.Line)
			default:
				zoneOf[d.Value] = d
				zone.Devices = append(zone.Devices, d.Value)
			}
		}
		zones = append(zones, z.Name.Value)
		t.Zones = append(t.Zones, zone)
	}
	for _, c := range s.Conduits {
		conduit := network.Conduit{Link: network.Link{
			Name: c.Name.Value, Latency: network.DefaultLatency, Jitter: c.Jitter.Value, Loss: c.Loss.Value,
			Unordered: c.Ordered.Present() && !c.Ordered.Value,
		}}
		if c.Latency.Present() {
			conduit.Latency = c.Latency.Value
		}
		for _, j := range c.Joins {
			if j.Usable() && !slices.Contains(zones, j.Value) {
				b.Errorf(j.Span, "", "there is no zone %s%s", source.Quote(j.Value), source.DidYouMean(j.Value, zones))
			}
			conduit.Joins = append(conduit.Joins, j.Value)
		}
		if c.Bandwidth.Present() {
			b.Warnf(c.Bandwidth.Span, "leave it out, or set latency and jitter", "bandwidth is not simulated yet")
		}
		t.Conduits = append(t.Conduits, conduit)
	}
	b.sys.Topology = t
}

func (b *builder) names() (names []string) {
	for _, d := range b.devs {
		names = append(names, d.spec.Name.Value)
	}
	return names
}
