package compile

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/harm"
)

// adults are models of exposures whose sources say nothing of children.
var adults = [...]struct{ exposure, collides, text string }{
	{"contact", "", "ISO/TS 15066 has limits of adults at work"},
	{"collision", "pedestrian", "Tefft 2013 is of people of 15 or more"},
	{"collision", "occupant", "Joksch 1993 is of adults with belts"},
}

// misjudged warns where a person is judged by a model that is of others, or of something else.
func (b *builder) misjudged(d *dev) {
	b.childish(d)
	b.collides(d)
	b.breathes(d)
	b.airs(d)
	b.bears(d)
	b.idleWaypoints(d)
}

// childish warns of models of adults for a child.
func (b *builder) childish(d *dev) {
	if d.role() != "child" {
		return
	}
	id, at := d.spec.Name.Value, d.given("role").Span
	for _, m := range adults {
		if _, ok := d.wiredTo(m.exposure); ok && (m.collides == "" || m.collides == d.parameter("collides")) {
			b.Warnf(at, "read their harm by "+m.exposure+" as that of an adult: a child may be harmed by less", "%s is a child, outside of the model of %s: %s", id, m.exposure, m.text)
		}
	}
	if text, ok := d.wiredTo("glucose"); ok && len(b.feeding(text, "hovorka-patient", "glucose")) > 0 {
		b.Warnf(at, "take a padova-patient of subject adolescent-010, the youngest that there is", "%s is a child, outside of the model of glucose: Hovorka 2004 is of adults", id)
	}
}

// collides warns of who is in a car and is judged as somebody whom a car hits.
func (b *builder) collides(d *dev) {
	text, ok := d.wiredTo("collision")
	if !ok || d.parameter("collides") != "pedestrian" {
		return
	}
	const fix = "add `collides: occupant`"
	id, role := d.spec.Name.Value, d.role()
	switch cars := b.feeding(text, "vehicle", "delta_v"); {
	case len(cars) > 0:
		b.Warnf(text.Span, fix, "%s is judged as somebody whom a car hits (Tefft 2013), but %s.delta_v is what those feel who are in it", id, cars[0].spec.Name.Value)
	case role == "driver" || role == "passenger":
		b.Warnf(text.Span, fix, "%s is a %s, but is judged as somebody whom a car hits (Tefft 2013)", id, role)
	}
}

// heavier is by which share a molar mass may be another than that of the gas.
const heavier = 0.05

// breathes warns where what a plume carries is another gas than what a person breathes.
func (b *builder) breathes(d *dev) {
	text, ok := d.wiredTo("gas")
	toxin, known := harm.ToxinOf(d.parameter("gas_is"))
	if !ok || !known {
		return
	}
	for _, cloud := range b.feeding(text, "plume", "gas") {
		molar, ok := cloud.number("molar_mass")
		if !ok || math.Abs(molar/toxin.Molar-1) <= heavier {
			continue
		}
		right := "`molar_mass: " + cloud.write("molar_mass", toxin.Molar) + "`"
		b.Warnf(cloud.given("molar_mass").Span, "write "+right+", or say by gas_is of "+d.spec.Name.Value+" which gas it is",
			"%s carries a gas of %s, but %s breathes %s of %s", cloud.spec.Name.Value, cloud.write("molar_mass", molar), d.spec.Name.Value, toxin.Name, cloud.write("molar_mass", toxin.Molar))
	}
}

// idleWaypoints warns of what a person is to do on their way, and nothing comes of.
func (b *builder) idleWaypoints(d *dev) {
	id := d.spec.Name.Value
	_, warned := d.wiredTo("warned")
	opened := b.read(id, "opened")
	for _, e := range d.entries("path") {
		if is, ok := set(e.Value, "warned"); ok && !warned {
			b.Warnf(is.Span, "wire what warns them: `warned: {wired: alarm.horn}`", "nothing warns %s: they never go to %s", id, e.Key.Value)
		}
		for _, does := range []string{"opens", "closes"} {
			if is, ok := set(e.Value, does); ok && !opened {
				b.Warnf(is.Span, "wire a guard to it: `open_by: "+id+".opened`", "%s %s nothing: no guard is wired to %s.opened", id, does, id)
			}
		}
	}
	if is := d.given("opens_guards"); is.Value == "true" && !opened && !b.read(id, "tapes") {
		b.Warnf(is.Span, "wire a guard to it: `open_by: "+id+".opened`", "%s opens nothing: no guard is wired to %s.opened", id, id)
	}
}

// set returns where a flag of an entry is true.
func set(v syntax.Value, flag string) (syntax.Text, bool) {
	e, ok := v.Get(flag)
	return e.Value.Text, ok && e.Value.Text.Value == "true"
}

// read reports whether anything is wired to a signal of a device.
func (b *builder) read(id, signal string) bool {
	for _, d := range b.devs {
		for _, w := range d.inputs {
			if names(w.wiring.Source.Value, id, signal) {
				return true
			}
		}
	}
	return false
}

// overlaps refuses vehicles that are inside one another at the start.
func (b *builder) overlaps() {
	for _, d := range b.devs {
		text, ok := d.wiredTo("ahead")
		if !ok || !d.is("vehicle") {
			continue
		}
		id, signal, member, plain := splitPath(text.Value)
		other := b.byName[id]
		if !plain || signal != "rear" || member >= 0 || other == nil || !other.is("vehicle") || other.members > 1 || d.members > 1 {
			continue
		}
		front, ok1 := d.number("starts_at")
		of, ok2 := other.number("starts_at")
		length, ok3 := other.number("length")
		if rear := of - length; ok1 && ok2 && ok3 && front > rear {
			b.Errorf(d.given("starts_at").Span, "let "+d.spec.Name.Value+" start at "+d.write("starts_at", rear)+" or less, or "+id+" farther ahead",
				"%s starts inside %s: its front at %s is beyond the rear of %s at %s", d.spec.Name.Value, id, d.write("starts_at", front), id, d.write("starts_at", rear))
		}
	}
}

// is reports whether a device is of a kind of the library, and as it should be.
func (d *dev) is(kind string) bool { return d.kind != nil && d.kind.Name == kind && !d.broken }

// wiredTo returns what is wired to an input.
func (d *dev) wiredTo(input string) (syntax.Text, bool) {
	for _, w := range d.inputs {
		if w.name.Value == input && w.wiring.Source.Usable() {
			return w.wiring.Source, true
		}
	}
	return syntax.Text{}, false
}

// given is what stands after a key, or the name of the device where nothing does.
func (d *dev) given(key string) syntax.Text {
	for _, e := range d.spec.Params {
		if e.Key.Value == key {
			return e.Value.Text
		}
	}
	return syntax.Text{Span: d.spec.Name.Span}
}

// gives reports whether something stands after a key, be it a mistake.
func (d *dev) gives(key string) bool {
	return slices.ContainsFunc(d.spec.Params, func(e syntax.Entry) bool { return e.Key.Value == key })
}

// entries are those of a parameter that has some.
func (d *dev) entries(key string) []syntax.Entry {
	for _, e := range d.spec.Params {
		if e.Key.Value == key {
			return e.Value.Entries
		}
	}
	return nil
}

// parameter is the value of a parameter, as written, or its default.
func (d *dev) parameter(name string) string {
	if text := d.given(name); text.Value != "" {
		return text.Value
	}
	return d.kind.Parameter(name).Default
}

// number is the value of a parameter in SI.
func (d *dev) number(name string) (float64, bool) {
	v, err := d.kind.Parameter(name).Parse(d.parameter(name))
	x, ok := v.(float64)
	return x, ok && err == nil
}

// write writes a value of a parameter in its unit.
func (d *dev) write(name string, si float64) string {
	u := d.kind.Parameter(name).Unit
	return strconv.FormatFloat(u.FromSI(si), 'g', 6, 64) + " " + u.Symbol
}

// feeding are the devices of a kind whose signal an expression names.
func (b *builder) feeding(text syntax.Text, kind, signal string) (list []*dev) {
	for _, d := range b.devs {
		if d.is(kind) && names(text.Value, d.spec.Name.Value, signal) {
			list = append(list, d)
		}
	}
	return list
}

// names reports whether an expression names a signal of a device, or of a member of it.
func names(expression, id, signal string) bool {
	for from := 0; ; {
		i := strings.Index(expression[from:], id)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(id)
		rest := expression[from:]
		if strings.HasPrefix(rest, "[") {
			_, rest, _ = strings.Cut(rest, "]")
		}
		rest, ok := strings.CutPrefix(rest, "."+signal)
		if ok && (i == 0 || !inName(expression[i-1])) && (rest == "" || !inName(rest[0])) {
			return true
		}
	}
}

// inName reports whether a byte is one of a path.
func inName(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
