package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// scanTime is how long one host takes that is scanned: patient, so as not to be
// seen.
const scanTime = 100 * vtime.Millisecond

// scan finds devices: one, or all of a zone.
func (r *reader) scan() {
	f, ok := r.earn()
	if !ok {
		return
	}
	var targets []string
	if zone, given := r.text("zone"); given {
		targets = r.b.devicesOf(zone)
		r.step.Target = zone.Value
	} else if to, given := r.toward(f, "to"); given {
		targets = []string{to.spec.Name.Value}
		f.Target = -1 // it need not be known
	}
	for _, id := range targets {
		if id != r.name(f.At) {
			r.message(f, r.b.byName[id], sim.Send{Verb: network.Scan, Gains: inject.Gains{Device: int32(r.b.sys.Rank(id)), Known: true}})
		}
	}
	f.Takes = scanTime * vtime.Duration(len(targets))
	r.step.Summary = "scan " + r.step.Target
}

// devicesOf lists the devices of a zone.
func (b *builder) devicesOf(zone syntax.Text) []string {
	for _, z := range b.sys.Topology.Zones {
		if z.Name == zone.Value {
			return z.Devices
		}
	}
	names := b.zoneNames()
	b.Errorf(zone.Span, choice("the zones are", names, "there are none: name a device with to:"), "there is no zone %s%s", source.Quote(zone.Value), source.DidYouMean(zone.Value, names))
	return nil
}

// connect tries whether a device answers, once or again and again.
func (r *reader) connect() {
	f, ok := r.earn()
	if !ok {
		return
	}
	to, ok := r.toward(f, "to")
	if !ok {
		return
	}
	send := sim.Send{Verb: network.Read}
	if t, given := r.text("verb"); given {
		send.Verb, _ = r.b.verb(t)
	}
	r.step.Summary = "connect to " + r.step.Target
	if every, given := r.duration("every", false, "1h"); given {
		if every <= 0 {
			r.b.Errorf(r.step.syntax.Kind.Span, "write `every: 1h`, or leave it out", "what is tried again and again needs some time between")
			return
		}
		send.Period = every
		r.step.Summary += " every " + param(r.step.syntax.Params, "every")
	}
	r.message(f, to, send)
}

// login opens a session on a device, with what the attacker holds, with what the
// maker ships, or by guessing.
func (r *reader) login() {
	f, to, ok := r.against("to")
	if !ok {
		return
	}
	proof := uint64(0) // what it comes to know by this
	with, _ := r.text("with")
	accepted := r.b.secretsNamed(to.spec.Remote) &^ r.b.gone
	switch {
	case len(to.spec.Remote) == 0:
		r.blocked(f, noService, "nobody can log in at %s from afar", r.step.Target)
	case accepted == 0:
		r.blocked(f, "credential", "%s takes nothing any more that anybody holds", r.step.Target)
	}
	switch with.Value {
	case "", "given", "stolen":
		f.Wants = accepted
	case "default":
		if proof = r.b.shipped(accepted); proof == 0 {
			r.blocked(f, "credential", "%s does not take what its maker ships", r.step.Target)
		}
	case "brute-force":
		proof = r.guess(f, accepted, to)
	default:
		f.Wants = accepted & r.b.secretsOf([]syntax.Text{with})
		if f.Wants == 0 && r.b.secretsOf([]syntax.Text{with}) != 0 {
			r.blocked(f, "credential", "%s does not take %s", r.step.Target, with.Value)
		}
	}
	r.message(f, to, sim.Send{
		Verb: network.Login, Bears: proof, Gains: inject.Gains{Device: f.Target, Session: true, Credentials: proof},
	})
	r.step.Summary = "log in at " + r.step.Target
}

// anySecret reports whether one of a set of credentials is so.
func (b *builder) anySecret(set uint64, is func(c *syntax.Credential) bool) bool {
	for i := range b.file.System.Credentials {
		if i < maxCredentials && set&(1<<i) != 0 && is(&b.file.System.Credentials[i]) {
			return true
		}
	}
	return false
}

// shipped returns those of a set of credentials that the maker ships.
func (b *builder) shipped(set uint64) (known uint64) {
	b.anySecret(set, func(c *syntax.Credential) bool {
		if c.Default.Value {
			known |= 1 << b.secrets[c.Name.Value]
		}
		return false
	})
	return known
}

// guess makes a login take as long as guessing does: as many as the easiest
// password needs, at the rate of the attacker or of what the device lets pass. It
// returns that password.
func (r *reader) guess(f *inject.Footing, accepted uint64, to *dev) (found uint64) {
	period, given := r.duration("every", false, "")
	guesses := int64(0)
	r.b.anySecret(accepted, func(c *syntax.Credential) bool {
		n := int64(defaultGuesses)
		if c.Guesses.Usable() {
			n = c.Guesses.Value
		}
		if c.Kind.Value == "password" && (guesses == 0 || n < guesses) {
			guesses, found = n, 1<<r.b.secrets[c.Name.Value]
		}
		return false
	})
	if guesses == 0 {
		r.blocked(f, "credential", "%s takes only keys, which cannot be guessed", r.step.Target)
		return 0
	}
	if !given {
		period = 100 * vtime.Millisecond
	}
	if period <= 0 {
		r.b.Errorf(r.step.syntax.Kind.Span, "write `every: 100ms`", "a guess takes some time")
		return 0
	}
	if limit, by := r.b.loginLimit(to); limit > period {
		period, f.Slowed = limit, by
	}
	if guesses > int64(vtime.Never)/int64(period) {
		r.blocked(f, "rate-limit", "guessing at %s would take longer than any run", r.step.Target)
		return 0
	}
	f.Takes = vtime.Duration(guesses) * period
	return found
}

// exploit uses a declared weakness of a device to act from there.
func (r *reader) exploit() {
	f, to, ok := r.against("to")
	if !ok {
		return
	}
	example := "ms10-061"
	if len(to.spec.Weaknesses) > 0 {
		example = to.spec.Weaknesses[0].Name.Value
	}
	t, ok := r.must("weakness", example)
	if !ok {
		return
	}
	i := slices.IndexFunc(to.spec.Weaknesses, func(w syntax.Weakness) bool { return w.Name.Value == t.Value })
	if i < 0 {
		var names []string
		for _, w := range to.spec.Weaknesses {
			names = append(names, w.Name.Value)
		}
		r.b.Errorf(t.Span, choice("it has", names, "declare it at the device: `weaknesses: {"+t.Value+": {}}`"), "%s has no weakness %s%s", r.step.Target, source.Quote(t.Value), source.DidYouMean(t.Value, names))
		return
	}
	w := &to.spec.Weaknesses[i]
	if f.Patched = timeOr(w.Patched, vtime.Never).Add(w.Over.Value); r.b.closed(r.step.Target, w) {
		r.blocked(f, "patch", "%s is patched against %s", r.step.Target, t.Value)
	}
	f.Wants = r.b.secretsNamed(w.Needs)
	send := sim.Send{Verb: network.Write, Gains: inject.Gains{Device: f.Target, Foothold: true}, Protocol: r.b.speaks(r.step.Target)}
	if w.Via.Usable() {
		send.Protocol, _ = network.ParseProtocol(w.Via.Value)
	}
	send.Spoken = true
	if w.Verb.Usable() {
		send.Verb, _ = network.ParseVerb(w.Verb.Value)
	}
	r.message(f, to, send)
	r.step.Summary = "exploit " + t.Value + " of " + r.step.Target
}

// pivot goes on from a device on which there is a session.
func (r *reader) pivot() {
	if f, ok := r.earn(); ok {
		if to, ok := r.toward(f, "to"); ok {
			f.Session = true
			r.message(f, to, sim.Send{Verb: network.Login, Gains: inject.Gains{Device: f.Target, Foothold: true}})
			r.step.Summary = "go on from " + r.step.Target
		}
	}
}

// sniff listens to what passes: who talks to whom, and what is not encrypted.
func (r *reader) sniff() {
	f, ok := r.earn()
	if !ok {
		return
	}
	sel := r.selection()
	if sel == nil {
		return
	}
	if r.step.For == 0 {
		r.b.Errorf(r.step.syntax.Kind.Span, "add `for: 1m`", "sniff needs to say how long it listens")
	}
	r.onNetwork(f)
	sel.Sniff, sel.At = true, r.name(f.At)
	r.step.Disturb = append(r.step.Disturb, *sel)
	r.step.Summary = "sniff on " + sel.At
}

// download writes a program and settings into a device.
func (r *reader) download() {
	f, ok := r.footing()
	if !ok {
		if !r.step.syntax.From.Present() {
			r.earn()
		}
		return
	}
	to, ok := r.toward(f, "to")
	if !ok {
		return
	}
	send := sim.Send{Verb: network.Download}
	entry, given := r.entry("set")
	if !given {
		r.b.Errorf(r.step.syntax.Kind.Span, "add `set: {"+r.settable(to)+"}`", "download needs to say which settings become what")
		return
	}
	var words []string
	for _, e := range entry.Value.Entries {
		sym, ok := r.writable(to, e.Key)
		if !ok {
			continue
		}
		x, ok := r.value(e.Value.Text, shapeOf(sym.Signal))
		if !ok {
			continue
		}
		send.Signals, send.Values = append(send.Signals, e.Key.Value), append(send.Values, x)
		words = append(words, e.Key.Value+" = "+e.Value.Text.Value)
	}
	if len(entry.Value.Entries) == 0 {
		r.b.Errorf(entry.Key.Span, "write `set: {trip: 400 K}` with a setting of "+r.step.Target, "a download brings something")
	}
	if r.step.For > 0 {
		r.b.Errorf(r.step.syntax.For.Span, "leave it out, and add a step that downloads it back", "what a download brings stays: it has no end")
	}
	r.step.Summary = fmt.Sprintf("download to %s: %s", r.step.Target, strings.Join(words, ", "))
	r.write(f, to, send)
}

// settable is something that a download could write, as an example.
func (r *reader) settable(to *dev) string {
	for _, name := range append(r.settings(to.spec.Name.Value), r.b.sys.SignalNames(to.spec.Name.Value, false)...) {
		sym, _ := r.b.sys.Lookup(to.spec.Name.Value, name)
		switch {
		case sym.Signal == nil || !canBeWritten(sym.Signal.Role):
		case sym.Signal.Type == signal.Bool:
			return name + ": true"
		default:
			return strings.TrimSpace(name + ": 1 " + sym.Signal.Unit.Symbol)
		}
	}
	return "..."
}

// writable looks up what a message can write: an input that is told, or a setting.
func (r *reader) writable(to *dev, name syntax.Text) (sim.Symbol, bool) {
	id := to.spec.Name.Value
	if !r.b.signalExists(name, id, name.Value) {
		return sim.Symbol{}, false
	}
	sym, _ := r.b.sys.Lookup(id, name.Value)
	if !r.reachable(name.Span, id, name.Value, sym.Signal.Role) {
		return sym, false
	}
	return sym, true
}

// flood sends more than a link or a device can take.
func (r *reader) flood() {
	if _, many := r.text("malware"); many {
		r.botnet()
		return
	}
	f, to, ok := r.against("to")
	if !ok {
		return
	}
	every, ok := r.duration("every", true, "100us")
	if !ok {
		return
	}
	if every <= 0 {
		r.b.Errorf(r.step.syntax.Kind.Span, "write `every: 100us`", "a flood needs some time between its messages")
		return
	}
	send := sim.Send{Verb: network.Write, Period: every, Flood: true}
	if t, given := r.text("size"); given {
		send.Bytes = int32(min(r.b.size(t), 65535))
	}
	r.message(f, to, send)
	r.step.Summary = fmt.Sprintf("flood %s, one message every %s", r.step.Target, vtime.Shortest(every))
}

// wipe clears the log of a device.
func (r *reader) wipe() { r.deed(inject.WipeDeed, "wipe the log of ") }

// forge writes into the log of a device what was not.
func (r *reader) forge() { r.deed(inject.ForgeDeed, "forge the log of ") }

func (r *reader) deed(deed inject.Deed, words string) {
	f, to, ok := r.against("device")
	if !ok {
		return
	}
	if to.spec.Log == nil {
		r.b.Errorf(r.step.syntax.Kind.Span, "add `log: {keep: 1000}` to "+r.step.Target, "%s keeps no log", r.step.Target)
		return
	}
	f.Session = true
	r.message(f, to, sim.Send{Verb: network.Wipe, Deed: deed})
	r.step.Summary = words + r.step.Target
}

// suppress keeps an alarm, or whatever is true or false, from those it is told.
func (r *reader) suppress() {
	t, ok := r.report()
	if !ok {
		return
	}
	if t.sym.Signal.Type != signal.Bool {
		r.b.Errorf(t.text.Span, "use `attack: spoof` with a value", "%s is no alarm: it is not something that is true or false", t.text.Value)
		return
	}
	r.step.Summary = "suppress " + t.text.Value
	r.overReport(t, signal.Layer{Op: signal.Const}, nil)
}

// reset lets the checks of a device that is tripped begin anew.
func (r *reader) reset() {
	d, ok := r.device()
	if !ok {
		return
	}
	if len(d.spec.Checks) == 0 {
		r.b.Errorf(r.step.syntax.Kind.Span, "name a device with checks", "%s has no checks that could be tripped", r.step.Target)
		return
	}
	r.step.Summary = "reset the checks of " + r.step.Target
	for m := range r.b.sys.Device(r.step.Target).Count {
		r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.LocalOp, Deed: inject.ResetDeed, Unit: r.b.sys.Rank(r.step.Target), Member: m})
	}
}
