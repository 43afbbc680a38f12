package sim

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Step is an injection with the condition that starts it, where it has one.
type Step struct {
	inject.Step
	Condition *signal.Condition
	// Disturb lists the flows that it disturbs.
	Disturb []Disturb
}

// A Disturb is a disturbance of all flows that it selects; empty names select
// all.
type Disturb struct {
	Sender, Receiver, Link string
	Signal                 string // that the flow carries, of Sender
	Disturbance            network.Disturbance
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
		Scenario: sc, Signals: s.names, g: g, starts: s.starts, points: s.points, windows: s.windows,
		invariants: invariants, shown: columns, tolls: map[signal.Slot][]int{}, toldFrom: map[signal.Slot][]signal.Slot{},
		byPath: map[string]signal.Slot{},
	}
	for _, part := range s.parts {
		p.Devices = append(p.Devices, part.Device)
	}
	for slot := range s.names {
		s.names[slot].Continuous = g.continuous[slot]
	}
	for slot, info := range s.names {
		if !info.Internal {
			p.byPath[info.Path()] = signal.Slot(slot)
		}
	}
	for _, part := range s.parts { // an input that is another name of its source
		for i := range part.decl.Signals {
			sig := &part.decl.Signals[i]
			for m := range part.Count {
				info := SignalInfo{Device: part.ID, Signal: sig.Name, Member: m, Count: part.Count}
				if path := info.Path(); !sig.Internal {
					p.byPath[path] = sig.Cell.At(m)
				}
			}
		}
	}
	p.links = len(s.parts) + 2
	p.units = make([]device.Unit, len(s.parts))
	for i := range s.parts {
		s.unit(p, i)
	}
	if err := s.flows(p); err != nil {
		return nil, err
	}
	for i := range steps {
		step := steps[i].Step
		step.By = s.Writer(Writer{Kind: WroteInjection, What: step.Name, Step: i})
		step.Roots = 1 << min(i, 62)
		step.Ops = slices.Clone(step.Ops)
		for _, d := range steps[i].Disturb {
			for _, flow := range s.selected(p, d) {
				step.Ops = append(step.Ops, inject.Op{Kind: inject.DisturbOp, Flow: flow, Disturbance: d.Disturbance})
			}
		}
		p.steps = append(p.steps, step)
	}
	s.observers(p, steps)
	s.readers(p)
	p.writers = s.writers
	return p, nil
}

// unit makes what the runtime needs of one device.
func (s *System) unit(p *Plan, i int) {
	part := s.parts[i]
	u := device.Unit{
		Name: part.ID, Count: part.Count, Source: des.Source(i), Handlers: part.decl.Handlers, First: p.firstHandler(),
		Flows: make([][]int32, len(part.decl.Signals)), Told: make([]bool, len(part.decl.Signals)),
		OnMessage: -1, Base: p.members, TimerBase: make([]int, len(part.decl.Handlers)),
	}
	part.base = p.members
	p.members += part.Count
	for h := range u.Handlers {
		u.Writers = append(u.Writers, s.Writer(Writer{Kind: WroteHandler, Device: part.ID, What: u.Handlers[h].Name}))
		switch u.Handlers[h].Kind {
		case device.OnMessage:
			u.OnMessage = h
		case device.OnTimer:
			u.TimerBase[h] = p.deadlines
			p.deadlines += part.Count
		}
	}
	timer := 0
	for h := range u.Handlers {
		if u.Handlers[h].Kind == device.OnTimer {
			part.decl.Timers[timer].Base = u.TimerBase[h]
			timer++
		}
	}
	for _, c := range part.decl.Chances {
		c.Index = len(p.chances)
		p.chances = append(p.chances, chanceOwner{part.ID, c.Name})
	}
	var inputs []device.Cell
	for j := range part.decl.Signals {
		sig := &part.decl.Signals[j]
		if sig.Role.Listens() {
			inputs = append(inputs, *sig.Cell)
		}
		if sig.Role.Listens() && s.names[sig.Cell.Slot].Device != part.ID {
			u.Reads = append(u.Reads, device.Cell{Slot: sig.Cell.Slot, Stride: sig.Cell.Stride})
		}
		u.Wired = u.Wired || s.hardWired(p.g, part, sig)
		if sig.Role == device.RoleReport {
			_, told := s.told[sig.Cell.Slot]
			_, wired := s.wired[sig.Cell.Slot]
			u.Told[j] = told || wired
		}
	}
	if len(u.Handlers) > 0 {
		u.Views = s.views(p, part)
	}
	p.inputs = append(p.inputs, inputs)
	p.units[i] = u
}

// firstHandler is the number of handlers so far.
func (p *Plan) firstHandler() (n int) {
	for i := range p.units {
		n += len(p.units[i].Handlers)
	}
	return n
}

// views returns what the handlers of a device read of continuous signals, by
// member, or nil where that is nothing.
func (s *System) views(p *Plan, part *part) []plant.View {
	views, any := make([]plant.View, part.Count), part.decl.Time
	for m := range part.Count {
		var reads []signal.Slot
		for j := range part.decl.Signals {
			reads = append(reads, part.decl.Signals[j].Cell.At(m))
		}
		views[m] = p.g.view(p.g.reach(reads))
		views[m].Clock = views[m].Clock || part.decl.Time
		any = any || !views[m].Empty()
	}
	if !any {
		return nil
	}
	return views
}

// flows groups the wires of information: all that one device tells another one
// in one way is one flow.
func (s *System) flows(p *Plan) error {
	rank := map[*part]int{}
	for i, part := range s.parts {
		rank[part] = i
	}
	slices.SortStableFunc(s.wires, func(a, b wire) int {
		return cmp.Or(cmp.Compare(rank[a.to], rank[b.to]), cmp.Compare(rank[a.from], rank[b.from]),
			cmp.Compare(a.poll, b.poll), cmp.Compare(a.member, b.member), cmp.Compare(a.input.Cell.Index(), b.input.Cell.Index()))
	})
	for i, w := range s.wires {
		if i == 0 || !sameFlow(w, s.wires[i-1]) {
			if err := s.flow(p, w, rank); err != nil {
				return err
			}
		}
		s.pair(p, w, rank[w.from])
	}
	return nil
}

func sameFlow(a, b wire) bool {
	return a.from == b.from && a.to == b.to && a.poll == b.poll && a.member == b.member
}

func (s *System) flow(p *Plan, w wire, rank map[*part]int) error {
	path, err := s.Topology.Path(w.from.ID, w.to.ID)
	if err != nil {
		return err
	}
	p.flows = append(p.flows, network.Flow{
		Sender: int32(rank[w.from]), Receiver: int32(rank[w.to]), SenderName: w.from.ID, ReceiverName: w.to.ID,
		SendAs: des.Source(rank[w.from]), AskAs: des.Source(rank[w.to]), Count: w.to.Count,
		Member: w.member, Broadcast: w.from.Count == 1, Path: path, Period: w.poll,
		By: s.Writer(Writer{Kind: WroteMessage, Device: w.from.ID, Receiver: w.to.ID, What: w.source.Name}),
	})
	return nil
}

// pair adds a wire to the last flow.
func (s *System) pair(p *Plan, w wire, sender int) {
	index := len(p.flows) - 1
	f := &p.flows[index]
	from := network.Cell{Slot: w.source.Cell.Slot, Stride: w.source.Cell.Stride}
	if c, ok := s.told[from.Slot]; ok {
		from = c
	}
	told := from
	if w.member >= 0 {
		from = network.Cell{Slot: from.At(w.member)}
	}
	pair := network.Pair{From: from, To: network.Cell{Slot: w.input.Cell.Slot, Stride: w.input.Cell.Stride}, Point: -1, News: network.Cell{Slot: -1}}
	if news := w.input.News; news != nil {
		pair.News = network.Cell{Slot: news.Slot, Stride: news.Stride}
	}
	if point, ok := s.privy[[2]string{w.from.ID + "." + w.source.Name, w.to.ID}]; ok {
		pair.Point = int32(point)
		for m := range w.from.Count { // what is told to all lies beneath what one is told
			s.points[point+m].Source = told.At(m)
		}
	}
	f.Pairs = append(f.Pairs, pair)
	for m := range f.Count {
		to := pair.To.At(m)
		p.toldFrom[to] = append(p.toldFrom[to], pair.From.At(f.Teller(m)))
	}
	if f.Period > 0 {
		return
	}
	u := &p.units[sender]
	if list := u.Flows[w.source.Cell.Index()]; !slices.Contains(list, int32(index)) {
		u.Flows[w.source.Cell.Index()] = append(list, int32(index))
	}
}

// selected lists the flows that a disturbance selects.
func (s *System) selected(p *Plan, d Disturb) (list []int) {
	for i := range p.flows {
		f := &p.flows[i]
		if d.Sender != "" && f.SenderName != d.Sender || d.Receiver != "" && f.ReceiverName != d.Receiver {
			continue
		}
		if d.Link != "" && !slices.ContainsFunc(f.Path, func(l network.Link) bool { return l.Name == d.Link }) {
			continue
		}
		if d.Signal != "" && !s.carries(f, d) {
			continue
		}
		list = append(list, i)
	}
	return list
}

// carries reports whether a flow carries the signal of its sender.
func (s *System) carries(f *network.Flow, d Disturb) bool {
	_, sig := s.signalOf(d.Sender, d.Signal)
	told := s.told[sig.Cell.Slot]
	return slices.ContainsFunc(f.Pairs, func(pair network.Pair) bool {
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
	cell := s.hidden("", fmt.Sprintf("%s(%s, %v)", name, of.Text, span), SignalInfo{Unit: u}, 1)
	s.windows = append(s.windows, windowSpec{helper: helper, arg: of, span: span, slot: cell.Slot, unit: u})
	s.nodes = append(s.nodes, node{
		slot: cell.Slot, reads: slots(of.Reads, 0), name: name, window: len(s.windows),
		eval: func(f *signal.Frame) float64 { return f.V[cell.Slot] },
	})
	return cell.Slot
}
