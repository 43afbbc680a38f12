package compile

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
)

// splitPath reads "tower.level" or "drive[3].speed"; member is -1 where there is
// none.
func splitPath(path string) (id, name string, member int, ok bool) {
	id, name, ok = strings.Cut(strings.TrimSpace(path), ".")
	member = -1
	if head, index, has := strings.Cut(id, "["); ok && has {
		n, err := strconv.Atoi(strings.TrimSuffix(index, "]"))
		if err != nil || n < 0 || !strings.HasSuffix(index, "]") {
			return "", "", -1, false
		}
		id, member = head, n
	}
	return id, name, member, ok && isName(id) && isName(name)
}

func isName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return s != ""
}

// wiring wires every input of every device.
func (b *builder) wiring() {
	for _, d := range b.devs {
		if d.broken {
			b.wiringOfBroken(d)
			continue
		}
		given := map[string]bool{}
		for _, w := range d.inputs {
			given[w.name.Value] = true
			mistakes := b.mistakes()
			b.wire(d, w)
			if !w.wiring.Source.Usable() || b.mistakes() > mistakes {
				d.miswired(w.name.Value)
			}
		}
		for _, in := range b.sys.Inputs(d.spec.Name.Value) {
			if !given[in.Name] {
				b.unwired(d, in)
			}
		}
	}
}

func (b *builder) unwired(d *dev, in device.Signal) {
	if b.sys.Unwired(d.spec.Name.Value, in.Name) == nil {
		return
	}
	b.needs(d, in)
}

// candidate is a signal that an input could be wired to.
func (b *builder) candidate(in device.Signal) string {
	for _, id := range b.sys.DeviceNames() {
		for _, name := range b.sys.SignalNames(id, false) {
			sym, _ := b.sys.Lookup(id, name)
			if sym.Signal == nil || sym.Signal.Role.Listens() || sym.Signal.Type != in.Type || !sym.Signal.Unit.SameDim(in.Unit) {
				continue
			}
			if (in.Role == device.RoleInput) == sym.Signal.Role.Physical() && sym.Signal.Role != device.RoleTunable {
				return id + "." + name
			}
		}
	}
	return "DEVICE.SIGNAL"
}

func (b *builder) wire(d *dev, w wire) {
	text := w.wiring.Source
	if !text.Usable() {
		return
	}
	id, name, member, plain := splitPath(text.Value)
	if b.misnamed(text.Value) {
		return
	}
	if !plain {
		b.wireExpression(d, w)
		return
	}
	if !b.signalExists(text, id, name) {
		b.toBroken(b.inputOf(d, w.name.Value), w)
		return
	}
	if b.byName[id].hides(name) || b.onlyBySubscription(&w, id, name) {
		return
	}
	if from := b.byName[id]; w.perSecond == 0 && from != nil && from.rate != nil {
		b.Errorf(text.Span, "leave out `as_rate: true` of "+id, "%s has no single messages, and only stores take in what comes as a rate", id)
		return
	}
	src := sim.Source{Device: id, Signal: name, Member: member, Wired: w.wiring.Wired, Poll: w.wiring.Every.Value, Subscription: w.how, Gathers: w.gathers, Carries: w.carries, PerSecond: w.perSecond, Apart: w.apart}
	b.noticed(d, &w, &src)
	if err := b.sys.Wire(d.spec.Name.Value, w.name.Value, src); err != nil {
		b.wireError(text, err)
		return
	}
	b.path(d, w, id)
}

// misnamed reports whether a path begins with a device whose name is a mistake
// that was reported.
func (b *builder) misnamed(path string) bool {
	id, _, _ := strings.Cut(strings.TrimSpace(path), ".")
	d := b.byName[id]
	return d != nil && d.spec.Name.Broken
}

func (b *builder) wireError(text syntax.Text, err error) {
	var e *sim.WireError
	if errors.As(err, &e) {
		b.Errorf(text.Span, e.Fix, "%s", e.Cause)
		return
	}
	b.Errorf(text.Span, "", "%v", err)
}

// path checks that a message finds a way.
func (b *builder) path(d *dev, w wire, from string) {
	for _, in := range b.sys.Inputs(d.spec.Name.Value) {
		if in.Name != w.name.Value || in.Role != device.RoleTold || w.wiring.Wired {
			continue
		}
		q := b.requestOf(from, d.spec.Name.Value, w.verb())
		if q.Objects = []string{d.spec.Name.Value + "." + in.Name}; q.Reply {
			q.Objects[0] = w.wiring.Source.Value
		}
		path, err := b.sys.Router().Route(q)
		if err != nil {
			fix := "add a conduit that joins the zones"
			if strings.Contains(err.Error(), "is in no zone") {
				fix = "put it into a zone"
			}
			b.Errorf(w.wiring.Source.Span, fix+", or write {wired: "+w.wiring.Source.Value+"} where it is copper", "%v", err)
		} else if path.Blocked == "" {
			path.Blocked = w.how.Denied
		}
		if path.Blocked != "" {
			b.Warnf(w.wiring.Source.Span, b.unblock(d, w, from, &q), "%s is never told this: %s", d.spec.Name.Value, path.Blocked)
		}
	}
}

// unblock says what helps where a message is stopped: what cannot be asked for may
// still be told, such as over a diode.
func (b *builder) unblock(d *dev, w wire, from string, q *network.Request) string {
	told := b.requestOf(from, d.spec.Name.Value, network.Write)
	told.Objects = []string{d.spec.Name.Value + "." + w.name.Value}
	if path, err := b.sys.Router().Route(told); q.Reply && w.how.Topic == "" && err == nil && path.Blocked == "" {
		return "let " + from + " tell it: write `" + w.name.Value + ": " + w.wiring.Source.Value + "`, the path alone"
	}
	return "let it pass, or leave the wiring out"
}

// signalExists reports whether a path names a signal, else says what is wrong
// unless that is known already.
func (b *builder) signalExists(text syntax.Text, id, name string) bool {
	d := b.byName[id]
	if d == nil {
		b.missing(text, b.noDevice(id))
		return false
	}
	if names, certain := d.lacks(name, false); d.broken && certain {
		b.hasNoSignal(text, d, name, names)
	}
	if d.broken {
		return false
	}
	if sym, ok := b.sys.Lookup(id, name); ok && sym.Signal != nil {
		return true
	}
	b.hasNoSignal(text, d, name, b.sys.SignalNames(id, false))
	return false
}

func (b *builder) hasNoSignal(text syntax.Text, d *dev, name string, names []string) {
	b.Errorf(text.Span, choice("it has", names, "it has none: name a signal of another device"), "%s (%s) has no signal %s%s", d.spec.Name.Value, d.spec.Is.Value, source.Quote(name), source.DidYouMean(name, names))
}

// list joins names for a message.
func list(names []string) string {
	names = slices.Clone(names)
	slices.Sort(names)
	if len(names) > 12 {
		return strings.Join(names[:12], ", ") + fmt.Sprintf(" and %d more", len(names)-12)
	}
	return strings.Join(names, ", ")
}

func (b *builder) wireExpression(d *dev, w wire) {
	text := w.wiring.Source
	var want *expression.Want
	var input device.Signal
	if in := b.inputOf(d, w.name.Value); in != nil {
		input, want = *in, &expression.Want{Type: in.Type, Unit: in.Unit, Labels: in.Labels}
	}
	b.suppose()
	e, errs := expression.Value(text.Value, want, b)
	if !b.certain(text, errs) || !b.canBe(d.spec.Name.Value, &input, text, &e) {
		return
	}
	b.Compiled[expression.Wiring]++
	if err := b.sys.Wire(d.spec.Name.Value, w.name.Value, sim.Source{Expression: &e, Member: -1, Wired: w.wiring.Wired, Poll: w.wiring.Every.Value}); err != nil {
		b.wireError(text, err)
	}
	if e.Constant {
		if d.still == nil {
			d.still = map[string]bool{}
		}
		d.still[w.name.Value] = true
	}
}

// explain reports the mistakes of an expression, but for those that only follow
// from a device that has a mistake already.
func (b *builder) explain(text syntax.Text, errs []expression.Error) {
	kept := errs[:0:0]
	for _, e := range errs {
		if e.Message != known {
			kept = append(kept, e)
		}
	}
	b.Add(custom.Explain(text, kept)...)
}
