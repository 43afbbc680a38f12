package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Walk implements device.Walker. Who is harmed goes nowhere else, only less far.
func (p *person) Walk() device.Walk {
	at := device.Waypoint{X: p.spec.X, Y: p.spec.Y}
	walk := device.Walk{Places: []device.Waypoint{at}}
	for i := range p.spec.Path {
		walk.Places = append(walk.Places, p.place(i))
	}
	for i := p.timed(0); i < len(p.spec.Path); {
		next := p.timed(i + 1)
		walk.Ways = append(walk.Ways, device.Way{From: at, Past: at, To: p.place(i)})
		reached := p.place(i)
		if next < len(p.spec.Path) {
			reached = p.after(at, reached, p.spec.Path[next].At-p.spec.Path[i].At)
		}
		walk.Ways = p.flee(walk.Ways, at, reached)
		at, i = reached, next
	}
	if len(walk.Ways) == 0 {
		walk.Ways = p.flee(nil, at, at)
	}
	return p.comeBack(walk)
}

// place is that of a waypoint.
func (p *person) place(i int) device.Waypoint {
	w := &p.spec.Path[i]
	return device.Waypoint{Name: w.Name, X: w.X, Y: w.Y}
}

// after is where they are after some time on their way from one place to another.
func (p *person) after(from, to device.Waypoint, time vtime.Duration) device.Waypoint {
	dx, dy := to.X-from.X, to.Y-from.Y
	far := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	walked := float64(p.spec.Speed * vtime.Seconds(time))
	if walked >= far {
		return to
	}
	return device.Waypoint{X: from.X + float64(dx*(walked/far)), Y: from.Y + float64(dy*(walked/far))}
}

// flee adds the ways on which a warning drives them out from between two places.
func (p *person) flee(ways []device.Way, from, past device.Waypoint) []device.Way {
	if out := p.refuge(); out >= 0 && p.wired("warned") {
		ways = append(ways, device.Way{From: from, Past: past, To: p.place(out), Warned: true})
	}
	return ways
}

// comeBack adds the ways back from where a warning drove them.
func (p *person) comeBack(walk device.Walk) device.Walk {
	out := p.refuge()
	if out < 0 || !p.wired("warned") {
		return walk
	}
	for i := p.timed(0); i < len(p.spec.Path); i = p.timed(i + 1) {
		walk.Ways = append(walk.Ways, device.Way{From: p.place(out), Past: p.place(out), To: p.place(i), Warned: true})
	}
	return walk
}
