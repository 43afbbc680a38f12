package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// looks gives devices the look that the file says they have.
func (b *builder) looks() {
	for _, d := range b.devs {
		if d.broken {
			continue
		}
		id := d.spec.Name.Value
		if d.spec.Is.Value == populationKind {
			b.sys.Show(id, device.Look{Icon: "crowd"})
		}
		if d.spec.Look != nil {
			b.sys.Show(id, b.depicted(d, d.spec.Look))
		}
	}
	b.carried()
}

// depicted is how a device looks: what the file does not say, its kind does, as far as
// the icon is that of the kind.
func (b *builder) depicted(d *dev, from *syntax.Look) device.Look {
	look := b.sys.Look(d.spec.Name.Value)
	if icon := from.Icon; icon.Usable() && icon.Value != look.Icon {
		look.Icon, look.Parts = icon.Value, nil
	}
	if !from.Icon.Present() && look.Icon == device.Box {
		b.Errorf(d.spec.Name.Span, "add `icon: tank` or another; harmproof doc look lists them", "the look of %s has no icon", d.spec.Name.Value)
	}
	for i := range from.Parts {
		look = b.part(d, look, from, &from.Parts[i])
	}
	if from.Place != nil {
		look.Place = b.place(d, from.Place)
	}
	for i := range from.Zones {
		look.Zones = b.field(d, look, &from.Zones[i])
	}
	ends := slices.ContainsFunc(from.Parts, func(p syntax.LookPart) bool { return device.Ranges(p.Part.Value) })
	for _, end := range []syntax.Text{from.From, from.To} {
		if end.Usable() && !ends {
			b.Errorf(end.Span, "write which signal it is of, such as `fill: level`", "from and to are the ends of a part, and no part is named that has any")
		}
	}
	return look
}

// part adds a part to a look, instead of the one that it had.
func (b *builder) part(d *dev, look device.Look, from *syntax.Look, p *syntax.LookPart) device.Look {
	if !p.Signal.Usable() {
		return look
	}
	id, name := d.spec.Name.Value, p.Signal.Value
	sym, ok := b.sys.Lookup(id, name)
	if !ok || sym.Signal == nil {
		names := b.sys.SignalNames(id, false)
		b.Errorf(p.Signal.Span, "name a signal of the device itself", "%s has no signal %s%s", id, source.Quote(name), source.DidYouMean(name, names))
		return look
	}
	low, high := 0.0, 0.0
	if device.Ranges(p.Part.Value) {
		if low, high, ok = b.ends(from, p, shapeOf(sym.Signal)); !ok {
			return look
		}
	} else {
		for _, end := range []syntax.Text{p.From, p.To} {
			if end.Present() {
				b.Errorf(end.Span, "leave it out", "%s has no ends", p.Part.Value)
			}
		}
	}
	look.Parts = slices.DeleteFunc(slices.Clone(look.Parts), func(q device.Part) bool { return q.Part == p.Part.Value })
	return look.Between(p.Part.Value, name, low, high)
}

// ends reads the values at which a part is at its ends: 0 and 1 of what has no unit, such
// as a share or a contact.
func (b *builder) ends(from *syntax.Look, p *syntax.LookPart, shape custom.Shape) (low, high float64, ok bool) {
	first, last := from.From, from.To
	if p.From.Present() || p.To.Present() {
		first, last = p.From, p.To
	}
	if shape.Type == signal.Hash {
		b.Errorf(p.Signal.Span, "name one that is a number, or true or false", "%s is a hash, which has no ends", p.Signal.Value)
		return 0, 0, false
	}
	if shape.Type != signal.Number {
		shape = custom.Shape{} // counted
	}
	if !last.Present() && !shape.Unit.Pure() {
		b.Errorf(p.Signal.Span, "add `to: "+"1 "+shape.Unit.Symbol+"`", "at which value of %s %s is at its end is not said", p.Signal.Value, p.Part.Value)
		return 0, 0, false
	}
	before := b.mistakes()
	low, high = b.number(first, shape.Unit), 1
	if last.Present() {
		high = b.number(last, shape.Unit)
	}
	if b.mistakes() > before {
		return 0, 0, false
	}
	if low == high {
		b.Errorf(p.Signal.Span, "write another value", "%s is at both ends at once", p.Part.Value)
		return 0, 0, false
	}
	return low, high, true
}
