package compile

import (
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// guards puts the checks before the devices that declare them.
func (b *builder) guards() {
	for _, d := range b.devs {
		if d.broken || len(d.spec.Checks) == 0 && !b.measured(d.spec.Name.Value) {
			if len(d.spec.Safe) > 0 && !d.broken {
				b.Warnf(d.spec.Safe[0].Signal.Span, "add a check with `reaction: trip`", "nothing ever trips %s", d.spec.Name.Value)
			}
			continue
		}
		b.guard(d)
	}
}

func (b *builder) guard(d *dev) {
	before := b.mistakes()
	k := &checker{b: b, dev: d, guard: b.sys.NewGuard(d.spec.Name.Value)}
	k.guard.Daytime = b.daytime()
	k.guard.Lanes = 1 // for now: they are counted when all flows are known
	k.measures()
	for i := range d.spec.Checks {
		k.rule(i)
	}
	for _, a := range d.spec.Safe {
		k.safe(a)
	}
	if b.mistakes() > before {
		return
	}
	for _, m := range k.guard.Mistakes() {
		at := d.spec.Name.Span
		if rule := m.Rule - k.added; rule >= 0 {
			at = d.spec.Checks[rule].Kind.Span
		}
		b.Errorf(at, "`harmproof doc checks` shows each kind", "%s", m.What)
	}
	if b.mistakes() == before {
		b.sys.Guard(k.guard)
	}
}

// daytime is the time of the day at which the run starts.
func (b *builder) daytime() vtime.Duration {
	if s := b.file.Starts; s.Usable() {
		h, m, sec := s.Value.Clock()
		return vtime.Duration(h)*vtime.Hour + vtime.Duration(m)*vtime.Minute + vtime.Duration(sec)*vtime.Second
	}
	return 0
}

// A checker compiles the checks of one device.
type checker struct {
	b     *builder
	dev   *dev
	guard check.Guard
	reads []signal.Read // of the expressions of the rule at hand
	used  map[string]bool
	of    *syntax.Check
	// stands says that names mean what stands, not what is offered: what a message
	// brings along must not open the door to it.
	stands bool
	added  int32 // rules that are not the file's
}

// checkKinds are the kinds of checks and who compiles them.
var checkKinds = map[string]func(*checker) check.Check{
	"authenticate": (*checker).authenticate, "fresh": (*checker).fresh, "authorise": (*checker).authorise,
	"range": (*checker).limits, "rate-limit": (*checker).rateLimit, "change": (*checker).change,
	"plausible": (*checker).plausible, "residual": (*checker).residual, "cusum": (*checker).cusum,
	"vote": (*checker).vote, "interlock": (*checker).interlock, "two-person": (*checker).twoPerson,
	"watchdog": (*checker).watchdog,
}

// rule compiles one check. One that is off looks at no message.
func (k *checker) rule(i int) {
	c := &k.dev.spec.Checks[i]
	k.of, k.reads, k.used = c, nil, map[string]bool{}
	make, ok := checkKinds[c.Kind.Value]
	if !ok {
		return // reported
	}
	r := check.Rule{Name: k.name(i), Owner: c.Owner.Value, Text: c.Kind.Value + ": " + valueText(c.Value)}
	if r.Owner == "" {
		r.Owner = k.dev.spec.Owner.Value
	}
	r.Claimed, r.Verbs, r.Objects = k.devices(c.From), uint32(k.b.verbs(c.Verbs)), k.objects(c.Of)
	if c.Reaction.Usable() {
		r.Reaction, _ = check.ParseReaction(c.Reaction.Value)
	} else if c.Kind.Value == "watchdog" {
		r.Reaction = check.Trip
	}
	if c.While.Usable() {
		r.When = k.state(c.While)
	}
	before := k.b.mistakes()
	if !k.misspelt(c) {
		r.Check = make(k)
	}
	r.Reads = k.reads
	if r.Off = k.b.isOff(k.dev, i); r.Off {
		r.When = never
	}
	for _, e := range c.Params {
		if !k.used[e.Key.Value] && k.b.mistakes() == before {
			k.b.Errorf(e.Key.Span, "leave it out; `harmproof doc checks` shows what it takes", "a check %s has no %s", c.Kind.Value, source.Quote(e.Key.Value))
		}
	}
	k.guard.Rules = append(k.guard.Rules, r)
}

// misspelt reports keys that no check has.
func (k *checker) misspelt(c *syntax.Check) (some bool) {
	keys := slices.Concat(syntax.CheckScope, syntax.CheckParameters)
	for _, e := range c.Params {
		if !slices.Contains(keys, e.Key.Value) {
			some = true
			k.b.Errorf(e.Key.Span, "`harmproof doc checks` shows what it takes", "a check has no %s%s", source.Quote(e.Key.Value), source.DidYouMean(e.Key.Value, keys))
		}
	}
	return some
}

// name is what a check is called, which no other check of the device is.
func (k *checker) name(i int) string {
	name := checkName(k.dev.spec.Checks, i)
	if slices.ContainsFunc(k.guard.Rules, func(r check.Rule) bool { return r.Name == name }) {
		at := k.of.Kind.Span
		if k.of.Name.Present() {
			at = k.of.Name.Span
		}
		k.b.Errorf(at, "give it another name", "another check of %s has this name", k.dev.spec.Name.Value)
	}
	return name
}

// checkName is the name of a check: its own, or the kind, numbered where there are
// several without one.
func checkName(list []syntax.Check, i int) string {
	c, n := &list[i], 1
	if c.Name.Present() {
		return c.Name.Value
	}
	for k := range i {
		if !list[k].Name.Present() && list[k].Kind.Value == c.Kind.Value {
			n++
		}
	}
	if n > 1 {
		return c.Kind.Value + "-" + strconv.Itoa(n)
	}
	return c.Kind.Value
}

// valueText is what stands after the kind, for people.
func valueText(v syntax.Value) string {
	var parts []string
	for _, item := range v.Items {
		parts = append(parts, item.Text.Value)
	}
	for _, e := range v.Entries {
		parts = append(parts, e.Key.Value+": "+e.Value.Text.Value)
	}
	if len(parts) > 0 {
		return strings.TrimSpace(strings.Join(parts, ", "))
	}
	return v.Text.Value
}

// devices returns the ranks of devices that are named; nil where none is.
func (k *checker) devices(list []syntax.Text) (ranks []int32) {
	for _, t := range list {
		if t.Value == "any" {
			return nil
		}
		if k.b.deviceNamed(t) {
			ranks = append(ranks, int32(k.b.sys.Rank(t.Value)))
		}
	}
	return ranks
}

// objects returns the numbers of inputs and settings that are named; nil where none
// is.
func (k *checker) objects(list []syntax.Text) (objects []int32) {
	for _, t := range list {
		if topics, ok := k.topics(t); ok {
			objects = append(objects, topics...)
		} else if i, ok := k.object(t); ok {
			objects = append(objects, i)
		}
	}
	return objects
}

func (k *checker) object(t syntax.Text) (int32, bool) {
	if !t.Usable() {
		return 0, false
	}
	name := strings.TrimPrefix(t.Value, k.dev.spec.Name.Value+".")
	i := slices.IndexFunc(k.guard.Objects, func(o check.Object) bool { return o.Name == name })
	if i < 0 {
		names := k.objectNames()
		fix := choice("messages can tell it", names, "no message can tell it anything")
		if input := k.wiredTo(t.Value); input != "" {
			fix = "write `" + input + "`, which is wired to it"
		}
		k.b.Errorf(t.Span, fix, "%s has no input and no setting %s%s", k.dev.spec.Name.Value, source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
	return int32(i), i >= 0
}

func (k *checker) objectNames() (names []string) {
	for _, o := range k.guard.Objects {
		names = append(names, o.Name)
	}
	return names
}

// sample is an object that a check could be of.
func (k *checker) sample() string {
	for _, w := range k.dev.inputs {
		if slices.Contains(k.objectNames(), w.name.Value) {
			return w.name.Value
		}
	}
	return strings.Join(k.objectNames()[:min(1, len(k.guard.Objects))], "")
}

// wiredTo returns the input that is wired to a signal of another device, if one is.
func (k *checker) wiredTo(path string) string {
	for _, w := range k.dev.inputs {
		if w.wiring.Source.Value == path {
			return w.name.Value
		}
	}
	return ""
}

// only returns the one object that a check is of.
func (k *checker) only() (check.Object, bool) {
	if len(k.of.Of) != 1 {
		k.b.Errorf(k.of.Kind.Span, "add `of: "+k.sample()+"`", "a check %s is of one input or setting", k.of.Kind.Value)
		return check.Object{}, false
	}
	i, ok := k.object(k.of.Of[0])
	if !ok {
		return check.Object{}, false
	}
	return k.guard.Objects[i], true
}

// shape is that of an object.
func (k *checker) shape(name string) custom.Shape {
	sym, _ := k.b.sys.Lookup(k.dev.spec.Name.Value, name)
	return shapeOf(sym.Signal)
}

func (k *checker) safe(a syntax.Assignment) {
	i, ok := k.object(a.Signal)
	if !ok || !a.Value.Usable() {
		return
	}
	if x, ok := k.value(a.Value, k.shape(k.guard.Objects[i].Name)); ok {
		k.guard.Safe = append(k.guard.Safe, check.Assignment{Object: i, Value: x})
	}
}

// value evaluates a fixed value of a shape.
func (k *checker) value(t syntax.Text, shape custom.Shape) (float64, bool) {
	before := k.b.mistakes()
	r := reader{b: k.b}
	x, ok := r.value(t, shape)
	for i := range k.b.Problems[before:] {
		if p := &k.b.Problems[before+i]; p.Fix == "" && shape.Unit.Symbol != "" {
			p.Fix = "write it in " + shape.Unit.Symbol
		}
	}
	return x, ok
}

// param returns a parameter beside the kind, and whether it is there.
func (k *checker) param(key string) (syntax.Text, bool) {
	for _, e := range k.of.Params {
		if e.Key.Value == key {
			k.used[key] = true
			return e.Value.Text, e.Value.Text.Usable()
		}
	}
	return syntax.Text{}, false
}

// must is param, and a mistake where it is not there.
func (k *checker) must(key, example string) (syntax.Text, bool) {
	t, ok := k.param(key)
	if !ok && !k.used[key] {
		k.b.Errorf(k.of.Kind.Span, "add `"+key+": "+example+"`", "a check %s needs %s", k.of.Kind.Value, key)
	}
	return t, ok
}

func (k *checker) duration(t syntax.Text) vtime.Duration {
	d, problems := syntax.ReadDuration(t)
	k.b.Add(problems...)
	return d.Value
}

// single returns what stands after the kind where that is one value.
func (k *checker) single() (syntax.Text, bool) { return k.singleOf(k.of.Value) }

func (k *checker) singleOf(v syntax.Value) (syntax.Text, bool) {
	if v.Shape != syntax.Scalar && v.Shape != syntax.Broken {
		k.b.Errorf(v.Text.Span, "`harmproof doc checks` shows what it takes", "%s takes one value, not %v", k.of.Kind.Value, v.Shape)
	}
	return v.Text, v.Shape == syntax.Scalar && v.Text.Usable()
}

// texts returns what stands after the kind, one value or a list.
func (k *checker) texts() (list []syntax.Text) {
	if k.of.Value.Shape == syntax.Scalar {
		return []syntax.Text{k.of.Value.Text}
	}
	for _, item := range k.of.Value.Items {
		if item.Shape == syntax.Scalar {
			list = append(list, item.Text)
		}
	}
	return list
}

// Symbol implements expression.Resolver: a check sees its own device, and of what
// messages can tell that what is offered; what was accepted last is name.last.
func (k *checker) Symbol(path string) (expression.Symbol, error) {
	id := k.dev.spec.Name.Value
	if path == "time" {
		return expression.Symbol{Slot: signal.Clock, Count: 1, Continuous: true}, nil
	}
	name, last := strings.CutSuffix(path, ".last")
	name = strings.TrimPrefix(name, id+".")
	if other, _, dotted := strings.Cut(name, "."); dotted {
		return expression.Symbol{}, k.outOfSight(path, other)
	}
	sym, err := k.b.lookup(id, name, -1)
	if err != nil {
		return expression.Symbol{}, err
	}
	if p := sym.Parameter; p != nil {
		return expression.Symbol{Count: 1, Type: p.Type, Unit: p.Unit, Constant: true, Value: p.Value}, nil
	}
	out := symbol(sym, -1)
	out.Count = 1
	i := slices.IndexFunc(k.guard.Objects, func(o check.Object) bool { return o.Name == name })
	if i >= 0 && !last && !k.stands {
		k.b.sys.Offered(&k.guard, i)
		out.Slot = k.guard.Objects[i].Offered
	}
	out.Stride = sym.Cell.Stride
	k.reads = append(k.reads, signal.Read{Slot: out.Slot, Stride: sym.Cell.Stride, Count: 1})
	if sym.Signal.Role != device.RoleTold && sym.Signal.Role != device.RoleTunable {
		return out, nil
	}
	out.Continuous = false
	return out, nil
}

// outOfSight says that a check cannot see a signal of another device, and what it
// could see instead.
func (k *checker) outOfSight(path, other string) expression.Error {
	id := k.dev.spec.Name.Value
	e := expression.Error{
		Message: "a check of " + id + " sees only what " + id + " knows, not " + source.Quote(path),
		Fix:     "wire an input of " + id + " to it, so that it comes over the network, and name that input",
	}
	if input := k.wiredTo(path); input != "" {
		e.Fix = "write `" + input + "`, which is wired to it"
	} else if k.b.byName[other] == nil {
		e.Message = "there is no device " + source.Quote(other) + source.DidYouMean(other, k.b.names())
		e.Fix = choice("a check of "+id+" sees what "+id+" knows, such as", k.objectNames(), "a check of "+id+" sees only what "+id+" knows")
	}
	return e
}

// Told implements expression.Resolver.
func (k *checker) Told(path, _ string) (expression.Symbol, error) {
	fix := "name the input itself"
	if input := k.wiredTo(path); input != "" {
		fix = "write `" + input + "`, the input itself"
	}
	return expression.Symbol{}, expression.Error{Message: "a check judges what is told; it has no told()", Fix: fix}
}

// Window implements expression.Resolver.
func (k *checker) Window(w expression.Window) (expression.Symbol, error) {
	return expression.Symbol{}, expression.Error{Message: "a check does not look back with " + w.Helper, Fix: "use a check `change`, `residual` or `cusum`, or compute it in the device"}
}

// state compiles a condition over what stands, whatever is offered.
func (k *checker) state(t syntax.Text) signal.Predicate {
	k.stands = true
	defer func() { k.stands = false }()
	return k.condition(t)
}

// condition compiles a condition over what the device knows.
func (k *checker) condition(t syntax.Text) signal.Predicate {
	c, errs := expression.Condition(t.Value, k)
	if len(errs) > 0 {
		k.b.explain(t, errs)
		return nil
	}
	return c.Holds
}
