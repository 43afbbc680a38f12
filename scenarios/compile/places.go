package compile

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// place is where a device is in the plane.
func (b *builder) place(d *dev, from *syntax.LookPlace) *device.Spot {
	id := d.spec.Name.Value
	switch in := from.In; {
	case !in.Usable():
	case in.Value == id:
		b.Errorf(in.Span, "name the car, or the room, that it is in", "%s is in itself", id)
	case b.byName[in.Value] == nil:
		b.deviceNamed(in)
	default:
		return &device.Spot{In: in.Value}
	}
	return &device.Spot{X: b.metres(d, from.X), Y: b.metres(d, from.Y), Length: b.metres(d, from.Length), Width: b.metres(d, from.Width)}
}

// carried checks that what devices are in has a place of its own.
func (b *builder) carried() {
	for _, d := range b.devs {
		if d.broken || d.spec.Look == nil || d.spec.Look.Place == nil || !d.spec.Look.Place.In.Usable() {
			continue
		}
		in := d.spec.Look.Place.In
		if other := b.byName[in.Value]; other == nil || other.broken || in.Value == d.spec.Name.Value {
			continue
		}
		if at := b.sys.Look(in.Value).Place; at == nil || at.In != "" {
			b.Errorf(in.Span, "give it one: `look: {place: {x: 2 m}}`, or name another", "%s has no place of its own", in.Value)
		}
	}
}

// field adds a zone to those of a look, or changes what is said of the one that it has of
// that name.
func (b *builder) field(d *dev, look device.Look, from *syntax.LookZone) []device.Field {
	zones, z := slices.Clone(look.Zones), device.Field{Name: from.Name.Value}
	n := slices.IndexFunc(zones, func(x device.Field) bool { return x.Name == z.Name })
	if n >= 0 {
		z = zones[n]
	}
	set := func(to *device.Amount, t syntax.Text, read func(*dev, syntax.Text) device.Amount) {
		if t.Present() {
			*to = read(d, t)
		}
	}
	set(&z.X, from.X, b.metres)
	set(&z.Y, from.Y, b.metres)
	set(&z.Radius, from.Radius, b.metres)
	set(&z.Along, from.Along, b.metres)
	set(&z.Across, from.Across, b.metres)
	set(&z.Widens, from.Widens, b.metres)
	set(&z.While, from.While, b.flag)
	set(&z.Alarm, from.Alarm, b.flag)
	if len(from.Hazards) > 0 {
		z.Hazards = b.hazardsNamed(from.Hazards)
	}
	if from.Severity.Present() {
		z.Severity = int(b.severity(from.Severity))
		if len(z.Hazards) == 0 {
			b.Errorf(from.Severity.Span, "write `hazards: [...]`, with the hazards that harm so badly there", "nothing harms in the zone %s", z.Name)
		}
	}
	if n < 0 {
		b.formed(d, look, from)
		return append(zones, z)
	}
	zones[n] = z
	return zones
}

// formed checks that a zone that nobody else declares has a form and a place.
func (b *builder) formed(d *dev, look device.Look, from *syntax.LookZone) {
	sides := from.Along.Present() || from.Across.Present()
	switch {
	case from.Radius.Present() && sides:
		b.Errorf(from.Radius.Span, "leave out `radius:`, or `along:` and `across:`", "what has a radius is a circle, and has no sides")
	case from.Widens.Present() && from.Across.Present():
		b.Errorf(from.Across.Span, "leave out `across:`, or `widens:`", "what widens from a point on is no rectangle")
	case !from.Radius.Present() && !sides && !from.Widens.Present():
		b.Errorf(from.Name.Span, "write `radius: 1.2 m`, or `along:` and `across:`", "how large the zone %s is is not said", from.Name.Value)
	}
	if !from.X.Present() && (look.Place == nil || look.Place.In != "") {
		b.Errorf(from.Name.Span, "write where it is: `x: 2 m`", "%s has no place that the zone %s could be at", d.spec.Name.Value, from.Name.Value)
	}
}

// hazardsNamed checks that hazards are declared.
func (b *builder) hazardsNamed(list []syntax.Text) (names []string) {
	var known []string
	for i := range b.file.Hazards {
		known = append(known, b.file.Hazards[i].Name.Value)
	}
	for _, t := range list {
		if t.Usable() && !slices.Contains(known, t.Value) {
			b.Errorf(t.Span, choice("the hazards are", known, "declare it under `hazards:`"), "there is no hazard %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, known))
		}
		names = append(names, t.Value)
	}
	return names
}

// signalName is how a signal is written: of the device itself, or of another.
var signalName = regexp.MustCompile(`^[A-Za-z]\w*(\.[A-Za-z]\w*)?$`)

// beginsWithLetter finds what is no quantity.
var beginsWithLetter = regexp.MustCompile(`^[A-Za-z]`)

// flag is a signal that says whether something is so.
func (b *builder) flag(d *dev, t syntax.Text) device.Amount {
	if !t.Usable() {
		return device.Amount{}
	}
	id, name, sig := b.signalOf(d, t, t.Value, "")
	if sig == nil {
		return device.Amount{}
	}
	if sig.Type == signal.Hash {
		b.Errorf(t.Span, "name one that is a number, or true or false", "%s is a hash, which is never 0", name)
	}
	return device.Amount{Device: id, Signal: name, Times: 1}
}

// metres is a length: a quantity, a signal, or a signal times a quantity.
func (b *builder) metres(d *dev, t syntax.Text) device.Amount {
	if !t.Usable() {
		return device.Amount{}
	}
	text, factor, scaled := strings.Cut(t.Value, "*")
	text = strings.TrimSpace(text)
	if !signalName.MatchString(text) {
		if scaled || beginsWithLetter.MatchString(text) {
			b.Errorf(t.Span, "write it as `closing * 1 s`", "%s is no length, signal, or signal times a quantity", source.Quote(t.Value))
			return device.Amount{}
		}
		return device.Fixed(b.number(t, unit.Metre))
	}
	times := unit.Quantity{Value: 1, Unit: unit.One}
	if scaled {
		q, err := unit.ParseQuantity(strings.Trim(strings.TrimSpace(factor), `"`))
		if err != nil {
			b.Errorf(t.Span, "write it as `closing * 1 s`", "%s is no signal times a quantity", source.Quote(t.Value))
			return device.Amount{}
		}
		times = q
	}
	id, name, sig := b.signalOf(d, t, text, ", or write a length such as `2 m`")
	if sig == nil || math.IsInf(times.Value, 0) {
		return device.Amount{}
	}
	if sig.Type != signal.Number || sig.Unit.Dim.Mul(times.Unit.Dim) != unit.Metre.Dim {
		b.Errorf(t.Span, "name one that is a length, or multiply it: `speed * 1 s`", "%s is no length", t.Value)
	}
	return device.Amount{Device: id, Signal: name, Times: times.Value}
}

// signalOf finds a signal of the device itself, or of another: the name of that, or "", and
// its own. otherwise is what else may be written.
func (b *builder) signalOf(d *dev, t syntax.Text, path, otherwise string) (id, name string, sig *device.Signal) {
	own := d.spec.Name.Value
	id, name, other := strings.Cut(path, ".")
	if !other {
		id, name = own, path
	} else if b.byName[id] == nil {
		b.deviceNamed(syntax.Text{Value: id, Span: t.Span})
		return "", "", nil
	}
	if b.byName[id].broken {
		return "", "", nil
	}
	sym, ok := b.sys.Lookup(id, name)
	if !ok || sym.Signal == nil {
		names := b.sys.SignalNames(id, false)
		b.Errorf(t.Span, "name a signal of it, or of another device such as `arm.x`"+otherwise, "%s has no signal %s%s",
			id, source.Quote(name), source.DidYouMean(name, names))
		return "", "", nil
	}
	if id == own {
		id = ""
	}
	return id, name, sym.Signal
}
