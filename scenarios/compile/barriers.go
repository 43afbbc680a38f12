package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/outbreak"
)

// A fortress is what barriers that are raised make of a system beyond what stands in its
// tree. A host that they shut stays a host, and what they stop is still tried: so the
// luck of others does not depend on them.
type fortress struct {
	raised  bool
	walled  map[string]bool    // devices that run only what is signed
	listed  map[string]bool    // devices that run only what they know
	patched map[[2]string]bool // a device and a weakness
	removed map[string]bool    // credentials
	gone    uint64             // the same, numbered
	lost    map[string]uint64  // those by who held them

	filtered map[string]bool   // conduits that a barrier filters
	first    map[string]string // the zone from which a conduit that became a diode led
	guarded  map[string]bool   // devices whose carriers a barrier says
}

// fortify raises the barriers of the options.
func (b *builder) fortify() {
	b.fortress = fortress{
		raised: len(b.Raise) > 0 || b.Adapted, walled: map[string]bool{}, listed: map[string]bool{}, patched: map[[2]string]bool{}, removed: map[string]bool{}, lost: map[string]uint64{},
		filtered: map[string]bool{}, first: map[string]string{}, guarded: map[string]bool{},
	}
	if !b.raised {
		return
	}
	s := &b.file.System
	s.Devices, s.Conduits = slices.Clone(s.Devices), slices.Clone(s.Conduits)
	for _, kind := range []string{"filter", "diode", "close", "patch", "media", "signed_only", "allow_list", "remove", "check"} {
		for i := range b.file.Barriers {
			if barrier := &b.file.Barriers[i]; barrier.Kind.Value == kind && slices.Contains(b.Raise, barrier.Name.Value) {
				b.raise(barrier)
			}
		}
	}
}

// raise raises one barrier.
func (b *builder) raise(barrier *syntax.Barrier) {
	s := &b.file.System
	names := values(barrier.What)
	for i := range s.Conduits {
		if c := &s.Conduits[i]; slices.Contains(names, c.Name.Value) {
			b.obstruct(c, barrier)
		}
	}
	for i := range s.Devices {
		d := &s.Devices[i]
		id := d.Name.Value
		switch on := len(barrier.On) == 0 || slices.Contains(values(barrier.On), id); barrier.Kind.Value {
		case "patch":
			for _, w := range names {
				b.patched[[2]string{id, w}] = b.patched[[2]string{id, w}] || on
			}
		case "signed_only":
			b.walled[id] = b.walled[id] || slices.Contains(names, id)
		case "allow_list":
			b.listed[id] = b.listed[id] || slices.Contains(names, id)
		case "media":
			if slices.Contains(names, id) {
				h := syntax.Hardening{Span: barrier.Name.Span}
				if d.Hardening != nil {
					h = *d.Hardening
				}
				h.Media = allowed(h.Media, barrier.Allow, b.guarded[id])
				d.Hardening, b.guarded[id] = &h, true
			}
		}
	}
	switch barrier.Kind.Value {
	case "remove":
		for _, name := range names {
			b.removed[name] = true
		}
	case "check":
		for _, name := range names {
			device, check, _ := strings.Cut(name, "/")
			b.Measures = append(b.Measures, Measure{Device: device, Check: check})
		}
	}
}

// obstruct lets less pass a conduit. The first filter takes the place of the rules that it
// has, others stand behind it.
func (b *builder) obstruct(c *syntax.Conduit, barrier *syntax.Barrier) {
	name := c.Name.Value
	switch barrier.Kind.Value {
	case "close":
		c.Filtered, c.Rules = true, nil
	case "filter":
		rules := slices.Clone(barrier.Rules)
		switch {
		case b.filtered[name] && (len(c.Rules) == 0 || len(rules) == 0):
			rules = nil
		case b.filtered[name]:
			rules[0].Further = true
			rules = slices.Concat(c.Rules, rules)
		}
		c.Filtered, c.Rules, b.filtered[name] = true, rules, true
	case "diode":
		b.direct(c, barrier.From.Value)
		c.Diode = syntax.Bool{Text: barrier.Kind, Value: true}
	}
}

// direct has a conduit lead from one zone only, by itself the first that it joins. One
// that leads from another one already lets nothing pass.
func (b *builder) direct(c *syntax.Conduit, from string) {
	name := c.Name.Value
	if b.first[name] == "" && len(c.Joins) > 0 {
		b.first[name] = c.Joins[0].Value
	}
	if from == "" {
		from = b.first[name]
	}
	i := slices.Index(values(c.Joins), from)
	switch {
	case i <= 0:
	case c.Diode.Value:
		c.Filtered, c.Rules = true, nil
	default:
		first := c.Joins[i]
		c.Joins = slices.Insert(slices.Delete(slices.Clone(c.Joins), i, i+1), 0, first)
	}
}

// allowed lists the carriers that a device takes: what a barrier allows, and those before.
func allowed(was, allow []syntax.Text, guarded bool) []syntax.Text {
	return slices.DeleteFunc(append([]syntax.Text{}, allow...), func(t syntax.Text) bool {
		return guarded && !slices.Contains(values(was), t.Value)
	})
}

func values(list []syntax.Text) (names []string) {
	for _, t := range list {
		names = append(names, t.Value)
	}
	return names
}

// shut makes an opening of a device one that is closed from the start where the device,
// or a barrier that is raised, lets run only what it knows or what is signed. It stays a
// host: what is tried there is still tried.
func (b *builder) shut(v *syntax.Vector, d *dev, open outbreak.Opening) outbreak.Opening {
	id, h := d.spec.Name.Value, d.spec.Hardening
	if h == nil {
		h = &syntax.Hardening{}
	}
	switch {
	case h.AllowList.Value || b.listed[id],
		(h.Signed.Value || b.walled[id]) && !v.Signed.Value,
		len(v.Login) == 0 && b.patched[[2]string{id, v.Name.Value}]:
		open.Until, open.Over = 0, 0
	}
	return open
}

// shutBy says by vector what keeps a device that would be open to it from ever being so, as
// what stops malware there; -1 where nothing does.
func (b *builder) shutBy(s *strain, d *dev, open []outbreak.Opening) (by []int32) {
	id, h := d.spec.Name.Value, d.spec.Hardening
	if h == nil {
		h = &syntax.Hardening{}
	}
	for k := range open {
		v, stop := &s.spec.Spreads[k], int32(-1)
		switch {
		case open[k].Share == 0 || !shut(open[k]):
		case h.AllowList.Value || b.listed[id]:
			stop = s.barrier("allow-list-"+id, "%s runs only what it knows", id)
		case (h.Signed.Value || b.walled[id]) && !v.Signed.Value:
			stop = s.barrier("signed-only-"+id, "%s runs only what is signed", id)
		default:
			stop = s.barrier("patch-"+id, "%s is patched against %s", id, v.Name.Value)
		}
		by = append(by, stop)
	}
	return by
}

// barriers checks what barriers name.
func (b *builder) barriers() {
	for i := range b.file.Barriers {
		barrier := &b.file.Barriers[i]
		switch barrier.Kind.Value {
		case "patch":
			b.patches(barrier)
		case "close", "filter", "diode":
			b.obstructs(barrier)
		case "media", "signed_only", "allow_list":
			for _, t := range barrier.What {
				b.deviceNamed(t)
			}
			b.carriersNamed(barrier.Allow)
		case "remove":
			b.secretsOf(barrier.What)
		case "check":
			for _, t := range barrier.What {
				b.checkNamed(t)
			}
		}
	}
}

// patches checks that there is something to patch.
func (b *builder) patches(barrier *syntax.Barrier) {
	for _, t := range barrier.On {
		b.deviceNamed(t)
	}
	for _, w := range barrier.What {
		var all, where []string
		for _, d := range b.devs {
			for i := range d.spec.Weaknesses {
				name := d.spec.Weaknesses[i].Name.Value
				if name == w.Value {
					where = append(where, d.spec.Name.Value)
				}
				if !slices.Contains(all, name) {
					all = append(all, name)
				}
			}
		}
		if len(where) == 0 && w.Usable() {
			b.Errorf(w.Span, choice("the weaknesses are", all, "leave the barrier out"), "no device has the weakness %s, so there is nothing to patch%s",
				source.Quote(w.Value), source.DidYouMean(w.Value, all))
			continue
		}
		for _, t := range barrier.On {
			if b.byName[t.Value] != nil && !slices.Contains(where, t.Value) {
				b.Errorf(t.Span, "leave it out; those that have it are "+list(where), "%s does not have the weakness %s", t.Value, w.Value)
			}
		}
	}
}

// obstructs checks the conduits of a barrier, and its rules.
func (b *builder) obstructs(barrier *syntax.Barrier) {
	var conduits []string
	for _, c := range b.file.System.Conduits {
		conduits = append(conduits, c.Name.Value)
	}
	for _, t := range barrier.What {
		i := slices.Index(conduits, t.Value)
		if i < 0 {
			if t.Usable() {
				b.Errorf(t.Span, choice("the conduits are", conduits, "there is none"), "there is no conduit %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, conduits))
			}
			continue
		}
		joins := values(b.file.System.Conduits[i].Joins)
		if from := barrier.From; from.Usable() && !slices.Contains(joins, from.Value) {
			b.Errorf(from.Span, "it joins "+list(joins), "%s does not begin at %s", t.Value, source.Quote(from.Value))
		}
	}
	for i := range barrier.Rules {
		b.rule(&barrier.Rules[i])
	}
}

// carriersNamed checks names of what people carry.
func (b *builder) carriersNamed(names []syntax.Text) {
	var carriers []string
	for _, c := range b.file.System.Carriers {
		carriers = append(carriers, c.Name.Value)
	}
	for _, t := range names {
		if t.Usable() && t.Value != "none" && !slices.Contains(carriers, t.Value) {
			b.Errorf(t.Span, choice("the carriers are", carriers, "there is none"), "there is no carrier %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, carriers))
		}
	}
}

// checkNamed checks that a device has a check that is off, or could have it.
func (b *builder) checkNamed(t syntax.Text) {
	if !t.Usable() {
		return
	}
	device, name, ok := strings.Cut(t.Value, "/")
	if !ok {
		b.Errorf(t.Span, "write `check: plc/the-name-of-a-check`", "%s does not say which check of which device", source.Quote(t.Value))
		return
	}
	if !b.deviceNamed(syntax.Text{Value: device, Span: t.Span}) {
		return
	}
	d := b.byName[device]
	names := []string{MeasureAuthenticate, MeasureFresh, MeasureAuthorise}
	if slices.Contains(names, name) {
		return
	}
	for i := range d.spec.Checks {
		switch c := &d.spec.Checks[i]; {
		case checkName(d.spec.Checks, i) != name:
		case !c.Off.Value:
			b.Errorf(t.Span, "add `off: true` to it, so that it is only possible", "%s is switched on already", source.Quote(t.Value))
			return
		default:
			return
		}
		if d.spec.Checks[i].Off.Value {
			names = append(names, checkName(d.spec.Checks, i))
		}
	}
	b.Errorf(t.Span, device+" could have "+list(names), "%s has no check %s that is off%s", device, source.Quote(name), source.DidYouMean(name, names))
}
