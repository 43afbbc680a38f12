package compile

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// beats refuses periods so short that the run would not end: those that make most of the events
// are named, until what is left are as many as a run can have.
func (b *builder) beats(plan *sim.Plan, steps []step) {
	list := b.merged(b.ticks(plan.Beats(), vtime.Duration(plan.Run)), steps)
	slices.SortStableFunc(list, func(x, y beat) int { return cmp.Compare(y.events, x.events) })
	all := 0.0
	for i := range list {
		all += list[i].events
	}
	for i := 0; i < len(list) && all > sim.MostEvents; i++ {
		x := &list[i]
		all -= x.events
		// Half of what a run can have is for one of them, so that another has room beside it.
		needed := vtime.FromSeconds(float64(vtime.Seconds(x.Period)*x.events) / (sim.MostEvents / 2))
		b.Errorf(x.at, "write "+roundUp(needed).String()+" or more, or a shorter `run:`"+b.inPlace(x),
			"%s %s over %s makes %.3g events, and a run can have %.3g", x.what, vtime.Shortest(x.Period), vtime.Shortest(x.Lasts), x.events, float64(sim.MostEvents))
	}
}

// inPlace is what else can be done where single messages do not matter, of a device that can tell a
// rate.
func (b *builder) inPlace(x *beat) string {
	if d := b.byName[x.Device]; x.Step < 0 && d != nil && d.kind != nil && d.kind.Parameter("as_rate") != nil {
		return ", or add `as_rate: true` where single messages do not matter"
	}
	return ""
}

// A beat is a sim.Beat with its place in the file.
type beat struct {
	sim.Beat
	events float64
	at     source.Span
	what   string
}

// merged gives each period its place; those of one place are one.
func (b *builder) merged(list []sim.Beat, steps []step) (out []beat) {
	known := map[source.Span]int{}
	for _, x := range list {
		at, what := b.placeOf(&x, steps)
		n, ok := known[at]
		if !ok {
			n = len(out)
			known[at] = n
			out = append(out, beat{Beat: x, at: at, what: what})
		}
		out[n].events += x.Events()
	}
	return out
}

// placeOf returns where the period stands, and what it is of.
func (b *builder) placeOf(x *sim.Beat, steps []step) (at source.Span, what string) {
	if x.Step >= 0 {
		s := &steps[x.Step].syntax
		return spanOf(s.Params, x.Period, s.Kind.Span), s.Kind.Value + " every"
	}
	d := b.byName[x.Device]
	if d == nil {
		return b.file.Run.Span, x.Device + " every"
	}
	at, what = d.spec.Name.Span, x.Device+" every"
	if x.Polls {
		what = x.Device + " asks every"
		for i := range d.inputs {
			if every := d.inputs[i].wiring.Every; every.Usable() && every.Value == x.Period {
				return every.Span, what
			}
		}
	}
	if d.spec.Custom != nil {
		for i := range d.spec.Custom.Rules {
			if every := d.spec.Custom.Rules[i].Every; every.Usable() && every.Value == x.Period {
				return every.Span, what
			}
		}
	}
	return spanOf(d.spec.Params, x.Period, at), what
}

// spanOf returns the place of the parameter that has a value, or another one.
func spanOf(params []syntax.Entry, period vtime.Duration, other source.Span) source.Span {
	for _, e := range params {
		if e.Value.Shape != syntax.Scalar {
			continue
		}
		if v, problems := syntax.ReadDuration(e.Value.Text); problems.Err() == nil && v.Value == period {
			return e.Value.Text.Span
		}
	}
	return other
}

// ticks adds devices that wait for each reading by a timer of their own: those that say every
// how long.
func (b *builder) ticks(list []sim.Beat, run vtime.Duration) []sim.Beat {
	type own struct {
		device string
		period vtime.Duration
	}
	known := map[own]bool{}
	for _, x := range list {
		known[own{x.Device, x.Period}] = true
	}
	for _, d := range b.devs {
		if every := everyOf(d); every > 0 && !known[own{d.spec.Name.Value, every}] && d.custom == nil && d.store == nil && !tellsRate(d) {
			members := 1
			if d.spec.Count.Usable() {
				members = int(d.spec.Count.Value)
			}
			list = append(list, sim.Beat{Device: d.spec.Name.Value, Step: -1, Period: every, Members: members, Lasts: run})
		}
	}
	return list
}

// tellsRate reports whether a device has no single messages.
func tellsRate(d *dev) bool {
	return slices.ContainsFunc(d.spec.Params, func(e syntax.Entry) bool {
		return e.Key.Value == "as_rate" && e.Value.Text.Value == "true"
	})
}

// roundUp returns the next of 1, 2 and 5 times a power of ten nanoseconds.
func roundUp(d vtime.Duration) vtime.Duration {
	for step := vtime.Duration(1); step < 1<<60; step *= 10 {
		for _, k := range []vtime.Duration{1, 2, 5} {
			if k*step >= d {
				return k * step
			}
		}
	}
	return d
}
