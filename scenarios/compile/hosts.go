package compile

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/vtime"
)

// hosts finds the hosts of a malware: the devices that are open to it or on which it
// is released, and what people carry.
func (b *builder) hosts(s *strain) {
	for _, d := range b.devs {
		open := b.openTo(s, d)
		if slices.ContainsFunc(open, func(o outbreak.Opening) bool { return o.Share > 0 }) || b.releasedOn(s, d.spec.Name.Value) {
			b.host(s, outbreak.Class{Name: d.spec.Name.Value, Count: int32(d.hosts()), Open: open, Shut: b.shutBy(s, d, open)}, d)
		}
	}
	for i := range b.file.System.Carriers {
		if b.byName[b.file.System.Carriers[i].Name.Value] != nil {
			continue // reported
		}
		c := outbreak.Class{Name: b.file.System.Carriers[i].Name.Value, Count: 1, Carrier: true}
		for k := range s.spec.Spreads {
			o := outbreak.Opening{}
			if over := s.spec.Spreads[k].Over.Value; over == "media" || over == "files" {
				o = outbreak.Opening{Share: 1, Until: vtime.Never}
			}
			c.Open = append(c.Open, o)
		}
		b.host(s, c, nil)
	}
}

// host adds a class.
func (b *builder) host(s *strain, c outbreak.Class, d *dev) {
	if n := len(s.model.Classes); n > 0 {
		last := &s.model.Classes[n-1]
		c.First = last.First + last.Count
	}
	c.Cleaned = -1
	device := ""
	if d != nil {
		device = c.Name
		if h := d.spec.Hardening; h != nil {
			if h.Antivirus.Present() {
				c.Cleaned = h.Antivirus.Value
			}
			if h.Reboots.Value > 0 {
				c.Reboots = 1 / h.Reboots.Value.Seconds()
			}
			c.Hardens = h.Resets.Value
		}
	}
	if c.Name == outbreak.Hosts || c.Name == outbreak.Active {
		b.Errorf(s.spec.Name.Span, "give it another name", "what malware shows is called %s already: a device of that name cannot be a host", c.Name)
		return
	}
	s.byName[c.Name] = len(s.model.Classes)
	s.model.Classes = append(s.model.Classes, c)
	s.sim.Devices = append(s.sim.Devices, device)
}

// hosts is how many hosts a device is: those of a population, or its members.
func (d *dev) hosts() int { return max(1, d.members, int(d.spec.Count.Value)) }

// openTo says by vector when a device is open to a malware.
func (b *builder) openTo(s *strain, d *dev) (open []outbreak.Opening) {
	for k := range s.spec.Spreads {
		v := &s.spec.Spreads[k]
		open = append(open, b.shut(v, d, b.opening(v, d)))
	}
	return open
}

// opening says when a device is open to a vector: while it has the weakness of its
// name, or takes a credential that it has.
func (b *builder) opening(v *syntax.Vector, d *dev) outbreak.Opening {
	always := outbreak.Opening{Share: 1, Until: vtime.Never}
	if len(v.Login) > 0 {
		if d.takes(v.Login) {
			return always
		}
		return outbreak.Opening{}
	}
	for i := range d.spec.Weaknesses {
		if w := &d.spec.Weaknesses[i]; w.Name.Value == v.Name.Value {
			if w.Share.Present() {
				always.Share = w.Share.Value
			}
			always.Until, always.Over = timeOr(w.Patched, vtime.Never), w.Over.Value
			return always
		}
	}
	return outbreak.Opening{}
}

// heldLogin stands for the credentials of the host that a malware tries others from.
const heldLogin = "held"

// releasedOn reports whether a step of the timeline puts a malware on a device.
func (b *builder) releasedOn(s *strain, id string) bool {
	return slices.ContainsFunc(b.file.Timeline, func(step syntax.Step) bool {
		return releases(&step, s.model.Name) &&
			(param(step.Params, "on") == id || param(step.Params, "on") == "" && step.From.Value == id)
	})
}

// param is what a step says after a key.
func param(entries []syntax.Entry, key string) string {
	for _, e := range entries {
		if e.Key.Value == key {
			return e.Value.Text.Value
		}
	}
	return ""
}

// population makes many hosts that are alike: one device, whatever its count.
func (b *builder) population(d *dev) {
	if !d.spec.Count.Present() {
		d.broken = true
		b.Errorf(d.spec.Name.Span, "add `count: 600000`", "a population has a count")
	}
	d.members = int(d.spec.Count.Value)
	if d.members > maxPopulation {
		d.members = 1
		b.Errorf(d.spec.Count.Span, "make it smaller, or several populations", "a population has at most %s hosts", grouped(maxPopulation))
	}
	for _, e := range d.spec.Params {
		b.Errorf(e.Key.Span, "it takes count, weaknesses, remote and hardening", "a population has no %s", source.Quote(e.Key.Value))
	}
	d.spec.Count = syntax.Integer{}
}

// grouped writes a number with blanks between its thousands.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s %03d", grouped(n/1000), n%1000)
}

// maxPopulation is how many hosts a population has at most, see maxHosts.
const maxPopulation = 10_000_000
