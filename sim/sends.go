package sim

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Send is a message that a step with a foothold sends over the network.
type Send struct {
	From, To string
	Claims   string // whom it claims to be from; empty: from whom it is
	Protocol network.Protocol
	Spoken   bool // Protocol is given; else it is the receiver's
	Verb     network.Verb
	Signals  []string // of the receiver, each with a value
	Values   []float64
	Member   int // of the receiver; -1: all
	Period   vtime.Duration
	Flood    bool // one message every Period that says nothing
	// Each makes a flood a stream: so many bytes a second from every infected host of a class.
	Each           float64
	Malware, Class int
	Bytes          int32
	Deed           inject.Deed
	// Store and Principal are of a deed that takes what a store holds: which, and who does.
	Store, Principal int
	Gains            inject.Gains
	// Again makes it the last one that who it claims to be from has sent, as that was.
	Again bool
	Bears uint64 // besides what its attacker holds; of one that is sent again, in its place
}

// replies reports whether something must come back for a verb to make sense.
func replies(v network.Verb) bool { return v != network.Write && v != network.Publish }

// sends adds the flows of what steps send, and the operations that send it.
func (s *System) sends(p *Plan, from []Step, steps []inject.Step) {
	for i := range from {
		for k := range from[i].Sends {
			send := &from[i].Sends[k]
			if send.Verb == network.Scan && len(from[i].Sends) > 1 && p.exposed.isolated[s.byID[send.To].rank] {
				continue // who scans a zone does not even see it
			}
			flow := len(p.book.Flows)
			s.send(p, send, steps[i].Name+" "+strconv.Itoa(k))
			for m := range s.byID[send.To].Count {
				if send.Each > 0 {
					steps[i].Ops = append(steps[i].Ops, inject.Op{Kind: inject.FloodOp, Flow: flow, Each: send.Each, Unit: send.Malware, Member: send.Class})
					break
				}
				if send.Member >= 0 && send.Member != m && s.byID[send.To].Count > 1 {
					continue
				}
				steps[i].Ops = append(steps[i].Ops, inject.Op{
					Kind: sendKind(send), Flow: flow, Member: m, Values: send.Values, Period: send.Period, Deed: send.Deed, Gains: send.Gains, Unit: send.Store, Value: float64(send.Principal),
					Again: send.Again, Bears: send.Bears, Poses: p.posesAs(&p.book.Flows[flow]),
				})
			}
		}
	}
}

func sendKind(send *Send) inject.OpKind {
	if send.Flood {
		return inject.FloodOp
	}
	return inject.SendOp
}

// send adds the flow of a message, which has luck of its own by its topic. Where no way leads there it is stopped by that.
func (s *System) send(p *Plan, send *Send, topic string) {
	from, to := s.byID[send.From], s.byID[send.To]
	protocol := send.Protocol
	if !send.Spoken {
		protocol = to.Speaks
	}
	q := network.Request{From: send.From, To: send.To, Protocol: protocol, Verb: send.Verb, Reply: replies(send.Verb)}
	for _, name := range send.Signals {
		q.Objects = append(q.Objects, send.To+"."+name)
	}
	if c := s.byID[send.Claims]; c != nil && s.neighbours(send.Claims, send.From) {
		q.As = send.Claims // a filter sees what an address says, and in one zone anybody can have it
	}
	path, err := s.Router().Route(q)
	switch {
	case err != nil:
		path.Blocked = err.Error()
	case p.exposed.isolated[to.rank]:
		path.Blocked = send.To + " is not on the network"
	}
	f := network.Flow{
		Sender: int32(from.rank), Receiver: int32(to.rank), SenderAt: int32(from.base), ReceiverAt: int32(to.base),
		SendAs: des.Source(from.rank), AskAs: des.Source(to.rank), Count: int32(to.Count), Member: 0,
		Silent: true, Stream: send.Each > 0, Watched: true, Topic: topic, Path: &path, Protocol: protocol, Verb: send.Verb, Security: to.Security,
		Bytes: send.Bytes, Claims: -1, Guard: s.guardOf(to.rank),
	}
	f.Door, _ = s.doors(from, to, cmp.Or(send.Claims, send.From), &q, false)
	if c := s.byID[send.Claims]; c != nil {
		f.Claims = int32(c.rank)
	}
	p.book.Add(f)
	for _, name := range send.Signals {
		sig := &to.decl.Signals[to.signal(name)]
		pair := network.Pair{From: network.Cell{Slot: -1}, To: network.Cell{Slot: sig.Cell.Slot, Stride: sig.Cell.Stride}, Point: -1, News: network.Cell{Slot: -1}}
		if sig.News != nil {
			pair.News = network.Cell{Slot: sig.News.Slot, Stride: sig.News.Stride}
		}
		pair.Object = s.object(f.Guard, name)
		p.book.Carry(pair)
	}
}

// neighbours reports whether two devices share a zone, or there are no zones.
func (s *System) neighbours(a, b string) bool {
	if len(s.Topology.Zones) == 0 {
		return true
	}
	of := s.Router().Zones(b)
	return slices.ContainsFunc(s.Router().Zones(a), func(z int32) bool { return slices.Contains(of, z) })
}

// posesAs returns the flow that the messages of another one claim to be of, plus 1; 0
// where they claim to be of none.
func (p *Plan) posesAs(f *network.Flow) int {
	if f.Claims < 0 {
		return 0
	}
	return 1 + slices.IndexFunc(p.book.Flows, func(g network.Flow) bool {
		return g.Sender == f.Claims && g.Receiver == f.Receiver && !g.Silent
	})
}

// flowBetween returns the first flow that one device sends another by nature, or nil.
func (p *Plan) flowBetween(sender, receiver int32) *network.Flow {
	for i := range p.book.Flows {
		if f := &p.book.Flows[i]; f.Sender == sender && f.Receiver == receiver && !f.Silent {
			return f
		}
	}
	return nil
}

// disturbs adds the operations by which a step meddles with flows, or listens to
// them. One with a foothold does so only where messages pass it.
func (s *System) disturbs(p *Plan, d Disturb, step *inject.Step) {
	found := false
	flows := s.selected(p, d)
	if d.Session { // of both directions
		back := d
		back.Sender, back.Receiver = d.Receiver, d.Sender
		flows = append(flows, s.selected(p, back)...)
	}
	for _, flow := range flows {
		f := &p.book.Flows[flow]
		if d.At != "" && !s.passes(p, d.At, f) {
			continue
		}
		found = true
		if d.Sniff {
			step.Ops = append(step.Ops, s.heard(p, flow, d)...)
			continue
		}
		step.Ops = append(step.Ops, inject.Op{Kind: inject.DisturbOp, Flow: flow, Disturbance: d.Disturbance})
	}
	if f := step.Footing; f != nil && d.At != "" && !found && f.Blocked == "" {
		g := *f
		g.By, g.Blocked = "path", "none of these messages pass "+d.At
		step.Footing = &g
	}
}

// passes reports whether the messages of a flow pass a device.
func (s *System) passes(p *Plan, at string, f *network.Flow) bool {
	rank := int32(s.byID[at].rank)
	return f.Sender == rank || f.Receiver == rank || s.Topology.OnPath(at, p.book.Name(f.Sender), p.book.Name(f.Receiver), f.Path)
}

// heard is what somebody learns who hears a flow: who talks to whom and, unless it
// is encrypted, what proves who they are; and the session that is taken over.
func (s *System) heard(p *Plan, flow int, d Disturb) []inject.Op {
	f := &p.book.Flows[flow]
	sender, receiver := s.parts[f.Sender], s.parts[f.Receiver]
	var open uint64
	if f.Security < network.Encrypt {
		open = (sender.Holds | p.persons(flow)) & receiver.Exposes
		if f.Asked() { // what is asked for bears the proof of who asks
			open |= receiver.Holds & sender.Exposes
		}
	}
	ops := []inject.Op{
		{Kind: inject.SniffOp, Flow: flow, Gains: inject.Gains{Device: f.Sender, Known: true, Credentials: open}},
		{Kind: inject.SniffOp, Flow: flow, Gains: inject.Gains{Device: f.Receiver, Known: true}},
	}
	if d.Session {
		ops = append(ops, inject.Op{Kind: inject.SniffOp, Flow: flow, Gains: inject.Gains{Device: int32(s.byID[d.Receiver].rank), Session: true}})
	}
	return ops
}

// persons returns the credentials of who sends the messages of a flow by an act.
func (p *Plan) persons(flow int) uint64 {
	for i := range p.steps {
		f := p.steps[i].Footing
		if f != nil && slices.ContainsFunc(p.steps[i].Ops, func(op inject.Op) bool { return op.Kind == inject.SendOp && op.Flow == flow }) {
			return p.earned.Intruders[f.Intruder].Holds
		}
	}
	return 0
}

// earned is what the timeline needs to know of attackers. It must not keep the system
// alive, which is many times as big as the plan.
func (s *System) earned(p *Plan) *inject.Earned {
	e := &inject.Earned{Intruders: s.Intruders, Device: p.book.Name, Credential: p.exposed.oneOf}
	for _, part := range s.parts {
		e.Holdings = append(e.Holdings, part.Holds)
	}
	if len(s.Intruders) == 0 {
		return e
	}
	e.Peers = make([][]int32, len(s.parts))
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		e.Peers[f.Sender] = append(e.Peers[f.Sender], f.Receiver)
		e.Peers[f.Receiver] = append(e.Peers[f.Receiver], f.Sender)
	}
	return e
}

// Stopper returns in a word what blocks a way: the conduit, where the text begins
// with one.
func Stopper(why string) string {
	if rest, ok := strings.CutPrefix(why, "conduit "); ok {
		name, _, _ := strings.Cut(rest, " ")
		return name
	}
	return "path"
}

// attacks reports whether a flow is what an attack sends.
func (p *Plan) attacks(flow int) bool {
	return slices.ContainsFunc(p.steps, func(s inject.Step) bool {
		return s.Kind == inject.Attack && slices.ContainsFunc(s.Ops, func(op inject.Op) bool {
			return (op.Kind == inject.SendOp || op.Kind == inject.FloodOp) && op.Flow == flow
		})
	})
}
