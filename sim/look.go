package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
)

// looks is what of a plan people look at, and no run needs.
type looks struct {
	of    []device.Look // by device
	wired []follower    // by nature, then by hand
}

// A Cable says that a device goes by a signal of another with no message between.
type Cable struct {
	From, To   int // devices of the plan
	Signal     string
	Continuous bool
}

// Show gives a device another look than its twin says.
func (s *System) Show(id string, l device.Look) { s.byID[id].look = l }

// Look returns how a device is drawn.
func (s *System) Look(id string) device.Look { return s.byID[id].look }

// depict keeps how devices look and how they are wired.
func (s *System) depict(p *Plan) {
	p.looks.wired = slices.Concat(s.follows, s.coppers)
	p.looks.of = make([]device.Look, len(s.parts))
	for i, part := range s.parts {
		p.looks.of[i] = part.look
	}
}

// LookOf returns how a device is drawn.
func (p *Plan) LookOf(device int) device.Look { return p.looks.of[device] }

// Cables returns which devices go by signals of others with no message between: by
// nature, or hard-wired.
func (p *Plan) Cables() (list []Cable) {
	seen := map[Cable]bool{}
	for _, f := range p.looks.wired {
		c := Cable{From: int(p.Signals.block(f.of).device), To: f.to}
		if c.From < 0 || c.From == c.To {
			continue
		}
		info := p.Signals.At(f.of)
		c.Signal, c.Continuous = info.Signal, info.Continuous
		if !seen[c] {
			list = append(list, c)
		}
		seen[c] = true
	}
	return list
}

// CellOf returns the cell of a signal of a device; that of an input that is wired is
// another's.
func (p *Plan) CellOf(device int, signal string) (network.Cell, bool) {
	return p.Signals.cell(device, signal)
}
