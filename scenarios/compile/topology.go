package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// topology builds zones and conduits.
func (b *builder) topology() {
	s := &b.file.System
	t := network.Topology{Ports: map[string]network.Link{}, Positions: map[string][3]float64{}}
	b.zones = map[string][]string{}
	for i := range s.Zones {
		t.Zones = append(t.Zones, b.zone(&s.Zones[i]))
	}
	broken := make([]bool, len(s.Conduits)) // with a mistake: what its rules match is not known
	for i := range s.Conduits {
		before := b.mistakes()
		t.Conduits = append(t.Conduits, b.conduit(&s.Conduits[i]))
		broken[i] = b.mistakes() > before
	}
	for _, d := range b.devs {
		b.doors(d)
		if port := d.spec.Port; port != nil {
			t.Ports[d.spec.Name.Value] = network.Link{Name: d.spec.Name.Value, Bandwidth: b.bandwidth(port), Queue: b.queue(port), Priority: b.ahead(port)}
		}
		if len(d.spec.Position) > 0 {
			t.Positions[d.spec.Name.Value] = b.position(d.spec.Position)
		}
	}
	b.priorities()
	b.sys.Topology = t
	b.deadRules(broken)
}

// doors checks what a device says of how one gets into it.
func (b *builder) doors(d *dev) {
	b.secretsOf(d.spec.Remote)
	for i := range d.spec.Weaknesses {
		w := &d.spec.Weaknesses[i]
		b.protocol(w.Via)
		b.verb(w.Verb)
		b.secretsOf(w.Needs)
	}
}

func (b *builder) zone(z *syntax.Zone) network.Zone {
	b.protocol(z.Speaks)
	zone := network.Zone{
		Link: network.Link{
			Name: z.Name.Value, Latency: network.DefaultLatency, Jitter: z.Jitter.Value, Loss: z.Loss.Value,
			Bandwidth: b.bandwidth(&z.Capacity), Queue: b.queue(&z.Capacity), Priority: b.ahead(&z.Capacity), Radio: b.radio(z.Radio, &z.Capacity),
		},
		Level:  z.Level.Value,
		Target: int(z.Target.Value),
		Range:  b.number(z.Range, unit.Metre),
	}
	if z.Latency.Present() {
		zone.Latency = z.Latency.Value
	}
	for _, d := range z.Devices {
		if !b.deviceNamed(d) {
			continue
		}
		if slices.Contains(zone.Devices, d.Value) {
			b.Errorf(d.Span, "leave it out", "%s is in this zone already", d.Value)
			continue
		}
		zone.Devices = append(zone.Devices, d.Value)
		b.zones[d.Value] = append(b.zones[d.Value], z.Name.Value)
	}
	return zone
}

func (b *builder) conduit(c *syntax.Conduit) network.Conduit {
	conduit := network.Conduit{
		Link: network.Link{
			Name: c.Name.Value, Latency: network.DefaultLatency, Jitter: c.Jitter.Value, Loss: c.Loss.Value,
			Unordered: c.Ordered.Present() && !c.Ordered.Value, Bandwidth: b.bandwidth(&c.Capacity), Queue: b.queue(&c.Capacity), Priority: b.ahead(&c.Capacity), Radio: b.radio(c.Radio, &c.Capacity),
		},
		OneWay: c.Diode.Value, Filtered: c.Filtered, Login: b.secretsOf(c.Login), LoginText: texts(c.Login),
	}
	if c.Latency.Present() {
		conduit.Latency = c.Latency.Value
	}
	zones := b.zoneNames()
	for _, j := range c.Joins {
		if j.Usable() && !slices.Contains(zones, j.Value) {
			b.Errorf(j.Span, choice("the zones are", zones, "declare it under system: `zones: {"+j.Value+": [...]}`"), "there is no zone %s%s", source.Quote(j.Value), source.DidYouMean(j.Value, zones))
			if near, ok := source.Nearest(j.Value, zones); ok {
				j.Value = near // so that nobody seems to be cut off
			}
		}
		conduit.Joins = append(conduit.Joins, j.Value)
	}
	for i := range c.Rules {
		conduit.Rules = append(conduit.Rules, b.rule(&c.Rules[i]))
	}
	return conduit
}

// rule compiles one rule of a conduit.
func (b *builder) rule(r *syntax.FilterRule) network.Rule {
	subject, word := r.Subject(), "allow"
	rule := network.Rule{Deny: r.Deny.Present(), Verbs: b.verbs(r.Verbs), Further: r.Further}
	if rule.Deny {
		word = "deny"
	}
	rule.Text = word + " " + subject.Value
	if subject.Usable() && subject.Value != "any" {
		if p, ok := b.protocol(subject); ok {
			rule.Protocols = rule.Protocols.With(p)
		}
	}
	for _, part := range []struct {
		word string
		list []syntax.Text
		into *[]string
	}{{"from", r.From, &rule.From}, {"to", r.To, &rule.To}} {
		for _, t := range part.list {
			b.deviceOrZone(t)
			*part.into = append(*part.into, t.Value)
		}
		if len(part.list) > 0 {
			rule.Text += " " + part.word + " " + texts(part.list)
		}
	}
	if len(r.Verbs) > 0 {
		rule.Text += " " + texts(r.Verbs)
	}
	b.functions(r, &rule)
	for _, o := range r.Objects {
		b.objectPattern(o)
		rule.Objects = append(rule.Objects, o.Value)
	}
	return rule
}

// objectPattern checks a pattern such as plc1.level, plc1.* or *.
func (b *builder) objectPattern(t syntax.Text) {
	id, name, dotted := strings.Cut(t.Value, ".")
	switch {
	case !t.Usable() || t.Value == "*" || strings.Contains(id, "*"):
	case !dotted:
		b.Errorf(t.Span, "write `"+t.Value+".*` for all its signals", "%s is no signal", source.Quote(t.Value))
	case b.byName[id] == nil:
		b.missing(t, b.noDevice(id))
	case !strings.Contains(name, "*"):
		b.signalExists(t, id, name)
	}
}

func (b *builder) protocol(t syntax.Text) (network.Protocol, bool) {
	if !t.Usable() {
		return network.Plain, false
	}
	p, ok := network.ParseProtocol(t.Value)
	if !ok {
		names := network.ProtocolNames()
		b.Errorf(t.Span, "the protocols are "+list(names), "there is no protocol %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
	return p, ok
}

// verbs returns the set of verbs that are named.
func (b *builder) verbs(list []syntax.Text) (set network.Verbs) {
	for _, t := range list {
		if v, ok := b.verb(t); ok {
			set = set.With(v)
		}
	}
	return set
}

func (b *builder) verb(t syntax.Text) (network.Verb, bool) {
	if !t.Usable() {
		return network.Write, false
	}
	v, ok := network.ParseVerb(t.Value)
	if !ok {
		names := network.VerbNames()
		b.Errorf(t.Span, "the verbs are "+strings.Join(names, ", "), "there is no verb %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
	return v, ok
}

func (b *builder) deviceNamed(t syntax.Text) bool {
	if t.Usable() && b.byName[t.Value] == nil {
		b.missing(t, b.noDevice(t.Value))
		return false
	}
	return t.Usable()
}

func (b *builder) deviceOrZone(t syntax.Text) {
	if names := append(b.zoneNames(), b.names()...); t.Usable() && !slices.Contains(names, t.Value) {
		b.missing(t, nothingNamed("device and no zone", t.Value, names, "declare it"))
	}
}

func (b *builder) zoneNames() (names []string) {
	for _, z := range b.file.System.Zones {
		names = append(names, z.Name.Value)
	}
	return names
}

// number evaluates a fixed quantity; 0 where there is none.
func (b *builder) number(t syntax.Text, u unit.Unit) float64 {
	if !t.Usable() {
		return 0
	}
	r := reader{b: b}
	x, _ := r.value(t, custom.Shape{Type: signal.Number, Unit: u})
	return x
}

func (b *builder) bandwidth(c *syntax.Capacity) float64 {
	before := b.mistakes()
	if q, err := unit.ParseQuantity(c.Bandwidth.Value); err == nil && q.Unit.Symbol != "" && q.Unit.Pure() {
		b.Errorf(c.Bandwidth.Span, "write `"+perSecondOf(c.Bandwidth.Value)+"`", "%s is an amount, not a rate", c.Bandwidth.Value)
		return 0
	}
	x := b.number(c.Bandwidth, unit.BitPerSecond)
	if c.Bandwidth.Usable() && !(x >= leastBandwidth && x <= mostBandwidth) && b.mistakes() == before {
		b.Errorf(c.Bandwidth.Span, "write a rate such as 10 Mbit/s", "a link carries 1 bit/s to 10 Tbit/s, not %s", c.Bandwidth.Value)
		return 0
	}
	return x
}

// leastBandwidth and mostBandwidth bound what a link carries, in bits a second: a message on the slowest
// takes minutes, and one on the fastest a nanosecond at least, the shortest time that there is.
const leastBandwidth, mostBandwidth = 1, 1e13

// maxQueue bounds what waits before a link: 1 GB.
const maxQueue = 1 << 30

// perSecondOf is the rate that an amount of bits or bytes is meant as.
func perSecondOf(amount string) string {
	if bits, ok := strings.CutSuffix(amount, "b"); ok {
		amount = bits + "bit"
	}
	return amount + "/s"
}

func (b *builder) queue(c *syntax.Capacity) int {
	x := b.number(c.Queue, unit.Byte) / 8
	if c.Queue.Usable() && (x < 1 || x > maxQueue) {
		b.Errorf(c.Queue.Span, "write a size such as 64 kB", "a queue holds 1 B to 1 GB")
		return 0
	}
	if c.Queue.Usable() && !c.Bandwidth.Present() {
		b.Errorf(c.Queue.Span, "add `bandwidth: 10 Mbit/s`", "nothing waits where there is no bandwidth to wait for")
	}
	return int(x)
}

// ahead reads whose messages a link lets go first.
func (b *builder) ahead(c *syntax.Capacity) []string {
	if len(c.Priority) > 0 && !c.Bandwidth.Present() {
		b.Errorf(c.Priority[0].Span, "add `bandwidth: 10 Mbit/s`", "nobody goes first where nobody waits")
		return nil
	}
	return b.priority(c.Priority)
}

func (b *builder) position(list []syntax.Text) (at [3]float64) {
	for i, t := range list {
		at[i] = b.number(t, unit.Metre)
	}
	return at
}

// texts joins what was written.
func texts(list []syntax.Text) string {
	var words []string
	for _, t := range list {
		words = append(words, t.Value)
	}
	return strings.Join(words, ", ")
}

// size reads a number of bytes.
func (b *builder) size(t syntax.Text) int { return int(b.number(t, unit.Byte) / 8) }
