package sim

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Step is an injection with the condition that starts it, where it has one.
type Step struct {
	inject.Step
	Condition *signal.Condition
	// Disturb lists the flows that it disturbs, Sends what it sends from its foothold.
	Disturb []Disturb
	Sends   []Send
}

// A Disturb is a disturbance of all flows that it selects; empty names select
// all.
type Disturb struct {
	Sender, Receiver, Link string
	Signal                 string // that the flow carries, of Sender
	Disturbance            network.Disturbance
	// At is the foothold whose place messages must pass; empty for one that is assumed.
	At    string
	Sniff bool // it only listens
	Noise bool // it drowns all messages, those that attacks send as well
	// Session says that who listens takes over the receiver's session as well.
	Session bool
}

// Plan puts everything together. It ends the assembly: the system must not be
// used afterwards.
func (s *System) Plan(sc Scenario, invariants []Invariant, steps []Step, columns []Column) (*Plan, error) {
	g, err := s.graph()
	if err != nil {
		return nil, err
	}
	if len(s.parts)+2 > des.MaxSources {
		return nil, fmt.Errorf("%d devices are more than the %d that can be told apart; write `count:` where they are alike", len(s.parts), des.MaxSources-2)
	}
	p := &Plan{
		Scenario: sc, Signals: s.finish(g), Devices: s.signals.devices, g: g, points: s.points, windows: s.windows,
		invariants: invariants, shown: columns,
	}
	p.Walls = s.Walls
	p.endanger(s.Dangers)
	p.links = len(s.parts) + 2
	p.assembly.Units = make([]device.Unit, len(s.parts))
	p.assembly.Name = func(unit int) string { return p.Devices[unit].ID }
	for i := range s.parts {
		s.unit(p, i)
	}
	s.logs(p)
	s.malware(p)
	s.stores(p)
	s.countActs(p)
	s.works(p)
	if err := s.flows(p); err != nil {
		return nil, err
	}
	p.notices()
	s.expose(p)
	s.steps(p, steps)
	s.gauges(p)
	if err := s.undivided(p); err != nil {
		return nil, err
	}
	for i := range p.invariants {
		m, err := p.invariants[i].compile()
		if err != nil {
			return nil, err
		}
		p.monitors = append(p.monitors, m)
	}
	s.posts(p)
	s.observers(p, steps)
	s.readers(p)
	p.sways = s.sways(p)
	p.traits = p.traitsOf()
	p.digestNames = digestNames(p.Signals)
	s.depict(p)
	p.amounts, p.judges = p.amountsOf(), p.judgesOf()
	return p, nil
}

// steps makes the steps of the plan, with the flows that they disturb, hear or send.
func (s *System) steps(p *Plan, from []Step) {
	p.earned = s.earned(p)
	for i := range from {
		step := from[i].Step
		step.Roots = rootOf(i)
		step.Ops = slices.Clone(step.Ops)
		for k := range step.Ops {
			s.announced(&step.Ops[k])
		}
		p.steps = append(p.steps, step)
	}
	s.sends(p, from, p.steps)
	for i := range from { // what acts send can be heard and held back as well
		for _, d := range from[i].Disturb {
			s.disturbs(p, d, &p.steps[i])
		}
	}
	for i := range p.steps { // writers are numbered once all flows are there
		p.steps[i].By = p.stepWriter(i)
		for _, op := range p.steps[i].Ops {
			if op.Kind == inject.SendOp || op.Kind == inject.FloodOp {
				p.book.Flows[op.Flow].By = p.steps[i].By
			}
		}
	}
}

// unit makes what the runtime needs of one device.
func (s *System) unit(p *Plan, i int) {
	part, a := s.parts[i], &p.assembly
	u := &a.Units[i]
	*u = device.Unit{
		Count: int32(part.Count), Source: des.Source(i), Handlers: part.decl.Handlers,
		OnMessage: -1, Base: int32(a.Members), View: -1,
	}
	if i > 0 {
		before := &a.Units[i-1]
		u.First = before.First + int32(len(before.Handlers))
	}
	u.Writer = p.handlerWriter(int(u.First))
	part.base = a.Members
	a.Members += part.Count
	for h := range u.Handlers {
		if u.Handlers[h].Kind == device.OnMessage {
			u.OnMessage = int32(h)
		}
	}
	for _, c := range part.decl.Chances {
		c.Index = len(p.chances)
		p.chances = append(p.chances, chanceOwner{part.ID, c.Name})
	}
	s.cellsOf(p, part, u)
	if len(u.Handlers) > 0 {
		s.views(p, part, u)
	}
}

// cellsOf notes what a unit hears and tells.
func (s *System) cellsOf(p *Plan, part *part, u *device.Unit) {
	for j := range part.decl.Signals {
		sig := &part.decl.Signals[j]
		u.Wired = u.Wired || s.hardWired(p.g, part, sig)
		if sig.Informs() {
			_, told := s.told[sig.Cell.Slot]
			_, wired := s.wired[sig.Cell.Slot]
			sig.Cell.Outlet = int32(len(p.assembly.Outlets))
			p.assembly.Outlets = append(p.assembly.Outlets, device.Outlet{Told: told || wired})
		}
	}
}

// views notes what the handlers of a device read of continuous signals, by member.
// Where that is nothing for the first, it is so for all.
func (s *System) views(p *Plan, part *part, u *device.Unit) {
	a := &p.assembly
	for m := range part.Count {
		reads := make([]signal.Slot, 0, len(part.decl.Signals))
		for j := range part.decl.Signals {
			reads = append(reads, part.decl.Signals[j].Cell.At(m))
		}
		view := p.g.view(p.g.reach(reads))
		view.Clock = view.Clock || part.decl.Time
		if view.Empty() {
			return
		}
		if m == 0 {
			u.View = int32(len(a.Views))
		}
		a.Views = append(a.Views, view)
	}
}

// flows groups the wires of information: all that one device tells another one
// in one way is one flow.
func (s *System) flows(p *Plan) error {
	slices.SortStableFunc(s.wires, func(a, b wire) int {
		return cmp.Or(cmp.Compare(a.to.rank, b.to.rank), cmp.Compare(a.from.rank, b.from.rank),
			cmp.Compare(a.poll, b.poll), cmp.Compare(a.member, b.member), cmp.Compare(a.carries, b.carries), cmp.Compare(a.apart, b.apart), a.compare(&b.Subscription), cmp.Compare(a.input.Cell.Index(), b.input.Cell.Index()))
	})
	flows := 0
	for i := range s.wires {
		if i == 0 || !sameFlow(&s.wires[i], &s.wires[i-1]) {
			flows++
		}
	}
	p.book.Reserve(flows, len(s.wires))
	p.book.Name = func(device int32) string { return p.Devices[device].ID }
	p.book.Links = s.Topology.Links()
	paths := s.pathBook()
	var list []carried
	for i := range s.wires {
		w := &s.wires[i]
		if i == 0 || !sameFlow(w, &s.wires[i-1]) {
			end := i + 1
			for end < len(s.wires) && sameFlow(&s.wires[end], w) {
				end++
			}
			q := request(s.wires[i:end])
			path, err := paths.find(q)
			if err != nil {
				return err
			}
			f := s.flow(w, w.granted(path), p.flowWriter(len(p.book.Flows)))
			f.Verb, f.Protocol, f.Security = q.Verb, q.Protocol, max(server(w).Security, s.signed[w.to.rank])
			f.Door, f.AskDoor = s.doors(w.from, w.to, w.from.ID, &q, f.Asked())
			if f.Period > 0 && f.Protocol == network.OPCUA {
				f.Session = server(w).Session
			}
			p.hands(w, len(p.book.Flows))
			p.book.Add(f)
			s.ward(p, w, len(p.book.Flows)-1)
			p.pour(w, path)
		}
		p.book.Carry(s.pair(w))
		if w.poll == 0 && w.rate == 0 {
			list = append(list, carried{w.source.Cell.Outlet, int32(len(p.book.Flows) - 1)})
		}
	}
	p.carriers(list)
	return nil
}

func sameFlow(a, b *wire) bool {
	return a.from == b.from && a.to == b.to && a.poll == b.poll && a.member == b.member && a.carries == b.carries && a.apart == b.apart && a.Subscription == b.Subscription
}

// carried is a flow that carries a report, by its outlet.
type carried struct{ outlet, flow int32 }

// carriers lists the flows that carry each report.
func (p *Plan) carriers(list []carried) {
	slices.SortFunc(list, func(a, b carried) int {
		return cmp.Or(cmp.Compare(a.outlet, b.outlet), cmp.Compare(a.flow, b.flow))
	})
	list = slices.Compact(list)
	a := &p.assembly
	a.Carriers = make([]int32, len(list))
	for i, c := range list {
		a.Carriers[i] = c.flow
		o := &a.Outlets[c.outlet]
		if o.Last == 0 {
			o.First = int32(i)
		}
		o.Last = int32(i + 1)
	}
}

func (s *System) flow(w *wire, path *network.Path, by signal.Writer) network.Flow {
	count, gathers := w.to.Count, w.gathers && w.from.Count > 1
	if gathers {
		count = w.from.Count
	}
	return network.Flow{
		Gathers: gathers, Carries: w.carries, Dated: w.carries > 0 && w.Subscribed, Apart: w.apart, Silent: w.rate > 0, Stream: w.rate > 0,
		Sender: int32(w.from.rank), Receiver: int32(w.to.rank),
		SenderAt: int32(w.from.base), ReceiverAt: int32(w.to.base),
		SendAs: des.Source(w.from.rank), AskAs: des.Source(w.to.rank), Count: int32(count),
		Member: int32(w.member), Broadcast: w.from.Count == 1, Path: path, Period: w.poll,
		Subscribed: w.Subscribed && w.poll > 0, Topic: w.Topic, QoS: w.QoS, Retry: w.Retry,
		By: by, Claims: -1, Guard: s.guardOf(w.to.rank), Bears: w.from.Holds,
		Warded: w.Subscribed && w.Topic != "" && s.grantsChange(w.from.rank),
	}
}

// private returns the first of the points on what one receiver alone is told.
func (s *System) private(w *wire) (point int, ok bool) {
	if len(s.privy) > 0 {
		point, ok = s.privy[[2]string{w.from.ID + "." + w.source.Name, w.to.ID}]
	}
	return point, ok
}

// pair makes a wire a value of a flow.
func (s *System) pair(w *wire) network.Pair {
	from := network.Cell{Slot: w.source.Cell.Slot, Stride: w.source.Cell.Stride}
	if c, ok := s.told[from.Slot]; ok {
		from = c
	}
	told := from
	if w.member >= 0 {
		from = network.Cell{Slot: from.At(w.member)}
	}
	pair := network.Pair{From: from, To: network.Cell{Slot: w.input.Cell.Slot, Stride: w.input.Cell.Stride}, Point: -1, News: network.Cell{Slot: -1}}
	pair.Object = s.object(s.guardOf(w.to.rank), w.input.Name)
	if news := w.input.News; news != nil {
		pair.News = network.Cell{Slot: news.Slot, Stride: news.Stride}
	}
	if point, ok := s.private(w); ok {
		pair.Point = int32(point)
		for m := range w.from.Count { // what is told to all lies beneath what one is told
			s.points[point+m].Source = told.At(m)
		}
	}
	return pair
}

// selected lists the flows that a disturbance selects.
func (s *System) selected(p *Plan, d Disturb) (list []int) {
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		if f.Silent && !d.Noise && p.attacks(i) {
			continue
		}
		if d.Sender != "" && p.book.Name(f.Sender) != d.Sender || d.Receiver != "" && p.book.Name(f.Receiver) != d.Receiver {
			continue
		}
		if d.Link != "" && !slices.ContainsFunc(f.Path.Hops, func(h network.Hop) bool { return p.book.Links[h.Link].Name == d.Link }) {
			continue
		}
		if d.Signal != "" && !s.carries(p.book.Pairs(f), d) {
			continue
		}
		list = append(list, i)
	}
	return list
}

// carries reports whether a flow of some values carries the signal of its sender.
func (s *System) carries(pairs []network.Pair, d Disturb) bool {
	_, sig := s.signalOf(d.Sender, d.Signal)
	told := s.told[sig.Cell.Slot]
	return slices.ContainsFunc(pairs, func(pair network.Pair) bool {
		return pair.From.Slot == sig.Cell.Slot || told.Slot != 0 && pair.From.Slot == told.Slot
	})
}

// Window returns the cell that is kept at the value of a windowed helper (delta,
// mean, integral, rate, age) of an expression over the last span.
func (s *System) Window(name string, of signal.Expression, span vtime.Duration, u unit.Unit) signal.Slot {
	helper := helperOf(name)
	for _, w := range s.windows {
		if w.helper == helper && w.arg.Text == of.Text && w.span == span {
			return w.slot
		}
	}
	cell := s.hidden(-1, kind{unit: u}, fmt.Sprintf("%s(%s, %v)", name, of.Text, span), 1, 0)
	s.windows = append(s.windows, windowSpec{helper: helper, arg: of, span: span, slot: cell.Slot, unit: u})
	s.nodes = append(s.nodes, node{slot: cell.Slot, law: &law{
		name: name, reads: of.Reads, window: len(s.windows),
		eval: func(f *signal.Frame) float64 { return f.V[cell.Slot] },
	}})
	return cell.Slot
}
