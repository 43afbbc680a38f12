package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/inject"
)

// A reach is what an attacker could come to have if nothing ever stopped it.
type reach struct {
	footholds, knows, sessions map[int32]bool
	credentials                uint64
}

// attainable reports steps of attacks whose preconditions no other step can ever
// meet, whatever the network lets pass. One that is expected to be stopped is
// meant so. What builds on a step that has a mistake, or that was reported, is not
// reported again: from there on that one is taken to have worked.
func (b *builder) attainable(steps []step) {
	if b.raised {
		return // that is what barriers are for
	}
	c := closure{b: b, steps: steps, taken: make([]bool, len(steps)), excused: make([]bool, len(steps))}
	for _, in := range b.sys.Intruders {
		r := reach{map[int32]bool{}, map[int32]bool{}, map[int32]bool{}, in.Holds}
		for _, at := range in.At {
			r.gain(b, inject.Gains{Device: at, Foothold: true})
		}
		for _, k := range in.Knows {
			r.knows[k] = true
		}
		c.reached = append(c.reached, r)
	}
	for i := range steps {
		if steps[i].broken {
			c.presume(i)
		}
	}
	c.spreading()
	c.grow()
	for i := range steps {
		if f := steps[i].Footing; f != nil && !c.taken[i] && b.expectedStop(steps[i].Name) {
			c.presume(i)
		}
	}
	c.grow()
	for i := range steps {
		f := steps[i].Footing
		if f == nil || c.taken[i] {
			continue
		}
		if !c.follows(i) {
			b.unattainable(&steps[i], c.reached[f.Intruder].lacks(f), c.unheard(f))
		}
		c.presume(i)
		c.grow()
	}
}

// A closure grows what attackers could come to have.
type closure struct {
	b              *builder
	steps          []step
	reached        []reach // by attacker
	taken, excused []bool  // by step: it could work; it could not, and that is known
}

// grow takes all steps that could work, until none is left.
func (c *closure) grow() {
	for grown := true; grown; {
		grown = false
		for i := range c.steps {
			f := c.steps[i].Footing
			if f == nil || c.taken[i] || c.reached[f.Intruder].lacks(f) != "" {
				continue
			}
			c.taken[i], grown = true, true
			c.b.gains(&c.reached[f.Intruder], &c.steps[i])
		}
	}
}

// follows reports whether a step waits for one that is known not to work.
func (c *closure) follows(i int) bool {
	return slices.ContainsFunc(c.steps[i].awaits(), func(w awaited) bool { return c.excused[w.step] })
}

// presume takes a step to have worked that does not: with what it lacks, and with all
// that could come of it. Who has heard too little once is not told so again.
func (c *closure) presume(i int) {
	s := &c.steps[i]
	c.excused[i], c.taken[i] = true, true
	if s.Footing == nil && !s.broken || s.syntax.Class != syntax.Attack {
		return
	}
	for k := range c.reached {
		if f := s.Footing; f == nil || f.Intruder == int32(k) {
			c.grant(&c.reached[k], s)
		}
	}
}

// grant gives an attacker what a step lacks, and what would come of it. Of a step with
// a mistake it is not known which device that is about.
func (c *closure) grant(r *reach, s *step) {
	if f := s.Footing; f != nil {
		lack := r.lacks(f)
		r.gain(c.b, inject.Gains{Device: f.At, Foothold: lack == "foothold"})
		if lack == "knowledge" {
			c.everything(r.knows)
		}
		r.credentials |= f.Wants
		if f.Session {
			r.sessions[f.Target] = true
		}
	}
	if !s.broken {
		c.b.gains(r, s)
		return
	}
	switch s.What {
	case "exploit", "pivot":
		c.everything(r.footholds)
	case "login", "hijack":
		c.everything(r.sessions)
	case "sniff":
		r.credentials = ^uint64(0)
	case "scan":
	default:
		return
	}
	c.everything(r.knows)
}

func (c *closure) everything(set map[int32]bool) {
	for _, rank := range c.b.everyDevice() {
		set[rank] = true
	}
}

// unheard lists the devices which an attacker would act on from where it stands if it
// had heard of them, beginning with that of one step.
func (c *closure) unheard(first *inject.Footing) (names []string) {
	if first.Target < 0 {
		return nil
	}
	names = []string{c.b.sys.DeviceAt(first.Target)}
	for i := range c.steps {
		f := c.steps[i].Footing
		if f == nil || c.taken[i] || f.Intruder != first.Intruder || c.reached[f.Intruder].lacks(f) != "knowledge" {
			continue
		}
		if name := c.b.sys.DeviceAt(f.Target); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// noService is the word by which a login is stopped where nobody can log in.
const noService = "service"

// lacks returns what a step needs that is not there, in the word by which it would be
// stopped.
func (r *reach) lacks(f *inject.Footing) string {
	switch {
	case !r.footholds[f.At]:
		return "foothold"
	case f.Target >= 0 && !r.knows[f.Target]:
		return "knowledge"
	case f.By == noService:
		return noService
	case f.Session && !r.sessions[f.Target] && !r.footholds[f.Target]:
		return "session"
	case f.Wants != 0 && r.credentials&f.Wants == 0:
		return "credential"
	}
	return ""
}

func (r *reach) gain(b *builder, g inject.Gains) {
	r.knows[g.Device] = r.knows[g.Device] || g.Known || g.Session || g.Foothold
	r.sessions[g.Device] = r.sessions[g.Device] || g.Session
	if g.Foothold {
		r.footholds[g.Device] = true
		r.credentials |= b.holdings[b.sys.DeviceAt(g.Device)]
		for _, peer := range b.peers(g.Device) {
			r.knows[peer] = true
		}
	}
	r.credentials |= g.Credentials
}

// peers are the devices that a device is wired to.
func (b *builder) peers(rank int32) (list []int32) {
	name := b.sys.DeviceAt(rank)
	for _, d := range b.devs {
		for _, w := range d.inputs {
			id, _, _, ok := splitPath(w.wiring.Source.Value)
			switch {
			case !ok:
			case d.spec.Name.Value == name:
				list = append(list, int32(b.sys.Rank(id)))
			case id == name:
				list = append(list, int32(b.sys.Rank(d.spec.Name.Value)))
			}
		}
	}
	return slices.DeleteFunc(list, func(rank int32) bool { return rank < 0 })
}

// gains adds all that could come of a step. Who listens could hear of everybody, and
// of every password that is ever sent.
func (b *builder) gains(r *reach, s *step) {
	for i := range s.Sends {
		r.gain(b, s.Sends[i].Gains)
	}
	for i := range s.Ops {
		if s.Ops[i].Kind == inject.LocalOp {
			r.gain(b, s.Ops[i].Gains)
		}
	}
	for i := range s.Disturb {
		if !s.Disturb[i].Sniff {
			continue
		}
		for _, rank := range b.everyDevice() {
			r.knows[rank] = true
		}
		if s.Disturb[i].Session {
			r.sessions[int32(b.sys.Rank(s.Disturb[i].Receiver))] = true
		}
		for _, d := range b.devs {
			r.credentials |= b.exposed(d)
		}
	}
}

// expectedStop reports whether the file expects a step to be stopped.
func (b *builder) expectedStop(name string) bool {
	return slices.ContainsFunc(b.file.Expect.Stopped, func(s syntax.Stopped) bool { return s.Step.Value == name })
}

// unattainable reports a step whose precondition can never be met. Unheard are the
// devices that its attacker has not heard of.
func (b *builder) unattainable(s *step, lack string, unheard []string) {
	f := s.Footing
	who, at := b.sys.Intruders[f.Intruder].Name, b.sys.DeviceAt(f.At)
	target := ""
	if f.Target >= 0 {
		target = b.sys.DeviceAt(f.Target)
	}
	meant := ", or expect it to be stopped: `stopped: {" + s.Name + ": {by: " + lack + "}}`"
	switch lack {
	case "foothold":
		b.Errorf(s.syntax.From.Span, "add a step before that exploits or pivots to "+at+", or let the attacker stand there: `at: ["+at+"]`"+meant,
			"%s can never act from %s: no step ever gives it a foothold there", who, at)
	case "knowledge":
		b.Errorf(s.syntax.Kind.Span, "add `attack: scan` with `to: "+target+"` before, or `knows: ["+strings.Join(unheard, ", ")+"]` at the attacker"+meant,
			"%s never hears of %s", who, spoken(unheard))
	case noService:
		b.Errorf(s.syntax.Kind.Span, "give it `remote:` with the credentials that it takes"+b.anExample()+meant, "nobody can log in at %s from afar", target)
	case "session":
		b.Errorf(s.syntax.Kind.Span, "add `attack: login` with `to: "+target+"` before"+meant, "%s is never logged in at %s", who, target)
	case "credential":
		b.Warnf(s.syntax.Kind.Span, "add `holds:` at the attacker, or a step that gets it"+meant, "%s never gets %s, which this asks for", who, b.secretText(f.Wants))
	}
}

// anExample is a credential of the file that a device could take.
func (b *builder) anExample() string {
	if names := b.secretNames(); len(names) > 0 {
		return ", such as `remote: [" + names[0] + "]`"
	}
	return ", declared under `credentials:`"
}

// spoken joins names as people say them.
func spoken(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// secretText names a set of credentials.
func (b *builder) secretText(set uint64) string {
	var names []string
	for i, name := range b.secretNames() {
		if set&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}
