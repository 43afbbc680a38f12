package player

import (
	"math"
	"sort"
	"time"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The least and the greatest speed, in simulated seconds per second.
const (
	Slowest = 0.01
	Fastest = 1000
)

// lead is how long before the first violation a replay opens.
const lead = 5 * vtime.Second

// A Player is where a replay is.
type Player struct {
	From, To vtime.Time
	Now      vtime.Time
	Playing  bool
	Speed    float64
	// Events, Violations and Injuries are where steps lead, in order of time.
	Events, Violations, Injuries []vtime.Time
	rest                         float64 // of a nanosecond
}

// New returns a player that is paused five seconds before the first violation, or at the
// start where there is none.
func New(from, to vtime.Time, violations []vtime.Time) *Player {
	p := &Player{From: from, To: max(from, to), Now: from, Speed: 1, Violations: violations}
	if len(violations) > 0 {
		p.Seek(violations[0].Add(-lead))
	}
	return p
}

// Advance plays on for as long as has passed on the wall. At the end it pauses.
func (p *Player) Advance(elapsed time.Duration) {
	if !p.Playing || elapsed <= 0 {
		return
	}
	far := float64(elapsed)*p.Speed + p.rest
	whole := math.Floor(far)
	p.rest = far - whole
	if left := float64(p.To - p.Now); whole >= left {
		p.Now, p.Playing, p.rest = p.To, false, 0
		return
	}
	p.Now += vtime.Time(whole)
}

// Toggle plays or pauses. Where it is at the end it plays from the start.
func (p *Player) Toggle() {
	if !p.Playing && p.Now >= p.To {
		p.Seek(p.From)
	}
	p.Playing = !p.Playing
}

// Seek goes to a time, or to the nearest there is, and plays on if it played.
func (p *Player) Seek(when vtime.Time) { p.Now, p.rest = max(p.From, min(p.To, when)), 0 }

// SetSpeed sets the speed, within its bounds.
func (p *Player) SetSpeed(speed float64) {
	if speed == speed { // not NaN
		p.Speed = max(Slowest, min(Fastest, speed))
	}
}

// speeds are those that Faster and Slower step through.
var speeds = [...]float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}

// Faster plays so many steps faster, or slower where they are negative.
func (p *Player) Faster(steps int) {
	i := sort.SearchFloat64s(speeds[:], p.Speed)
	if steps > 0 && (i == len(speeds) || speeds[i] > p.Speed) {
		i--
	}
	p.Speed = speeds[max(0, min(len(speeds)-1, i+steps))]
}

// Step goes so far, and pauses.
func (p *Player) Step(by vtime.Duration) {
	p.Playing = false
	p.Seek(p.Now.Add(by))
}

// NextEvent goes to the next event, and pauses.
func (p *Player) NextEvent() bool { return p.next(p.Events) }

// PreviousEvent goes to the last event before now, and pauses.
func (p *Player) PreviousEvent() bool { return p.previous(p.Events) }

// NextViolation goes to where a violation begins next, and pauses.
func (p *Player) NextViolation() bool { return p.next(p.Violations) }

// PreviousViolation goes to where a violation began last before now, and pauses.
func (p *Player) PreviousViolation() bool { return p.previous(p.Violations) }

// NextInjury goes to where somebody is harmed next, and pauses.
func (p *Player) NextInjury() bool { return p.next(p.Injuries) }

// PreviousInjury goes to where somebody was harmed last before now, and pauses.
func (p *Player) PreviousInjury() bool { return p.previous(p.Injuries) }

func (p *Player) next(list []vtime.Time) bool {
	i := sort.Search(len(list), func(i int) bool { return list[i] > p.Now })
	p.Playing = false
	if i < len(list) {
		p.Seek(list[i])
	}
	return i < len(list)
}

func (p *Player) previous(list []vtime.Time) bool {
	i := sort.Search(len(list), func(i int) bool { return list[i] >= p.Now })
	p.Playing = false
	if i > 0 {
		p.Seek(list[i-1])
	}
	return i > 0
}
