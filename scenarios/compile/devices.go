package compile

import (
	"errors"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// devices makes all devices and adds them to the system: first those of the
// library, then those written in the file, which look at the others.
func (b *builder) devices() {
	for i := range b.file.System.Devices {
		d := &dev{spec: b.file.System.Devices[i]}
		b.devs = append(b.devs, d)
		b.byName[d.spec.Name.Value] = d
	}
	for _, d := range b.devs {
		b.make(d)
	}
	b.strains()
	for _, last := range []bool{false, true} {
		for _, d := range b.devs {
			if d.custom != nil {
				problems := d.custom.Prepare(b.look)
				if last {
					b.Add(problems...)
					d.broken = problems.Err() != nil
				}
			}
		}
	}
	for _, d := range b.devs {
		if d.custom != nil && !d.broken {
			b.add(d, d.custom, nil)
		}
	}
	b.stores()
	b.brokers()
}

// kinded lists the devices that have a kind.
func (b *builder) kinded() (names []string) {
	for _, d := range b.devs {
		if d.spec.Is.Present() {
			names = append(names, d.spec.Name.Value)
		}
	}
	return names
}

func (b *builder) make(d *dev) {
	is := d.spec.Is
	switch {
	case !is.Usable():
		d.broken = true
		if !is.Present() {
			b.Errorf(d.spec.Name.Span, "write `is:` and a kind", "%s has no kind, and no file that is used has a device of that name%s", d.spec.Name.Value,
				source.DidYouMean(d.spec.Name.Value, b.kinded()))
		}
	case d.spec.Custom != nil:
		d.custom = custom.New(d.spec.Custom)
		b.scripted(d)
	case is.Value == brokerKind:
		b.broker(d)
	case is.Value == storeKind:
		b.store(d)
	case is.Value == populationKind:
		b.population(d)
		d.custom = custom.New(&syntax.Custom{})
	case is.Value == "plc":
		d.custom = custom.NewPLC(d.spec.Params)
		b.scripted(d)
	default:
		d.kind = b.Catalog.Kind(is.Value)
		if d.kind == nil {
			d.broken = true
			b.unknownKind(is)
			return
		}
		b.twin(d)
	}
}

// scripted lists the inputs of a device that is written in the file.
func (b *builder) scripted(d *dev) {
	for i := range d.custom.Inputs {
		if in := &d.custom.Inputs[i]; !in.Scripted() {
			d.inputs = append(d.inputs, wire{name: in.Name, wiring: in.Wiring})
		}
	}
}

func (b *builder) unknownKind(is syntax.Text) {
	names := []string{"custom", "plc", brokerKind, populationKind, storeKind}
	for _, k := range b.Catalog.Kinds() {
		names = append(names, k.Name)
	}
	b.Errorf(is.Span, "harmproof list --kinds shows them",
		"there is no kind %s%s", source.Quote(is.Value), source.DidYouMean(is.Value, names))
}

// twin makes a device of the library: its entries are parameters or inputs.
func (b *builder) twin(d *dev) {
	given := map[string]syntax.Entry{}
	values := b.values(d, given)
	twin := b.build(d, values, given)
	misspelt := b.twinInputs(d, twin, given)
	b.strikes(d, given)
	twin = b.fit(d, twin, given)
	for _, p := range d.kind.Parameters {
		if _, ok := given[p.Name]; !ok && p.Required {
			d.broken = true
			if misspelt[p.Name] {
				continue
			}
			b.Errorf(d.spec.Name.Span, "add `"+p.Name+": "+example(&p)+"`", "a %s needs its %s (%s)", d.kind.Name, p.Name, p.Doc)
		}
	}
	d.walker, _ = twin.(device.Walker)
	d.bounded, _ = twin.(device.Bounded)
	if !d.broken {
		b.add(d, twin, parameters(d.kind, values))
	}
}

// values reads the parameters of a device, and notes all that is given.
func (b *builder) values(d *dev, given map[string]syntax.Entry) (values []device.Assignment) {
	for _, e := range d.spec.Params {
		given[e.Key.Value] = e
		if p := d.kind.Parameter(e.Key.Value); p != nil {
			if v, ok := b.parameter(d, p, e); ok {
				values = append(values, device.Assignment{Name: p.Name, Value: v})
			}
		}
	}
	return values
}

// build makes the twin, or returns nil where what it needs is missing or wrong.
func (b *builder) build(d *dev, values []device.Assignment, given map[string]syntax.Entry) device.Device {
	for _, p := range d.kind.Parameters {
		if _, ok := given[p.Name]; p.Required && !ok {
			return nil
		}
	}
	refused := ""
	if !d.broken {
		twin, err := d.kind.New(values)
		if err == nil {
			return twin
		}
		b.invalid(d, given, err)
		var v *device.ValueError
		if !errors.As(err, &v) {
			return nil
		}
		refused = v.Parameter
	}
	b.hidden(d, values, given, refused)
	return nil
}

// fit has a twin that goes by what is wired to it do so.
func (b *builder) fit(d *dev, twin device.Device, given map[string]syntax.Entry) device.Device {
	fitter, ok := twin.(device.Fitter)
	if !ok || d.broken {
		return twin
	}
	fitted, err := fitter.Fit(func(input string) bool { _, ok := given[input]; return ok })
	if err != nil {
		b.invalid(d, given, err)
		return twin
	}
	return fitted
}

// twinInputs reads the wiring of a device's inputs. It returns the names that were
// written almost right.
func (b *builder) twinInputs(d *dev, twin device.Device, given map[string]syntax.Entry) (misspelt map[string]bool) {
	sample := twin
	if twin == nil {
		sample = d.kind.Sample
	}
	decl, _ := device.Declare(sample)
	var inputs, keys []string
	for _, s := range decl.Signals {
		if s.Role.Listens() {
			inputs = append(inputs, s.Name)
		}
	}
	for _, p := range d.kind.Parameters {
		keys = append(keys, p.Name)
	}
	keys = append(keys, inputs...)
	misspelt = map[string]bool{}
	for _, e := range d.spec.Params {
		name := e.Key.Value
		switch {
		case d.kind.Parameter(name) != nil:
			continue
		case slices.Contains(inputs, name):
			w, problems := syntax.ReadWiring(e)
			b.Add(problems...)
			d.inputs = append(d.inputs, wire{name: e.Key, wiring: w})
			continue
		case twin == nil && d.kind.Open():
			continue // an input, perhaps, of what is wrong
		}
		d.broken = d.broken || e.Key.Broken
		if near, ok := source.Nearest(name, keys); ok {
			misspelt[near], d.broken, d.misspelt = true, true, true
		}
		b.Errorf(e.Key.Span, "harmproof doc "+d.kind.Name+" shows what it takes", "a %s has no %s%s", d.kind.Name,
			source.Quote(name), source.DidYouMean(name, append(slices.Clone(keys), syntax.DeviceKeys...)))
	}
	return misspelt
}

// example is a value that could stand after the parameter.
func example(p *device.Parameter) string {
	switch p.Type {
	case device.BoolParameter:
		return "true"
	case device.DurationParameter:
		return "1s"
	case device.SeriesParameter:
		return "[[0s, 1], [1h, 2]]"
	case device.EntriesParameter:
		return "{a: {" + entryExample(p) + "}}"
	case device.TextParameter:
		if len(p.Choices) > 0 {
			return p.Choices[0]
		}
		return "text"
	}
	return strings.TrimSpace("1 " + p.Unit.Symbol)
}

// invalid reports what a twin says about its configuration.
func (b *builder) invalid(d *dev, given map[string]syntax.Entry, err error) {
	d.broken = true
	at := d.spec.Name.Span
	var v *device.ValueError
	if errors.As(err, &v) {
		if e, ok := given[v.Parameter]; ok {
			at = e.Value.Text.Span
		}
	}
	b.Errorf(at, "harmproof doc "+d.kind.Name+" says what it takes", "%v", err)
}

// maxMembers bounds a system: the memory of a run goes with it.
const maxMembers = 1_000_000

func (b *builder) add(d *dev, twin device.Device, params []sim.Parameter) {
	count := 1
	if d.spec.Count.Usable() {
		count = int(min(d.spec.Count.Value, maxMembers+1))
	}
	if b.total += count; b.total > maxMembers {
		d.broken = true
		if b.total-count <= maxMembers {
			b.Errorf(d.spec.Name.Span, "give it a smaller count", "a system has at most %d devices, members counted", maxMembers)
		}
		return
	}
	id := d.spec.Name.Value
	d.rate = device.RateOf(twin)
	security, _ := network.ParseSecurity(d.spec.Security.Value)
	b.protocol(d.spec.Speaks)
	log, remote := b.log(d)
	err := b.sys.Add(sim.Device{
		ID: id, Kind: d.spec.Is.Value, Tag: d.spec.Tag.Value, Owner: d.spec.Owner.Value,
		Count: count, Stands: b.Stands[id], Twin: twin, Parameters: params, Solver: b.solver(d.spec.Solver, twin),
		Speaks: b.speaks(id), Security: security, Session: b.session(d), Holds: b.holdings[id], Exposes: b.exposed(d), Guarded: len(d.spec.Checks) > 0 || b.measured(id),
		Work: b.work(d), Battery: b.battery(d), Log: log, Remote: remote, Offers: len(d.spec.Remote) > 0 || len(d.spec.Weaknesses) > 0 || d.spec.Speaks.Present(),
	})
	if err != nil {
		d.broken = true
		b.Errorf(d.spec.Name.Span, "", "%v", err)
	}
}

// solver reads how a device's continuous signals are integrated.
func (b *builder) solver(t syntax.Text, twin device.Device) plant.Solver {
	if !t.Usable() {
		return plant.Automatic
	}
	decl, err := device.Declare(twin)
	if err == nil && !slices.ContainsFunc(decl.Signals, func(s device.Signal) bool { return s.Role == device.RoleContinuous }) {
		b.Warnf(t.Span, "leave it out", "this device has no continuous signal, so there is nothing to solve")
	}
	i := slices.Index(plant.Solvers(), t.Value)
	if i < 0 {
		b.Errorf(t.Span, "write one of "+list(plant.Solvers())+", or leave it out", "there is no solver %s%s",
			source.Quote(t.Value), source.DidYouMean(t.Value, plant.Solvers()))
		return plant.Automatic
	}
	return plant.Solver(i)
}

// parameters lists the parameters that expressions can name: tower.height.
func parameters(k *device.Kind, values []device.Assignment) (list []sim.Parameter) {
	for i := range k.Parameters {
		p := &k.Parameters[i]
		var value any
		if p.Default != "" {
			value, _ = p.Parse(p.Default)
		}
		for _, v := range values {
			if v.Name == p.Name {
				value = v.Value
			}
		}
		out := sim.Parameter{Name: p.Name, Unit: p.Unit}
		switch v := value.(type) {
		case float64:
			out.Value = v
		case int:
			out.Value, out.Type = float64(v), signal.Int
		case bool:
			out.Type = signal.Bool
			if v {
				out.Value = 1
			}
		case vtime.Duration:
			out.Value = vtime.Seconds(v)
		default:
			continue
		}
		list = append(list, out)
	}
	return list
}

// parameter reads the value of a parameter.
func (b *builder) parameter(d *dev, p *device.Parameter, e syntax.Entry) (any, bool) {
	if e.Value.Shape == syntax.Broken {
		d.broken = true
		return nil, false
	}
	if p.Type == device.SeriesParameter {
		s, ok := b.series(p, e)
		d.broken = d.broken || !ok
		return s, ok
	}
	if p.Type == device.EntriesParameter {
		return b.entries(d, p, e)
	}
	if e.Value.Shape != syntax.Scalar {
		d.broken = true
		b.Errorf(e.Value.Text.Span, "write one value, such as "+example(p), "%s is a single value, not %v", p.Name, e.Value.Shape)
		return nil, false
	}
	v, err := p.Parse(e.Value.Text.Value)
	if err != nil {
		d.broken = true
		cause, fix := device.AdviceOf(err)
		cause += chosen(p, e.Value.Text.Value)
		b.Errorf(e.Value.Text.Span, fix, "%s", cause)
		return nil, false
	}
	return v, true
}

// chosen is the choice of a parameter that was most probably meant.
func chosen(p *device.Parameter, text string) string {
	choices := p.Choices
	if p.Type == device.BoolParameter {
		choices = []string{"true", "false"}
	}
	return source.DidYouMean(text, choices)
}

// look tells a device that is written in the file about a signal of another one.
func (b *builder) look(path string) (device.Role, custom.Shape, error) {
	id, name, _, ok := splitPath(path)
	if !ok {
		return device.RoleComputed, custom.Shape{}, nil // an expression: wiring deals with it
	}
	d := b.byName[id]
	switch {
	case d == nil:
		return device.RoleComputed, custom.Shape{Unknown: true}, nil // wiring reports it
	case d.custom != nil:
		role, shape, ok := d.custom.Shape(name)
		shape.Unknown = shape.Unknown || !ok
		return role, shape, nil
	case d.broken:
		if is := d.surely(name); is != nil {
			return is.Role, custom.Shape{Type: is.Type, Unit: is.Unit, Labels: is.Labels}, nil
		}
		return device.RoleComputed, custom.Shape{Unknown: true}, nil
	case d.broker != nil && !d.saysItself(name):
		return device.RoleReport, custom.Shape{}, nil // wiring reports it
	case d.store != nil:
		if told, of := data.Reported(name); told { // it is added after those that listen to it
			return device.RoleReport, custom.Shape{Type: of, Unit: unit.One}, nil
		}
		return device.RoleComputed, custom.Shape{}, nil // such as what its checks tell; wiring reports what is not there
	}
	if sym, ok := b.sys.Lookup(id, name); ok && sym.Signal != nil {
		return sym.Signal.Role, custom.Shape{Type: sym.Signal.Type, Unit: sym.Signal.Unit, Labels: sym.Signal.Labels}, nil
	}
	return device.RoleComputed, custom.Shape{Unknown: true}, nil // wiring reports it
}
