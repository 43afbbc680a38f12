package compile

import (
	"errors"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/device"
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
	// Measures are switched on besides what the file says.
	Measures []Measure
	// Raise names the barriers of the file that are raised.
	Raise []string
	// Adapted says that the tree is not as somebody wrote it: what can never happen is no
	// mistake.
	Adapted bool
	// Stands is for how many that are alike each member of a device stands, and each of people,
	// by their names; those that are not there stand for themselves.
	Stands map[string]int64
	// Could, where it is set, gets all that could be switched on.
	Could *[]Measure
}

// A Tally counts the expressions of a scenario.
type Tally = expression.Tally

// Compile returns the plan of a scenario and the warnings, or its mistakes.
func Compile(f *syntax.File, o Options) (*sim.Plan, source.Problems) {
	b := &builder{file: f, Options: o, sys: sim.NewSystem(), byName: map[string]*dev{}}
	plan := b.compile()
	b.celsius()
	return plan, b.Problems
}

// compile is Compile; its plan is nil where there are mistakes.
func (b *builder) compile() *sim.Plan {
	f, o := b.file, b.Options
	b.notYet()
	b.expand()
	b.fortify()
	b.credentials()
	b.subjects()
	b.devices()
	b.looks()
	b.topology()
	b.walls()
	b.sys.Layout()
	b.openings()
	b.attackers()
	b.peopleDo()
	b.barriers()
	b.infections()
	steps := b.timeline()
	b.wiring()
	b.guards()
	b.rates(steps)
	b.could()
	for _, d := range b.devs {
		if d.custom != nil && !d.broken {
			b.Add(d.custom.Bind()...)
			b.Compiled.Add(d.custom.Compiled)
		}
	}
	b.triggers(steps)
	b.dangers()
	b.outdoors()
	b.touches()
	b.seen = nil
	invariants := b.invariants()
	columns := b.columns()
	expect := b.expect(steps)
	b.effort(steps)
	b.unheard()
	b.strangers()
	b.unexplained()
	if b.Err() != nil || o.Broken {
		return nil
	}
	scenario := sim.Scenario{
		Name: f.Scenario.Value, About: f.About.Value, File: f.Source.Name,
		Run: vtime.Time(f.Run.Value), Seed: uint64(f.Seed.Value), Expect: expect,
	}
	if f.Starts.Usable() {
		scenario.Starts = f.Starts.Value.Unix()
	}
	plan, err := b.sys.Plan(scenario, invariants, plain(steps), columns)
	if err != nil {
		b.planError(err)
		return nil
	}
	if b.beats(plan, steps); b.Err() != nil {
		return nil
	}
	b.narrow(plan)
	b.withheld(plan)
	return plan
}

// unexplained says what is hidden where nothing else was said to be wrong.
func (b *builder) unexplained() {
	for _, d := range b.devs {
		if d.custom == nil || b.Err() != nil || b.Broken {
			continue
		}
		if name, hidden := d.custom.Unknown(); hidden {
			b.Errorf(name.Span, "wire it to a signal that has a unit", "what %s of %s is cannot be found out", name.Value, d.spec.Name.Value)
		}
	}
}

// celsius says what to write where C, which is coulomb, stands for degrees.
func (b *builder) celsius() {
	for i := range b.Problems {
		p := &b.Problems[i]
		if strings.Contains(p.Message, "a temperature ") && strings.HasSuffix(p.Message, " a charge") {
			p.Fix = "C is coulomb: write degC for degrees Celsius, or K"
		}
	}
}

// notYet warns of what the language knows and the engine does not.
func (b *builder) notYet() {
	warn := func(t syntax.Text, what string) {
		if t.Present() {
			b.Warnf(t.Span, "it has no effect on the run", "%s are read, but not simulated yet", what)
		}
	}
	for _, p := range b.file.System.People {
		for _, e := range p.Params {
			warn(e.Key, "what people do")
		}
	}
}

// A builder holds what is known of a scenario while it is compiled.
type builder struct {
	Options
	source.Problems
	fortress
	file *syntax.File
	sys  *sim.System
	devs []*dev
	// kindsSaid is by attribute of data about people where the file says of what sort it is.
	kindsSaid map[int32]syntax.Text
	byName    map[string]*dev
	total     int      // devices, members counted
	seen      []string // signals that expressions named, as columns

	holdings  map[string]uint64   // credentials by device or person
	secrets   map[string]int      // credentials by name
	zones     map[string][]string // of each device
	intruders map[string]int
	outside   map[string]bool // footholds that were reported to be in no zone
	malware   []*strain
	answers   answers
	urgent    []syntax.Text       // who goes first, somewhere
	asked     []data.QuestionKind // of data about people, by the invariant that is compiled
	// supposes says that a device with mistakes has the signals that it would have, and supposed that one was asked for.
	supposes, supposed bool
	// unattacked says that it was reported that no attacker is declared.
	unattacked bool
}

// A dev is a device of the file.
type dev struct {
	spec    syntax.Device
	kind    *device.Kind
	custom  *custom.Device
	broker  *custom.Broker
	store   *store
	walker  device.Walker  // who goes from place to place
	bounded device.Bounded // that says where its models hold
	inputs  []wire
	members int             // of a population
	rate    *device.Rate    // how often it tells what it tells as a rate, nil where it sends messages
	broken  bool            // it has a mistake: its users are silent
	could   []device.Signal // those that it could have where it has a mistake, or nil
	unwired map[string]bool // inputs that something is wrong with what they are wired to
	still   map[string]bool // inputs that are wired to one number
	// misspelt says that an entry was written almost right, perhaps an input.
	misspelt bool
}

// A wire is an input with what stands after it.
type wire struct {
	name   syntax.Text
	wiring syntax.Wiring
	how    sim.Subscription
	// gathers says that all members of what it is wired to tell one; carries is the intake of
	// the system's data that comes with it, from 1 on.
	gathers bool
	carries int32
	apart   int32 // it comes in messages of its own, from 1 on
	// perSecond is how many messages there are of a rate.
	perSecond float64
	of        string // what is published, where the wiring names the topic of a broker
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

// mistakes is how many there are so far; a warning is none.
func (b *builder) mistakes() (n int) {
	for i := range b.Problems {
		if b.Problems[i].Severity != source.Warning {
			n++
		}
	}
	return n
}

func (b *builder) names() (names []string) {
	for _, d := range b.devs {
		names = append(names, d.spec.Name.Value)
	}
	return names
}
