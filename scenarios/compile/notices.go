package compile

import (
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
)

// alarmIn is the input by which a store hears that something was taken.
const alarmIn = "alarm"

// warned wires a store to what warns its owner that something was taken.
func (b *builder) warned(d *dev) {
	spec := d.store.spec.Notifies
	if spec == nil || !spec.On.Usable() {
		return
	}
	id, _, _, plain := splitPath(spec.On.Value)
	if !plain || b.byName[id] == nil {
		b.Errorf(spec.On.Span, "write it such as siem.alarm", "%s is no report of a device, which could be an alarm%s", source.Quote(spec.On.Value), source.DidYouMean(id, b.names()))
		return
	}
	_, shape, _ := b.look(spec.On.Value)
	d.store.twin.Warning = &data.Warning{
		Input: data.Input{Name: alarmIn, Type: shape.Type, Unit: shape.Unit, Labels: shape.Labels}, After: spec.After.Value,
	}
	d.inputs = append(d.inputs, wire{
		name: syntax.Text{Value: alarmIn, Span: spec.Key.Span}, wiring: syntax.Wiring{Source: spec.On}, apart: int32(data.Wired) + 1,
	})
}

// noticed has messages to somebody else bring the notices of a store: what comes to a device of its own owner, or
// waits at a broker, has told nobody yet.
func (b *builder) noticed(d *dev, w *wire, src *sim.Source) {
	path := w.of
	if path == "" {
		path = w.wiring.Source.Value
	}
	id, name, _, _ := splitPath(path)
	from := b.byName[id]
	if name != data.Breached || from == nil || from.store == nil || from.store.spec.Notifies == nil || d.broker != nil || src.Carries != 0 || src.Wired {
		return
	}
	if owner := from.spec.Owner; owner.Present() && d.spec.Owner.Present() && owner.Value == d.spec.Owner.Value {
		return
	}
	src.Carries = sim.Notice(from.store.index)
	from.store.informs = true
}

// unheard warns of stores whose notices of breaches come to nobody else.
func (b *builder) unheard() {
	if b.Err() != nil {
		return
	}
	for _, d := range b.devs {
		if d.store != nil && d.store.spec.Notifies != nil && !d.store.informs {
			name := d.spec.Name.Value
			b.Warnf(d.store.spec.Notifies.Key.Span, "wire it to a device of another owner: `inputs: {breach: "+name+"."+data.Breached+"}`",
				"nobody is told of breaches of %s: no device of somebody else hears %s.%s", name, name, data.Breached)
		}
	}
}
