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
)

// attackers tells the system who attacks, from where and with what.
func (b *builder) attackers() {
	b.intruders = map[string]int{}
	for i := range b.file.System.Attackers {
		a := &b.file.System.Attackers[i]
		in := inject.Intruder{Name: a.Name.Value, Holds: b.secretsOf(a.Holds) &^ b.gone}
		for _, at := range a.At {
			if b.made(at) {
				in.At = append(in.At, int32(b.sys.Rank(at.Value)))
			}
		}
		in.Knows = b.known(a.Knows)
		b.intruder(in)
	}
}

// known lists the devices that an attacker has heard of.
func (b *builder) known(list []syntax.Text) (ranks []int32) {
	for _, k := range list {
		if k.Value == "all" {
			ranks = b.everyDevice()
		} else if b.made(k) {
			ranks = append(ranks, int32(b.sys.Rank(k.Value)))
		}
	}
	return ranks
}

// made reports whether a text names a device, and one without mistakes.
func (b *builder) made(t syntax.Text) bool { return b.deviceNamed(t) && b.sys.Rank(t.Value) >= 0 }

func (b *builder) everyDevice() (ranks []int32) {
	for i := range b.sys.DeviceNames() {
		ranks = append(ranks, int32(i))
	}
	return ranks
}

func (b *builder) intruder(in inject.Intruder) int32 {
	i := len(b.sys.Intruders)
	b.intruders[in.Name] = i
	b.sys.Intruders = append(b.sys.Intruders, in)
	return int32(i)
}

// footing reads from:, and makes the step one that must be earned.
func (r *reader) footing() (*inject.Footing, bool) {
	from := r.step.syntax.From
	if !from.Usable() || r.step.Footing != nil || r.step.syntax.Class == syntax.Fault {
		return r.step.Footing, r.step.Footing != nil
	}
	f := &inject.Footing{Target: -1}
	if r.step.syntax.Class == syntax.Act {
		if !r.operator(f, from) {
			r.stopped = true
			return nil, false
		}
	} else if !r.foothold(f, from) {
		r.stopped = true
		return nil, false
	}
	r.step.Footing = f
	return f, true
}

// foothold finds the attacker that acts from a device. Where from names an
// attacker, it acts from where it stands first.
func (r *reader) foothold(f *inject.Footing, from syntax.Text) bool {
	b := r.b
	if i, ok := b.intruders[from.Value]; ok {
		if len(b.sys.Intruders[i].At) == 0 {
			return false
		}
		f.Intruder, f.At = int32(i), b.sys.Intruders[i].At[0]
		return true
	}
	attackers := b.file.System.Attackers
	if len(attackers) == 0 && len(b.malware) == 0 {
		if b.unattacked {
			return false // once is enough
		}
		b.unattacked = true
		b.Errorf(from.Span, "declare who attacks, under system: `attackers: {intruder: {at: "+from.Value+"}}`", "there is no attacker who could stand on %s", source.Quote(from.Value))
		return false
	}
	if b.byName[from.Value] == nil {
		names := append(b.names(), b.attackerNames()...)
		b.Errorf(from.Span, "name a device that an attacker stands on, or an attacker", "there is no foothold %s%s", source.Quote(from.Value), source.DidYouMean(from.Value, names))
		return false
	}
	if !b.made(from) {
		return false
	}
	f.At = int32(b.sys.Rank(from.Value))
	who := r.whose(f.At, from)
	f.Intruder = int32(max(who, 0))
	return who >= 0
}

func (b *builder) attackerNames() (names []string) {
	for _, a := range b.file.System.Attackers {
		names = append(names, a.Name.Value)
	}
	for _, s := range b.malware {
		names = append(names, s.model.Name)
	}
	return names
}

// whose returns the attacker that can act from a device: the only one, or the one
// that the step names, or that stands there from the start.
func (r *reader) whose(at int32, from syntax.Text) int {
	b := r.b
	late := r.step.What == "delay" // whose by: is how much
	if t, ok := r.text("by"); ok && !late {
		if i, known := b.intruders[t.Value]; known {
			return i
		}
		names := b.attackerNames()
		b.Errorf(t.Span, choice("the attackers are", names, ""), "there is no attacker %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
		return -1
	}
	found := -1
	for i := range b.file.System.Attackers {
		if len(b.file.System.Attackers) > 1 && !slices.Contains(b.sys.Intruders[i].At, at) {
			continue
		}
		if found >= 0 {
			found = -1
			break
		}
		found = i
	}
	if len(b.file.System.Attackers) == 0 && len(b.malware) == 1 {
		return b.malware[0].sim.Intruder
	}
	if found < 0 {
		fix := "add `by: " + strings.Join(b.attackerNames()[:1], "") + "`"
		if late {
			fix = "write from: with an attacker, which delays where that one stands at the start"
		}
		b.Errorf(from.Span, fix, "it does not say which attacker acts from %s", from.Value)
	}
	return found
}

// operator makes an act one that somebody does at a device, through the network.
func (r *reader) operator(f *inject.Footing, from syntax.Text) bool {
	if !r.b.made(from) {
		return false
	}
	in := inject.Intruder{Name: "somebody", At: []int32{int32(r.b.sys.Rank(from.Value))}, Knows: r.b.everyDevice()}
	if by, ok := r.text("by"); ok {
		if !slices.ContainsFunc(r.b.file.System.People, func(p syntax.Person) bool { return p.Name.Value == by.Value }) {
			var names []string
			for _, p := range r.b.file.System.People {
				names = append(names, p.Name.Value)
			}
			r.b.Errorf(by.Span, choice("the people are", names, "declare the person under system: `people: {"+by.Value+": {}}`"), "there is no person %s%s", source.Quote(by.Value), source.DidYouMean(by.Value, names))
			return false
		}
		in.Name, in.Holds = by.Value, r.b.holdings[by.Value]
	}
	f.Intruder, f.At = r.b.intruder(in), in.At[0]
	return true
}

// earn is footing for what nobody can merely assume.
func (r *reader) earn() (*inject.Footing, bool) {
	if !r.step.syntax.From.Present() {
		r.b.Errorf(r.step.syntax.Kind.Span, r.whence(), "%s %v %s is done from a device", article(r.step.syntax.Class.String()), r.step.syntax.Class, r.step.syntax.Kind.Value)
		return nil, false
	}
	return r.footing()
}

// whence says from where an attack could be done.
func (r *reader) whence() string {
	if r.step.syntax.Class == syntax.Act {
		return "add `from:` and the device at which it is done"
	}
	for _, a := range r.b.file.System.Attackers {
		if len(a.At) > 0 {
			return "add `from: " + a.At[0].Value + "`"
		}
	}
	return "add `from:` and the device that the attacker stands on, and declare it under system: `attackers: {intruder: {at: ...}}`"
}

// against is earn for what is done to one device, which a parameter names.
func (r *reader) against(key string) (f *inject.Footing, to *dev, ok bool) {
	if f, ok = r.earn(); ok {
		to, ok = r.toward(f, key)
	}
	return f, to, ok
}

// toward reads the device that a step is about.
func (r *reader) toward(f *inject.Footing, key string) (*dev, bool) {
	t, ok := r.text(key)
	if !ok && !r.used[key] {
		r.b.Errorf(r.step.syntax.Kind.Span, "add `"+key+": "+r.another(f)+"`", "%s needs to say which device it is about", r.step.syntax.Kind.Value)
	}
	if !ok || !r.b.made(t) {
		r.stopped = true
		return nil, false
	}
	f.Target = int32(r.b.sys.Rank(t.Value))
	r.step.Target = t.Value
	return r.b.byName[t.Value], true
}

// another is a device that a step could be about, as an example: one that hears
// messages and is not the foothold; for an exploit one with weaknesses.
func (r *reader) another(f *inject.Footing) string {
	for _, d := range r.b.devs {
		if r.step.What == "exploit" && len(d.spec.Weaknesses) > 0 && d.spec.Name.Value != r.name(f.At) {
			return d.spec.Name.Value
		}
	}
	for _, d := range r.b.devs {
		if name := d.spec.Name.Value; name != r.name(f.At) && r.settable(d) != "..." {
			return name
		}
	}
	return r.name(f.At)
}

// name returns the name of a device by its rank.
func (r *reader) name(rank int32) string { return r.b.sys.DeviceAt(rank) }

// message makes the step send a message to a device. On a device that it stands on
// it does what it does without one.
func (r *reader) message(f *inject.Footing, to *dev, send sim.Send) {
	from := r.name(f.At)
	send.From, send.To = from, to.spec.Name.Value
	as, claims := r.text("as") // on the device itself nobody asks
	if from == send.To {
		r.step.Ops = append(r.step.Ops, inject.Op{Kind: inject.LocalOp, Deed: send.Deed, Gains: send.Gains})
		return
	}
	r.onNetwork(f)
	if claims && r.b.deviceNamed(as) {
		send.Claims = as.Value
	}
	r.step.Sends = append(r.step.Sends, send)
}

// block notes why a step can never work from where it is.
func (r *reader) blocked(f *inject.Footing, by, format string, args ...any) {
	if f.Blocked == "" {
		f.By, f.Blocked = by, fmt.Sprintf(format, args...)
	}
}

// onPath keeps of the ways between a sender and receivers those on which the
// foothold sits, and on which messages can be changed.
func (r *reader) onPath(f *inject.Footing, sender string, receivers []string, change bool) (sits []string) {
	at, t := r.name(f.At), &r.b.sys.Topology
	r.onNetwork(f)
	signed := ""
	for _, to := range receivers {
		path, err := t.Route(r.b.request(sender, to))
		if err != nil || at != to && !t.OnPath(at, sender, to, &path) {
			continue
		}
		if change && at != to && r.b.security(sender, to) >= network.Sign {
			signed = to
			continue
		}
		sits = append(sits, to)
	}
	switch {
	case len(sits) > 0:
	case signed != "":
		r.blocked(f, "signature", "what %s tells %s is signed: it cannot be changed on its way", sender, signed)
	case len(receivers) == 0:
		r.blocked(f, "path", "nobody is told anything by %s over the network", sender)
	default:
		r.blocked(f, "path", "%s sits on no way from %s to %s", at, sender, strings.Join(receivers, ", "))
	}
	return sits
}

// request is how one device tells another: pushed, unless that one asks for
// something.
func (b *builder) request(sender, receiver string) network.Request {
	verb := network.Write
	for i := range b.byName[receiver].inputs {
		w := &b.byName[receiver].inputs[i]
		if id, _, _, ok := splitPath(w.wiring.Source.Value); ok && id == sender && w.verb() != network.Write {
			verb = w.verb()
		}
	}
	return b.requestOf(sender, receiver, verb)
}

// requestOf is how one device tells another, or, asked or subscribed to, answers.
func (b *builder) requestOf(sender, receiver string, verb network.Verb) network.Request {
	if verb == network.Read || verb == network.Subscribe {
		return network.Request{From: receiver, To: sender, Protocol: b.speaks(sender), Verb: verb, Reply: true}
	}
	return network.Request{From: sender, To: receiver, Protocol: b.speaks(receiver), Verb: verb}
}

// receivers lists who is told a signal over the network.
func (b *builder) receivers(path string) (names []string) {
	for _, d := range b.devs {
		for _, w := range d.inputs {
			if w.wiring.Source.Value == path && !w.wiring.Wired && !slices.Contains(names, d.spec.Name.Value) {
				names = append(names, d.spec.Name.Value)
			}
		}
	}
	return names
}

// speaks returns the protocol of a device: its own, or that of its zone.
func (b *builder) speaks(id string) network.Protocol {
	t := b.byName[id].spec.Speaks
	if b.isBroker(id) {
		return network.MQTT
	}
	if !t.Present() {
		for _, z := range b.file.System.Zones {
			if z.Speaks.Usable() && slices.ContainsFunc(z.Devices, func(d syntax.Text) bool { return d.Value == id }) {
				t = z.Speaks
				break
			}
		}
	}
	p, _ := network.ParseProtocol(t.Value)
	return p
}

// security returns how messages between two devices are protected: as the one does
// that serves them. Both must be able to.
func (b *builder) security(sender, receiver string) network.Security {
	server := receiver
	if q := b.request(sender, receiver); q.Reply {
		server = sender
	}
	s, _ := network.ParseSecurity(b.byName[server].spec.Security.Value)
	if b.switchedOn(receiver, MeasureAuthenticate) {
		s = max(s, network.Sign)
	}
	return s
}
