package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A rated is what comes to a store as a rate: from is who tells it, path how it comes.
type rated struct {
	to, from *dev
	wire     *wire
	path     network.Path
}

// unsuited are the places at which something was reported that what comes as a rate cannot do.
type unsuited struct {
	*builder
	said map[source.Span]bool
}

// rates refuses what acts on single messages where messages come as a rate: there it would do nothing, and
// nobody would hear of that.
func (b *builder) rates(steps []step) {
	list := b.ratedWires()
	u := unsuited{b, map[source.Span]bool{}}
	u.countable(list)
	for i := range list {
		u.onTheWay(&list[i])
		u.atTheStore(&list[i])
	}
	for i := range steps {
		u.disturbed(&steps[i], list)
		u.returning(&steps[i], list)
	}
}

// ratedWires lists what comes as a rate and finds its way.
func (b *builder) ratedWires() (list []rated) {
	for _, d := range b.devs {
		for i := range d.inputs {
			w := &d.inputs[i]
			id, _, _, _ := splitPath(w.wiring.Source.Value)
			from := b.byName[id]
			if w.perSecond == 0 || d.broken || from == nil || from.broken {
				continue
			}
			if path, err := b.sys.Router().Route(b.requestOf(id, d.spec.Name.Value, w.verb())); err == nil {
				list = append(list, rated{d, from, w, path})
			}
		}
	}
	return list
}

// refuse reports that what a device tells as a rate has no part in something.
func (u unsuited) refuse(at source.Span, r *rated, fix, what string) {
	if u.said[at] {
		return
	}
	u.said[at] = true
	id := r.from.spec.Name.Value
	if fix != "" {
		fix = ", or " + fix
	}
	u.Errorf(at, "leave out `as_rate: true` of "+id+fix, "what %s tells %s comes as a rate, without single messages%s", id, r.to.spec.Name.Value, what)
}

// mostItems is how many items can come as rates in a run: so few that nothing that counts them overflows.
const mostItems = 1e18

// countable refuses more items than can be counted.
func (u unsuited) countable(list []rated) {
	all := 0.0
	for i := range list {
		r := &list[i]
		n := float64(r.wire.perSecond * vtime.Seconds(vtime.Duration(u.file.Run.Value)))
		if all += n; all > mostItems {
			u.Errorf(spanOf(r.from.spec.Params, r.from.rate.Every, r.from.spec.Name.Span), "write a longer `every:`, or a shorter `run:`",
				"%s tells %s %.3g readings in %v, and a run counts %.3g of all that comes as a rate at most",
				r.from.spec.Name.Value, r.to.spec.Name.Value, n, vtime.Duration(u.file.Run.Value), float64(mostItems))
			return
		}
	}
}

// onTheWay refuses links that lose single messages, and bursts where links or the store are shared.
func (u unsuited) onTheWay(r *rated) {
	links, narrow := u.sys.Topology.Links(), r.to.spec.Work != nil
	for _, hop := range r.path.Hops {
		l := &links[hop.Link]
		narrow = narrow || l.Shares()
		if l.Loss > 0 {
			u.refuse(u.lossOf(l.Name).Span, r, "the loss", ": "+l.Name+" would lose none of it")
		}
	}
	if !narrow {
		return
	}
	for _, e := range r.from.spec.Params {
		if e.Key.Value == "in_step" && e.Value.Text.Value == "true" {
			u.refuse(e.Value.Text.Span, r, "`in_step`", ": that all come at once would fill no queue on the way, or at the store")
		}
	}
}

// lossOf returns what a zone or a conduit says of its loss.
func (b *builder) lossOf(name string) (loss syntax.Percent) {
	for i := range b.file.System.Zones {
		if z := &b.file.System.Zones[i]; z.Name.Value == name {
			return z.Loss
		}
	}
	for i := range b.file.System.Conduits {
		if c := &b.file.System.Conduits[i]; c.Name.Value == name {
			return c.Loss
		}
	}
	return loss
}

// atTheStore refuses limits and checks of single messages.
func (u unsuited) atTheStore(r *rated) {
	id := r.to.spec.Name.Value
	if w := r.to.spec.Work; w != nil && w.Limit != nil {
		u.refuse(w.Limit.Rate.Span, r, "the limit", ": the limit of "+id+" would let all of it pass")
	}
	for i := range r.to.spec.Checks {
		if c := &r.to.spec.Checks[i]; concerns(c, r) {
			u.refuse(c.Kind.Span, r, "say what else the check is about, such as `of: erasure` or `verb: login`", ": "+id+" would check none of it")
		}
	}
}

// concerns reports whether a check looks at the messages that there would be.
func concerns(c *syntax.Check, r *rated) bool {
	named := func(list []syntax.Text, names ...string) bool {
		return len(list) == 0 || slices.ContainsFunc(list, func(t syntax.Text) bool { return slices.Contains(names, t.Value) })
	}
	input := r.wire.name.Value
	return named(c.Verbs, r.wire.verb().String()) && named(c.From, r.from.spec.Name.Value) && named(c.Of, input, r.to.spec.Name.Value+"."+input)
}

// disturbed refuses a step that would act on single messages of what comes as a rate.
func (u unsuited) disturbed(s *step, list []rated) {
	if s.broken {
		return
	}
	for i := range s.Disturb {
		for k := range list {
			if d := &s.Disturb[i]; !d.Sniff && u.meets(d, &list[k]) {
				u.refuse(s.syntax.Kind.Span, &list[k], "name others with signal:, sender: or receiver:", ": "+s.What+" would do nothing to it")
			}
		}
	}
}

// meets reports whether a disturbance selects what comes as a rate.
func (u unsuited) meets(d *sim.Disturb, r *rated) bool {
	from, to := r.from.spec.Name.Value, r.to.spec.Name.Value
	_, name, _, _ := splitPath(r.wire.wiring.Source.Value)
	links := u.sys.Topology.Links()
	switch {
	case d.Sender != "" && d.Sender != from, d.Receiver != "" && d.Receiver != to, d.Signal != "" && d.Signal != name:
		return false
	case d.Link != "" && !slices.ContainsFunc(r.path.Hops, func(h network.Hop) bool { return links[h.Link].Name == d.Link }):
		return false
	}
	return d.At == "" || d.At == from || d.At == to || u.sys.Topology.OnPath(d.At, from, to, &r.path)
}

// narrow warns of queues of stores so short that they lose by chance what as a rate they do not.
func (b *builder) narrow(plan *sim.Plan) {
	for _, n := range plan.Narrow() {
		at, id, queue := b.file.Scenario.Span, n.From, "give it a longer `queue:`"
		if d := b.byName[n.Name]; d != nil && d.spec.Work != nil {
			at, queue = placeOr(d.spec.Work.Queue, d.spec.Name), queue+", or `spread: exponential`, of which it is counted"
		}
		b.Warnf(at, queue+", or leave out `as_rate: true` of "+id,
			"%s keeps up, but its queue is so short that by chance it would lose up to %.2g%% of what comes; as a rate it loses none", n.Name, float64(100*n.Share))
	}
}

// withheld warns of duty cycles that do not let all be sent that comes as a rate.
func (b *builder) withheld(plan *sim.Plan) {
	for _, w := range plan.Withheld() {
		d := b.byName[w.From]
		if d == nil || d.rate == nil {
			continue
		}
		b.Warnf(spanOf(d.spec.Params, d.rate.Every, d.spec.Name.Span), "write a longer `every:`, or a lower `sf:` of "+w.Link,
			"each of %s would be on the air %.2g%% of the time, and the duty cycle of %s allows %.2g%%: %.2g%% of what it tells is withheld",
			w.From, float64(100*w.Share), w.Link, float64(100*w.Allows), float64(100*(1-w.Allows/w.Share)))
	}
}

// placeOr is the place of what is there, else of something else.
func placeOr(t, other syntax.Text) source.Span {
	if t.Present() {
		return t.Span
	}
	return other.Span
}
