package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// release puts a malware on a host, from where it spreads by itself.
func (r *reader) release() {
	b := r.b
	t, ok := r.must("malware", "worm")
	if !ok {
		r.text("on")
		return
	}
	var names []string
	at := -1
	for i, s := range b.malware {
		names = append(names, s.model.Name)
		if s.model.Name == t.Value {
			at = i
		}
	}
	on, given := r.text("on")
	if at < 0 && b.Broken && len(names) == 0 {
		r.stopped = true
		return
	}
	if at < 0 {
		b.Errorf(t.Span, choice("the malware is", names, "declare it under system: `malware: {"+t.Value+": {spreads: {...}}}`"), "there is no malware %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
		r.stopped = true
		return
	}
	if !given {
		on = r.step.syntax.From
	}
	if !given && r.used["on"] {
		return // reported
	}
	if !on.Present() {
		b.Errorf(r.step.syntax.Kind.Span, "add `on:` and a device or a carrier", "release needs to say on which host it begins")
		return
	}
	s := b.malware[at]
	if s.broken || !on.Usable() {
		r.stopped = true
		return
	}
	class, known := s.byName[on.Value]
	if !known && !(b.Broken && len(b.carriers()) == 0) {
		names := append(b.carriers(), b.names()...)
		b.Errorf(on.Span, choice("it can be on", s.hostNames(), "name a device or a carrier"), "there is no device and no carrier %s%s", source.Quote(on.Value), source.DidYouMean(on.Value, names))
	}
	if !known {
		r.stopped = true
		return
	}
	if f, earned := r.footing(); earned && s.sim.Devices[class] != r.name(f.At) {
		b.Errorf(on.Span, "write `on: "+r.name(f.At)+"`, and let it spread from there", "a release from %s is one on %s", r.name(f.At), r.name(f.At))
	}
	r.step.Target = t.Value
	r.step.Summary = "release " + t.Value + " on " + on.Value
	r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.LocalOp, Deed: inject.ReleaseDeed, Unit: at, Flow: class})
	from := vtime.Never
	if r.step.syntax.At.Present() {
		from = r.step.Time
	}
	s.released = append(s.released, release{at: on.Span, class: class, from: from})
}

// hostNames lists what a malware can be on.
func (s *strain) hostNames() (names []string) {
	for i := range s.model.Classes {
		names = append(names, s.model.Classes[i].Name)
	}
	return names
}

// deviceNames lists the devices that it can be on, one by one.
func (s *strain) deviceNames() []string {
	return slices.DeleteFunc(s.hostNames(), func(name string) bool {
		c := &s.model.Classes[s.byName[name]]
		return c.Carrier || c.Count > 1
	})
}
