package compile

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
)

// reaches are where the inputs of a twin are what they cannot be. What is written so is refused (canBe), but not what is
// computed or injected in a run. Those of which the twin says so itself, in words of its own, are left to it.
func (b *builder) reaches(d *dev, own []device.Range) (list []device.Range) {
	if d.kind == nil {
		return nil
	}
	for _, in := range b.sys.Inputs(d.spec.Name.Value) {
		if _, wired := d.wiredTo(in.Name); !wired || in.Reach == nil || d.still[in.Name] {
			continue
		}
		counted := in.Reach.Else
		if counted == "" {
			counted = "what follows from it is outside the model"
		}
		r := device.Range{
			What: "impossible " + in.Name, Signal: in.Name, Least: in.Reach.Least, Most: in.Reach.Most, Text: in.Reach.Why + "; " + counted,
		}
		if !slices.ContainsFunc(own, func(o device.Range) bool { return o.What == r.What }) {
			list = append(list, r)
		}
	}
	return list
}

// fromTwin reports whether an input is wired to what another twin of the library computes. That moves with
// what is integrated, so it is looked at where steps of that end: a peak that is shorter may be missed, and nothing is to be paid
// for where none is.
func (b *builder) fromTwin(d *dev, input string) bool {
	text, _ := d.wiredTo(input)
	id, _, _, plain := splitPath(text.Value)
	from := b.byName[id]
	return plain && from != nil && from.kind != nil
}
