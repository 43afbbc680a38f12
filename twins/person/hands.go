package person

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// handles reports whether there is a guard that they may open.
func (p *person) handles() bool {
	for _, w := range p.spec.Path {
		if w.Opens || w.Closes {
			return true
		}
	}
	return p.spec.Guards
}

// inTime checks that they come to each guard on their path before they leave for somewhere else.
func (p *person) inTime() error {
	at := device.Waypoint{X: p.spec.X, Y: p.spec.Y}
	for i := p.timed(0); i < len(p.spec.Path); {
		w, next, reached := &p.spec.Path[i], p.timed(i+1), p.place(i)
		if next < len(p.spec.Path) {
			reached = p.after(at, reached, p.spec.Path[next].At-w.At)
			if there := reached.X == w.X && reached.Y == w.Y; !there && (w.Opens || w.Closes) {
				return device.Invalid("path", "leaves for %s at %v, before they are at the guard at %s, which they so neither open nor close: let them leave later",
					p.spec.Path[next].Name, p.spec.Path[next].At, w.Name)
			}
		}
		at, i = reached, next
	}
	return nil
}

// declareHands declares what they do to a guard, where there is one.
func (p *person) declareHands(ports *device.Ports) {
	if !p.handles() {
		return
	}
	p.opens = device.Tunable(ports, "opens", unit.One, false, device.Doc("open the guard before them, or close it: for an act of the timeline"))
	p.opened = device.State(ports, "opened", unit.One, false, device.Doc("they opened the guard before them: wire a guard's open_by to it"))
	p.turns = device.State(ports, "turns", unit.One, 0, internal)
	p.seenOpens = device.State(ports, "seen_opens", unit.One, false, internal)
	device.Tunable(ports, "tapes", unit.One, false, device.Doc("have something at the switch of the guard that looks like the closed guard: for an act; wire a guard's taped to it"))
	ports.OnChange("opens", p.handle, p.opens, p.turns)
	ports.OnStart(p.handle)
}

// handle opens a guard or closes it: as an act of the timeline says that came, else as their
// path says. Who cannot any longer leaves it as it is.
func (p *person) handle(c *device.Context) {
	asked, open := p.opens.Get(c), p.turns.Get(c)%2 == 1
	if asked != p.seenOpens.Get(c) {
		open = asked
		p.seenOpens.Set(c, asked)
	}
	if p.able(c) && open != p.opened.Get(c) {
		p.opened.Set(c, open)
	}
}

// reach does what is to be done at a waypoint: turns is odd where that is to open, and goes on
// each time.
func (p *person) reach(c *device.Context, i int) {
	var turns int
	switch {
	case p.spec.Path[i].Opens:
		turns = p.turns.Get(c)/2*2 + 3
	case p.spec.Path[i].Closes:
		turns = p.turns.Get(c)/2*2 + 2
	default:
		return
	}
	p.turns.Set(c, turns)
}
