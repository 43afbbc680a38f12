package compile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
)

// personKind is the kind of devices that are people.
const personKind = "person"

// mostPeople is how many members of one device are followed each by itself.
const mostPeople = 200

// dangers compiles who may be harmed, and by what.
func (b *builder) dangers() {
	for _, d := range b.devs {
		if d.human() && !d.broken {
			b.person(d)
			b.misjudged(d)
		}
	}
	b.overlaps()
	b.bumpers()
	for i := range b.file.Hazards {
		b.hazard(&b.file.Hazards[i])
	}
	b.ranges()
}

// human reports whether a device is a person.
func (d *dev) human() bool { return d.kind != nil && d.kind.Name == personKind }

// humans lists the people of the system.
func (b *builder) humans() (names []string) {
	for _, d := range b.devs {
		if d.human() {
			names = append(names, d.spec.Name.Value)
		}
	}
	return names
}

// person has a person followed, member by member where there are not too many.
func (b *builder) person(d *dev) {
	id := d.spec.Name.Value
	if !slices.ContainsFunc(b.sys.SignalNames(id, false), func(s string) bool { return strings.HasSuffix(s, "_harm") }) {
		b.Warnf(d.spec.Name.Span, "wire what "+id+" is exposed to, such as `contact: arm.force`; harmproof doc person shows all", "nothing can harm %s", id)
	}
	of := func(name string) func(string) string {
		return func(signal string) string { return name + "." + signal }
	}
	switch sym, ok := b.sys.Lookup(id, "worst"); {
	case !ok:
	case sym.Count == 1:
		b.follow(d, id, of(id))
	case sym.Count > mostPeople:
		b.follow(d, fmt.Sprintf("one of %d %s", sym.Count, id), func(signal string) string {
			if strings.HasSuffix(signal, "_harm") || b.adds(id, signal) {
				return "max(" + id + "." + signal + ")"
			}
			return "min(" + id + "." + signal + ")"
		})
	default:
		for m := range sym.Count {
			name := fmt.Sprintf("%s[%d]", id, m)
			b.follow(d, name, of(name))
		}
	}
}

// follow has each exposure of a person followed. path makes an expression
// of a signal of theirs.
func (b *builder) follow(d *dev, name string, path func(signal string) string) {
	p := sim.Person{Device: name, Of: d.spec.Name.Value, Role: d.role()}
	counted := b.Compiled[expression.Invariant]
	say := func(condition string) syntax.Text { return syntax.Text{Value: condition, Span: d.spec.Name.Span} }
	signals := b.sys.SignalNames(d.spec.Name.Value, false)
	for _, signal := range signals {
		x := sim.Exposure{Name: sim.ProtectiveDistance, Signal: signal}
		if exposure, ok := strings.CutSuffix(signal, "_margin"); ok {
			x.Name = exposure
			for s := harm.Slight; s <= harm.Death && slices.Contains(signals, exposure+"_harm"); s++ {
				spared, _ := b.never(name+" harmed by "+exposure+": "+s.String(), say(fmt.Sprintf("%s >= %d", path(exposure+"_harm"), int(s))))
				x.Spared = append(x.Spared, spared)
			}
		} else if signal != "spare" {
			continue
		}
		x.Own = d.ownLimit(x.Name)
		x.Safe, _ = b.never(name+": "+x.Name, say(path(signal)+" < 0"))
		p.Exposed = append(p.Exposed, x)
	}
	for _, s := range b.sys.Look(d.spec.Name.Value).Scales {
		sym, ok := b.sys.Lookup(d.spec.Name.Value, s.Signal)
		if !s.Adds || !ok {
			continue
		}
		x := sim.Exposure{Name: s.Signal, Of: s.Exposure, From: s.Up}
		slight := strconv.FormatFloat(sym.Signal.Unit.FromSI(s.Up[0]), 'g', -1, 64)
		x.Safe, _ = b.never(name+": "+x.Name, say(path(s.Signal)+" >= "+slight))
		p.Exposed = append(p.Exposed, x)
	}
	b.Compiled[expression.Invariant] = counted // nobody wrote them
	b.sys.Dangers.People = append(b.sys.Dangers.People, p)
}

// adds reports whether a signal of a person is a dose: the more of it the worse.
func (b *builder) adds(id, signal string) bool {
	return slices.ContainsFunc(b.sys.Look(id).Scales, func(s device.Scale) bool { return s.Adds && s.Signal == signal })
}

// role is what a person is here for.
func (d *dev) role() string {
	for _, e := range d.spec.Params {
		if e.Key.Value == "role" {
			return e.Value.Text.Value
		}
	}
	return d.kind.Parameter("role").Default
}

// never is the invariant that a condition is never met.
func (b *builder) never(name string, condition syntax.Text) (sim.Invariant, bool) {
	return b.invariant(syntax.Invariant{Name: syntax.Text{Value: name, Span: condition.Span}, Form: syntax.Never, Condition: condition})
}

// hazard compiles one hazard.
func (b *builder) hazard(h *syntax.Hazard) {
	x := sim.Hazard{Name: h.Name.Value, What: h.What.Value, When: h.When.Value, Severity: b.severity(h.Severity)}
	people := b.humans()
	for _, t := range h.Exposes {
		if !t.Usable() {
			continue
		}
		x.Exposes = append(x.Exposes, t.Value)
		switch d := b.byName[t.Value]; {
		case slices.Contains(people, t.Value):
		case d != nil && !d.broken:
			b.Errorf(t.Span, choice("the people are", people, "write `"+t.Value+": {is: person}` where it is a human"), "%s (%s) is no person", t.Value, d.spec.Is.Value)
		case d == nil:
			b.Errorf(t.Span, choice("the people are", people, "declare the person under system, devices: `"+t.Value+": {is: person}`"),
				"there is no person %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, people))
		}
	}
	x.By = b.harmsBy(h)
	x.Absent, _ = b.never(x.Name, h.When)
	for i := range h.Layers {
		l := &h.Layers[i]
		if slices.ContainsFunc(x.Layers, func(o sim.Layer) bool { return o.Name == l.Name.Value }) {
			b.Errorf(l.Name.Span, "give each a name of its own", "hazard %s has two layers named %s", x.Name, l.Name.Value)
		}
		x.Layers = append(x.Layers, b.layer(x.Name, l))
	}
	if h.Prevented.Key.Present() {
		x.Prevented = b.prevention(&h.Prevented, h.Layers)
	}
	b.sys.Dangers.Hazards = append(b.sys.Dangers.Hazards, x)
}

// layer compiles a layer of protection of a hazard.
func (b *builder) layer(hazard string, l *syntax.Layer) sim.Layer {
	x := sim.Layer{Name: l.Name.Value, Text: l.Acts.Value, Demand: l.Demand.Value, Where: l.Fitted.Value, Within: l.Within.Value}
	name := hazard + "/" + l.Name.Value
	x.Idle, _ = b.never(name, l.Acts)
	if l.Demand.Present() {
		calm, _ := b.never(name+": demanded", l.Demand)
		x.Calm = &calm
	}
	if l.Fitted.Present() {
		x.Lacking = b.lacking(name+": fitted", l.Fitted)
	}
	return x
}

// lacking is the invariant that a layer is not fitted, which may well be so at all times, or never.
func (b *builder) lacking(name string, fitted syntax.Text) *sim.Invariant {
	if !fitted.Usable() {
		return nil
	}
	b.suppose()
	s, errs := expression.State(fitted.Value, b)
	if !b.certain(fitted, errs) {
		return nil
	}
	t, err := globally(not(s)).Compile()
	if err != nil {
		b.Errorf(fitted.Span, expression.TooLarge, "%v", err)
		return nil
	}
	b.Compiled[expression.Invariant]++
	return &sim.Invariant{Name: name, Text: "never " + fitted.Value, Formula: t.Formula, Atoms: pointers(t.Conditions), Asked: pointers(t.Asked)}
}

// harmsBy checks the exposures by which a hazard is said to harm.
func (b *builder) harmsBy(h *syntax.Hazard) (names []string) {
	var known []string
	for _, t := range h.Exposes {
		for _, signal := range b.sys.SignalNames(t.Value, false) {
			if exposure, ok := strings.CutSuffix(signal, "_harm"); ok && !slices.Contains(known, exposure) {
				known = append(known, exposure)
			}
		}
	}
	for _, t := range h.By {
		if names = append(names, t.Value); t.Usable() && !slices.Contains(known, t.Value) {
			b.Errorf(t.Span, choice("what is wired to them is", known, "wire it to the person, or leave `by` out"),
				"%s harms nobody whom hazard %s exposes%s", source.Quote(t.Value), h.Name.Value, source.DidYouMean(t.Value, known))
		}
	}
	return names
}

// severity reads how badly a hazard may harm.
func (b *builder) severity(t syntax.Text) harm.Severity {
	for s := harm.Slight; s <= harm.Death; s++ {
		if t.Value == s.String() || t.Value == fmt.Sprint(int(s)) {
			return s
		}
	}
	if t.Usable() {
		b.Errorf(t.Span, "write 1 (slight), 2 (serious), 3 (irreversible) or 4 (death); harmproof doc harm says what they mean", "%s is no severity", source.Quote(t.Value))
	}
	return harm.None
}

// prevention checks what is to prevent a hazard.
func (b *builder) prevention(p *syntax.Prevention, layers []syntax.Layer) sim.Prevention {
	x := sim.Prevention{Kind: p.Kind.Value, Name: p.Name.Value, Target: p.Target.Value, Layer: p.Layer.Value}
	for _, t := range p.In {
		b.deviceNamed(t)
		x.In = append(x.In, t.Value)
	}
	if _, ok := harm.TargetOf(p.Target.Value); p.Target.Usable() && !ok {
		b.Errorf(p.Target.Span, "write SIL 1 to SIL 4 (IEC 61508), or PL a to PL e (ISO 13849-1)", "%s is no target of a safety function%s",
			source.Quote(p.Target.Value), source.DidYouMean(p.Target.Value, harm.Targets()))
	}
	b.isLayer(p.Layer, layers)
	if !p.Name.Usable() {
		return x
	}
	switch p.Kind.Value {
	case "device":
		b.deviceNamed(p.Name)
	case "invariant":
		var names []string
		for _, i := range b.file.Invariants {
			names = append(names, i.Name.Value)
		}
		if !slices.Contains(names, p.Name.Value) {
			b.Errorf(p.Name.Span, choice("the invariants are", names, "declare it under `invariants:`"), "there is no invariant %s%s", source.Quote(p.Name.Value), source.DidYouMean(p.Name.Value, names))
		}
	case "check":
		b.protects(p, x.In)
	}
	return x
}

// isLayer checks that a safety function is one of the layers of its hazard.
func (b *builder) isLayer(t syntax.Text, layers []syntax.Layer) {
	var names []string
	for i := range layers {
		names = append(names, layers[i].Name.Value)
	}
	if t.Usable() && !slices.Contains(names, t.Value) {
		b.Errorf(t.Span, choice("the layers are", names, "declare it under `layers:`"), "there is no layer %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
}

// protects checks that a check is there, in one of some devices where some are named.
func (b *builder) protects(p *syntax.Prevention, in []string) {
	var names []string
	for _, d := range b.devs {
		if len(in) > 0 && !slices.Contains(in, d.spec.Name.Value) {
			continue
		}
		for _, c := range d.spec.Checks {
			names = append(names, c.Name.Value)
		}
	}
	if slices.Contains(names, p.Name.Value) {
		return
	}
	where := ""
	if len(in) > 0 {
		where = " in " + strings.Join(in, ", ")
	}
	b.Errorf(p.Name.Span, choice("the checks are", names, "give a device the check, with that name"), "there is no check %s%s%s",
		source.Quote(p.Name.Value), where, source.DidYouMean(p.Name.Value, names))
}
