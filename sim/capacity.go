package sim

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Work is what a device needs for each message, see network.Work.
type Work struct {
	station.Model
	// Priority names devices and signals whose messages go first. Where there are any the model
	// has two classes.
	Priority []string
}

// class returns the class of a message between two devices, about or with signals.
func (w *Work) class(from, to string, objects, carries []string) int32 {
	if len(w.Priority) > 0 && !network.First(w.Priority, from, to, objects, carries) {
		return 1
	}
	return 0
}

// works lists the devices with work.
func (s *System) works(p *Plan) {
	p.book.Observer, p.book.Until = des.Source(p.links-1), p.Run
	s.workAt, p.batteries, p.extremes = make([]int32, len(s.parts)), s.batteries(), s.extremes
	for rank, part := range s.parts {
		if part.Work != nil {
			p.book.Works = append(p.book.Works, network.Work{Device: int32(rank), Members: int32(part.Count), Station: part.Work.Model})
			s.workAt[rank] = int32(len(p.book.Works))
		}
	}
}

// doors returns where the messages of a flow from one device to another wait, and where its
// requests do.
func (s *System) doors(from, to *part, claims string, q *network.Request, asked bool) (door, ask network.Door) {
	if w := to.Work; w != nil {
		door = network.Door{Work: s.workAt[to.rank], Class: w.class(claims, to.ID, q.Objects, q.Carries)}
	}
	if w := from.Work; w != nil && asked {
		ask = network.Door{Work: s.workAt[from.rank], Class: w.class(claims, to.ID, q.Objects, q.Carries)}
	}
	return door, ask
}

// A Figure is a figure of the capacity of a system: a gauge, and what it is about.
type Figure struct {
	Kind  network.GaugeKind
	Share float64 // of a quantile
	// Device is a device with work, or with Input one of its inputs, or all that it polls if
	// that is Polls. Link is a zone or conduit.
	Device, Input, Link string
}

// Polls stands for all that a device polls, in place of one of its inputs.
const Polls = "poll"

// A figure is one that is shown in cells.
type figure struct {
	Figure
	cell    network.Cell // that expressions see
	kept    network.Cell // that the network writes
	members int
}

// Figure returns the cells that show a figure, by member of its device, and how many these are.
// Text is how it is asked for, for people. Call it when all is wired.
func (s *System) Figure(f Figure, text string) (cell network.Cell, members int, err error) {
	for i := range s.figures {
		if s.figures[i].Figure == f {
			return s.figures[i].cell, s.figures[i].members, nil
		}
	}
	if err := s.possible(&f); err != nil {
		return network.Cell{}, 0, err
	}
	members = 1
	if p := s.byID[f.Device]; p != nil {
		members = p.Count
	}
	of, start := kind{unit: unit.One}, 0.0
	switch {
	case f.Kind.Times():
		of.unit = unit.Second
	case f.Kind == network.Airtime:
		of.unit = unit.Second
	case f.Kind == network.Charge:
		of.unit, start = unit.Joule, s.byID[f.Device].Battery.Energy
	case f.Kind == network.WaitingSince:
		of.unit, start = unit.Second, -1
	}
	kept := s.hidden(-1, of, text, members, start)
	if cell = kept; f.Kind == network.WaitingSince {
		cell = s.ages(kept, text, members)
	}
	s.figures = append(s.figures, figure{f, cell, kept, members})
	return cell, members, nil
}

// ages makes cells that show how long ago something was, whose time other cells hold.
func (s *System) ages(since network.Cell, text string, members int) network.Cell {
	cell := s.hidden(-1, kind{unit: unit.Second}, text, members, 0)
	for m := range members {
		at := since.At(m)
		s.nodes = append(s.nodes, node{slot: cell.At(m), law: &law{
			name: text, reads: []signal.Read{{Slot: at, Count: 1}, {Slot: signal.Clock, Count: 1}},
			eval: func(f *signal.Frame) float64 {
				if since := f.V[at]; since >= 0 {
					return f.V[signal.Clock] - since
				}
				return 0
			},
		}})
	}
	return cell
}

// possible returns why a figure cannot be told, nil where it can.
func (s *System) possible(f *Figure) error {
	p := s.byID[f.Device]
	switch {
	case (f.Kind == network.Airtime || f.Kind == network.DutyCycle) && !s.airs(p):
		return fmt.Errorf("%s sends nothing by radio", f.Device)
	case f.Link != "" || f.Kind.Sends():
		return nil
	case f.Input == "" && p.Work == nil: // whoever asks has looked for it
		return fmt.Errorf("%s has no `work:`", f.Device)
	case f.Input == Polls && p.signal(Polls) < 0 && !slices.ContainsFunc(s.wires, f.times):
		return fmt.Errorf("%s polls nobody", f.Device)
	case f.Input != "" && !slices.ContainsFunc(s.wires, f.times):
		return fmt.Errorf("no message tells %s.%s", f.Device, f.Input)
	}
	return nil
}

// times reports whether the messages of a wire are those that a figure is about.
func (f *Figure) times(w wire) bool {
	if w.to.ID != f.Device || w.rate > 0 {
		return false
	}
	return w.input.Name == f.Input || f.Input == Polls && w.poll > 0 && !w.Subscribed
}

// gauges makes the figures gauges, when all flows are there.
func (s *System) gauges(p *Plan) {
	for i := range s.figures {
		f := &s.figures[i]
		g := network.Gauge{Kind: f.Kind, Share: f.Share, Cell: f.kept, Members: int32(f.members)}
		switch {
		case f.Kind.Sends():
			part := s.byID[f.Device]
			g.Sender, g.Battery = int32(part.base), part.Battery
		case f.Link != "":
			for k := range p.book.Links {
				if p.book.Links[k].Name == f.Link && p.book.Links[k].Shares() {
					g.Links = append(g.Links, int32(k))
				}
			}
		case f.Input == "":
			g.Work = s.workAt[s.byID[f.Device].rank]
		default:
			s.gauged(p, f)
		}
		g.By = p.gaugedBy(&g)
		p.book.Gauges = append(p.book.Gauges, g)
	}
}

// gauged has the flows whose messages a figure is about show in the next gauge.
func (s *System) gauged(p *Plan, f *figure) {
	to := s.byID[f.Device]
	for i := range p.book.Flows {
		flow := &p.book.Flows[i]
		if flow.Receiver != int32(to.rank) || flow.Silent {
			continue
		}
		hears := f.Input == Polls && to.signal(Polls) < 0 && flow.Asked()
		for _, pair := range p.book.Pairs(flow) {
			hears = hears || to.signal(f.Input) >= 0 && pair.To.Slot == to.decl.Signals[to.signal(f.Input)].Cell.Slot
		}
		if hears {
			flow.Gauges = append(flow.Gauges, int32(len(p.book.Gauges)))
		}
	}
}

// gaugedBy returns who writes a gauge: the first flow that it is about.
func (p *Plan) gaugedBy(g *network.Gauge) signal.Writer {
	for i := range p.book.Flows {
		if f := &p.book.Flows[i]; p.shows(g, f) {
			return f.By
		}
	}
	return 0
}

// shows reports whether messages of a flow show in the next gauge.
func (p *Plan) shows(g *network.Gauge, f *network.Flow) bool {
	if g.Kind.Sends() {
		return f.SenderAt == g.Sender || f.Asked() && f.ReceiverAt == g.Sender
	}
	return slices.Contains(f.Gauges, int32(len(p.book.Gauges))) || g.Work > 0 && (f.Door.Work == g.Work || f.AskDoor.Work == g.Work) ||
		slices.ContainsFunc(f.Path.Hops, func(h network.Hop) bool { return slices.Contains(g.Links, h.Link) })
}

// gauges adds that what gauges show comes with messages, and with what these wait for.
func (b *swayer) gauges() {
	for i := range b.p.book.Gauges {
		g := &b.p.book.Gauges[i]
		for m := range int(g.Members) {
			if at := place(g.Cell.At(m)); g.Work > 0 {
				b.after(b.crew(g.Work), at)
			}
			for _, l := range g.Links {
				b.after(b.links+place(l), place(g.Cell.At(m)))
			}
			if g.Kind.Sends() {
				b.add(b.member(int(g.Sender)+m), place(g.Cell.At(m)))
			}
		}
	}
	for i := range b.p.book.Flows {
		f := &b.p.book.Flows[i]
		for _, g := range f.Gauges {
			for m := range int(f.Count) {
				to := place(b.p.book.Gauges[g].Cell.At(f.Hearer(m)))
				b.after(b.member(int(f.ReceiverAt)+f.Hearer(m)), to)
				b.after(b.member(int(f.SenderAt)+f.Teller(m)), to)
			}
		}
	}
}

// crew is the place of what waits for a device with work.
func (x *sways) crew(work int32) place { return x.crews + place(work-1) }

// undivided returns an error where what is sent as a rate is of what a link lets go first: all that goes first are
// single messages.
func (s *System) undivided(p *Plan) error {
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		for _, link := range f.Path.Urgent {
			if f.Stream {
				return fmt.Errorf("%s lets what %s sends to %s go first (`priority:`), which is a rate: no single message of it could go before another one; leave out one of both",
					p.book.Links[link].Name, p.book.Name(f.Sender), p.book.Name(f.Receiver))
			}
		}
	}
	return nil
}
