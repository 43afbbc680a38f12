package sim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// someSenders is how many of those are named who bring something to a link.
const someSenders = 4

// gaugeAt is the gauge of links that a cell belongs to, or nil.
func (w *world) gaugeAt(slot signal.Slot) *network.Gauge {
	for i := range w.plan.book.Gauges {
		g := &w.plan.book.Gauges[i]
		if _, ok := memberAt(g.Cell, int(g.Members), slot); ok && len(g.Links) > 0 {
			return g
		}
	}
	return nil
}

// sinceWhen reports whether a cell holds when the message came that has waited longest for a link, which people see as
// how long it has waited.
func (w *world) sinceWhen(slot signal.Slot) bool {
	g := w.gaugeAt(slot)
	return g != nil && g.Kind == network.WaitingSince
}

// loaded says what is behind a figure of links: how much each carries, how much came, and from whom; of those that
// more came to than they carry, or of which something was lost, else of all. It is nil of any other cell.
func (w *world) loaded(slot signal.Slot, now vtime.Time) (list []Cause) {
	g := w.gaugeAt(slot)
	if g == nil || now <= 0 {
		return nil
	}
	var full, all []Cause
	for _, l := range w.network.LinkCounts() {
		link := &w.plan.book.Links[l.Link]
		if !slices.Contains(g.Links, l.Link) || link.Bandwidth <= 0 {
			continue
		}
		text, who, rate, step := w.loadOn(&l, now)
		if text == "" {
			continue
		}
		c := Cause{Kind: LoadCause, At: now, Signal: w.plan.Signals.At(slot), Value: w.store.V[slot], Who: who, Check: text, Injection: -1, Otherwise: math.NaN()}
		of := []Cause{c}
		if step >= 0 {
			root := c
			root.Kind, root.Injection, root.At, root.Value, root.Check = InjectionCause, step, w.timeline.Report(step).Applied, math.NaN(), ""
			of = append(of, root)
		}
		if all = append(all, of...); l.Dropped > 0 || l.Spilled > 0 || rate > link.Bandwidth {
			full = append(full, of...)
		}
	}
	if len(full) > 0 {
		return full
	}
	return all
}

// A sender is who brings something to a link.
type sender struct {
	name, device string
	step         int // that it is of, or -1
	since        vtime.Time
	rate         float64 // bit/s on average since then
}

// loadOn says how much comes to a link in one direction, in bit/s on average, of what an attack or a fault sends since
// that began; who sends most; and the attack or fault without which it would not be too much, or which sends
// most, or -1.
func (w *world) loadOn(l *network.LinkCount, now vtime.Time) (text, who string, total float64, step int) {
	list := w.senders(l, now)
	for k := range list {
		total += list[k].rate
	}
	if total == 0 {
		return "", "", 0, -1
	}
	carries := w.plan.book.Links[l.Link].Bandwidth
	step = list[0].step
	var parts []string
	for k := range list {
		s := &list[k]
		if step < 0 && s.step >= 0 && total-s.rate <= carries && total > carries {
			step = s.step
		}
		if k < someSenders {
			since := ""
			if s.since > 0 {
				since = ", since " + s.since.Short()
			}
			parts = append(parts, fmt.Sprintf("%s %s (%.3g %%%s)", s.name, bitRate(s.rate), 100*s.rate/carries, since))
		}
	}
	if more := len(list) - someSenders; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("%s carries %s, and %s came to it on average, %.3g %% of that: %s",
		w.plan.LinkName(l), bitRate(carries), bitRate(total), 100*total/carries, strings.Join(parts, ", ")), list[0].device, total, step
}

// senders lists who brings something to a link in one direction, the most first.
func (w *world) senders(l *network.LinkCount, now vtime.Time) (list []sender) {
	for _, b := range w.network.Brought(l.Link) {
		if b.Back != l.Back {
			continue
		}
		s := sender{device: w.plan.book.Name(w.plan.book.Flows[b.Flow].Sender)}
		if s.name, s.step = w.sends(b.Flow); s.step >= 0 {
			s.since = w.timeline.Report(s.step).Applied
		}
		if s.since >= now {
			continue
		}
		s.rate = 8 * b.Bytes / now.Sub(s.since).Seconds()
		if k := slices.IndexFunc(list, func(o sender) bool { return o.name == s.name }); k >= 0 {
			list[k].rate += s.rate
			continue
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b sender) int { return cmp.Compare(b.rate, a.rate) })
	return list
}

// sends names who sends a flow to whom, and the attack or fault that it is of, or -1.
func (w *world) sends(flow int) (name string, step int) {
	f := &w.plan.book.Flows[flow]
	name = w.plan.book.Name(f.Sender) + " to " + w.plan.book.Name(f.Receiver)
	if f.Asked() {
		name = w.plan.book.Name(f.Receiver) + " with " + w.plan.book.Name(f.Sender)
	}
	step = slices.IndexFunc(w.plan.steps, func(s inject.Step) bool {
		return slices.ContainsFunc(s.Ops, func(op inject.Op) bool {
			return (op.Kind == inject.SendOp || op.Kind == inject.FloodOp) && op.Flow == flow
		})
	})
	if step >= 0 {
		name = w.plan.steps[step].Name + " from " + name
	}
	return name, step
}

// bitRate is a rate in bit/s as people write it.
func bitRate(x float64) string {
	switch {
	case x >= 1e6:
		return unit.Format(x/1e6, unit.One, 3) + " Mbit/s"
	case x >= 1e3:
		return unit.Format(x/1e3, unit.One, 3) + " kbit/s"
	}
	return unit.Format(x, unit.One, 3) + " bit/s"
}
