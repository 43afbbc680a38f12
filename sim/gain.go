package sim

import (
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Gain is what an attacker has of a step that it had not before.
type Gain struct {
	At     vtime.Time
	Step   int
	Device string // that it is about
	// Known says that the attacker has heard of the device, Session that it is logged
	// in there, Foothold that it can act from there.
	Known, Session, Foothold bool
	Credentials              []string
}

// A gain is a Gain as a world keeps it.
type gain struct {
	at   vtime.Time
	step int
	inject.Gains
}

func (g *gain) archive(a *snapshot.Archive) {
	snapshot.Int(a, &g.at)
	snapshot.Int(a, &g.step)
	snapshot.Int(a, &g.Device)
	snapshot.Bool(a, &g.Known)
	snapshot.Bool(a, &g.Session)
	snapshot.Bool(a, &g.Foothold)
	snapshot.Int(a, &g.Credentials)
}

// gained notes what an attacker has now.
func (w *world) gained(step int, g inject.Gains) {
	now := w.kernel.Now()
	w.story.add(now, GainedStep, len(w.gains))
	w.gains = append(w.gains, gain{now, step, g})
	w.learns(w.timeline.Influence(step))
}

// gainResults names what attackers gained.
func (w *world) gainResults() (list []Gain) {
	for i := range w.gains {
		g := &w.gains[i]
		list = append(list, Gain{
			g.at, g.step, w.plan.Devices[g.Device].ID, g.Known, g.Session, g.Foothold, w.plan.exposed.names(g.Credentials),
		})
	}
	return list
}
