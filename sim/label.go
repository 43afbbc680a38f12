package sim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/harmproof/harmproof/sim/signal"
)

// formatOfSnapshots goes up whenever what a world archives changes.
const formatOfSnapshots = 6

// label says what a snapshot is of. The same label means the same cells, flows,
// handlers, conditions and steps in the same places.
func (p *Plan) label() string {
	sum := sha256.New()
	p.describe(sum)
	return fmt.Sprintf("%s, plan %s, snapshot format %d", p.Name, hex.EncodeToString(sum.Sum(nil)[:8]), formatOfSnapshots)
}

// describe writes what the state of a run depends on.
func (p *Plan) describe(to hash.Hash) {
	fmt.Fprintln(to, p.Name, p.Hash, p.Run, p.Seed)
	starts := make([]float64, p.Signals.Len())
	p.Signals.starts(func(slot signal.Slot, x float64) { starts[slot] = x })
	for info := range p.Signals.All() {
		fmt.Fprintln(to, info.Path(), starts[info.Slot])
	}
	for i := range p.assembly.Units {
		u := &p.assembly.Units[i]
		for h := range u.Handlers {
			fmt.Fprintln(to, p.Devices[i].ID, u.Handlers[h].Name, u.Handlers[h].Kind, u.Handlers[h].Period)
		}
	}
	for i := range p.book.Links {
		l := p.book.Links[i]
		if l.Radio != nil {
			fmt.Fprintf(to, "%+v\n", *l.Radio) // what it is, not where it lies: another process has it elsewhere
			l.Radio = nil
		}
		fmt.Fprintln(to, l)
	}
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		fmt.Fprintln(to, p.book.Name(f.Sender), p.book.Name(f.Receiver), f.Count, f.Member, f.Period, p.book.Pairs(f), *f.Path, f.Subscribed, f.Topic, f.Silent, f.QoS, f.Retry, f.Bytes, f.Asks)
	}
	for i := range p.invariants {
		inv := &p.invariants[i]
		fmt.Fprintln(to, inv.Name, inv.Text, inv.Formula.Show(func(atom int) string { return inv.condition(atom).Text }))
	}
	for i := range p.steps {
		s := p.steps[i]
		for k := range s.Ops {
			op := s.Ops[k]
			op.Tape, op.Layer.Tape = nil, nil
			fmt.Fprintf(to, "%+v\n", op)
		}
		if s.Ops = nil; s.Footing != nil {
			fmt.Fprintf(to, "%+v\n", *s.Footing)
			s.Footing = nil
		}
		fmt.Fprintf(to, "%+v\n", s)
	}
	for i := range p.shown {
		fmt.Fprintln(to, p.shown[i].Title, p.shown[i].Expression.Text)
	}
	fmt.Fprintln(to, len(p.observers), len(p.windows), len(p.points), len(p.g.islands), len(p.g.nodes))
}
