package signal

import (
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Point is a place where injections step between a value and those who see
// it. The layers that are active are folded over the value: faults first, then
// attacks; among those by the time they were applied, then by their place in the
// file. Removing a layer uncovers what is beneath at that time; nothing saved is
// ever restored.
type Point struct {
	// Source is the cell that holds the truth, Shown the cell that shows the
	// fold. They are the same cell where the layers act on state itself; Shown
	// is -1 where a message carries the fold.
	Source, Shown Slot
	// Base is what was last written, beneath the layers, where Source is Shown, and
	// by whom.
	Base float64
	by   Writer
	// OnlyTold says that nobody sees what is shown but when it is told: until then a layer has changed
	// nothing for anybody.
	OnlyTold bool

	// Tapes record what is told, beneath the layers.
	Tapes []*Tape

	layers []Layer
}

// An Op is how a layer changes the value beneath it.
type Op uint8

// The operations of layers.
const (
	Hold   Op = iota // the value it had when the layer was applied
	Freeze           // on state: writes are lost while it lasts (a stuck actuator keeps its position)
	Const            // A
	Add              // value + A
	Scale            // value * A
	Drift            // value + A per second since it was applied
	Ramp             // the value at the start + A per second since
	Noise            // value + A times a standard normal draw, anew each time
	Replay           // the tape, looped
)

// A Layer is one active interposition.
type Layer struct {
	Op     Op
	Attack bool // folded after all faults
	// Place is the step's place in the file, Part the operation's in the step.
	Place, Part uint32
	Since       vtime.Time
	A           float64
	Held        float64 // the value beneath when it was applied
	Chance      rng.Key
	Drawn       uint64 // values told under it, which number its chance
	Tape        *Tape
	By          Writer
	Roots       Mask
	// Effects counts how often the layer showed another value than it found.
	Effects uint64
}

// Layers returns how many layers are active.
func (p *Point) Layers() int { return len(p.layers) }

// Top returns the place in the file of the layer that has the last word. There
// must be one.
func (p *Point) Top() int { return int(p.layers[len(p.layers)-1].Place) }

// Roots returns the union of the layers' roots.
func (p *Point) Roots() (m Mask) {
	for i := range p.layers {
		m |= p.layers[i].Roots
	}
	return m
}

// Apply adds a layer over x, the value beneath all layers. A layer that holds or
// ramps starts from what the layers beneath it make of x.
func (p *Point) Apply(l Layer, x float64, now vtime.Time) {
	l.Since = now
	at := 0
	for at < len(p.layers) && !l.before(&p.layers[at]) {
		x = p.layers[at].over(x, now)
		at++
	}
	l.Held = x
	p.layers = append(p.layers, Layer{})
	copy(p.layers[at+1:], p.layers[at:])
	p.layers[at] = l
}

// Revert removes the layer of a part of a step and returns it.
func (p *Point) Revert(place, part uint32) (l Layer, ok bool) {
	for i := range p.layers {
		if l = p.layers[i]; l.Place == place && l.Part == part {
			p.layers = append(p.layers[:i], p.layers[i+1:]...)
			return l, true
		}
	}
	return Layer{}, false
}

// Effects returns how often the layer of a part of a step changed a value so far.
func (p *Point) Effects(place, part uint32) uint64 {
	for i := range p.layers {
		if l := &p.layers[i]; l.Place == place && l.Part == part {
			return l.Effects
		}
	}
	return 0
}

// Tell returns what is told of x, a new value.
func (p *Point) Tell(x float64, now vtime.Time) float64 {
	p.Hear(x, now)
	return p.Fold(x, now)
}

// Hear takes note of a new value: the tapes record it, and the noise over it is
// another one than before.
func (p *Point) Hear(x float64, now vtime.Time) {
	for _, t := range p.Tapes {
		t.Record(now, x)
	}
	for i := range p.layers {
		p.layers[i].Drawn++
	}
}

// Fold returns what is shown of x now. It draws nothing: to look twice, or to
// apply another layer, must not change the luck of one that makes noise.
func (p *Point) Fold(x float64, now vtime.Time) float64 {
	for i := range p.layers {
		l := &p.layers[i]
		y := l.over(x, now)
		if !same(x, y) {
			l.Effects++
		}
		x = y
	}
	return x
}

// look is Fold, where nobody has heard what is shown.
func (p *Point) look(x float64, now vtime.Time) float64 {
	for i := range p.layers {
		x = p.layers[i].over(x, now)
	}
	return x
}

// write takes a value that is written to a state beneath the layers and returns
// what the state then is.
func (p *Point) write(x float64, now vtime.Time) float64 {
	for i := range p.layers {
		if l := &p.layers[i]; l.Op == Freeze {
			if !same(x, p.Base) {
				l.Effects++
			}
			return p.Fold(p.Base, now)
		}
	}
	p.Base = x
	return p.Tell(x, now)
}

// over returns the layer's value over x. It changes nothing.
func (l *Layer) over(x float64, now vtime.Time) float64 {
	switch l.Op {
	case Hold:
		return l.Held
	case Const:
		return l.A
	case Add:
		return x + l.A
	case Scale:
		return float64(x * l.A)
	case Drift:
		return x + float64(l.A*vtime.Seconds(now.Sub(l.Since)))
	case Ramp:
		return l.Held + float64(l.A*vtime.Seconds(now.Sub(l.Since)))
	case Noise:
		// Before the first value is told, that one's noise.
		return x + float64(l.A*l.Chance.Normal(max(l.Drawn, 1)-1))
	case Replay:
		return l.Tape.Play(now.Sub(l.Since), l.Held)
	}
	return x
}

// before is the order of folding.
func (l *Layer) before(m *Layer) bool {
	if l.Attack != m.Attack {
		return m.Attack
	}
	if l.Since != m.Since {
		return l.Since < m.Since
	}
	if l.Place != m.Place {
		return l.Place < m.Place
	}
	return l.Part < m.Part
}
