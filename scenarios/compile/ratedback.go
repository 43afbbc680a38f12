package compile

import (
	"slices"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// returning warns where many that tell something at a period as a rate over LoRa lose their power together: they come back
// together, each tells something at its period from then on, and so they stay in step and collide again and again. A
// rate has them as independent as they were: of 1 500 meters that tell something every half an hour it loses 1 %, where
// message by message 74 % collide (scenarios/ratedback_test.go).
func (u unsuited) returning(s *step, list []rated) {
	if s.broken || s.syntax.Kind.Value != "power-loss" && s.syntax.Kind.Value != "crash" {
		return
	}
	links := u.sys.Topology.Links()
	for _, e := range s.syntax.Params {
		for i := range list {
			r := &list[i]
			id, rate := r.from.spec.Name.Value, r.from.rate
			if e.Key.Value != "device" || e.Value.Text.Value != id || u.said[e.Value.Text.Span] || rate.Random || rate.Rejoins >= rate.Every || r.from.spec.Count.Value < 2 {
				continue
			}
			if !slices.ContainsFunc(r.path.Hops, func(h network.Hop) bool { return links[h.Link].Radio != nil }) {
				continue
			}
			u.said[e.Value.Text.Span] = true
			u.Warnf(e.Value.Text.Span, "leave out `as_rate: true` of "+id+", or let them come back over a period: `rejoins: "+periodOf(r.from)+"`",
				"all of %s come back together and stay in step, so that they collide again and again; as a rate they do not", id)
		}
	}
}

// periodOf is the period of who tells something as a rate, as the file has it.
func periodOf(d *dev) string {
	for _, e := range d.spec.Params {
		if e.Key.Value == "every" {
			return e.Value.Text.Value
		}
	}
	return vtime.Time(d.rate.Every).Short()
}
