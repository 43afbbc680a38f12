package person

import (
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A strike says whether they are the one whom a machine met that may meet several: its force is felt by nobody else.
type strike struct {
	force      *device.In[float64]
	touches    *device.In[bool]
	met, aside *device.In[float64] // where it met whom it touches; nil where it knows of no aside
	tool       *device.In[float64]
	x, y       *device.Out[float64]
	struck     *device.Out[bool]
}

// shared reports whether they know whom the machine touches.
func (p *person) shared() bool { return p.wired("contact") && p.wired("is_touching") }

// felt is the signal of the force that they feel.
func (p *person) felt() string {
	if p.shared() {
		return "contact_felt"
	}
	return "contact"
}

// strikesOf checks that they know all that it takes to know whom a machine met.
func strikesOf(wired func(input string) bool) error {
	all := []string{"is_touching", "met_at", "met_by"}
	some := wired("met_aside") || slices.ContainsFunc(all, wired)
	for _, input := range all {
		if some && !wired(input) {
			return device.Invalid(input, "must be wired where is_touching, met_at, met_by or met_aside is: together they say whom a machine met")
		}
	}
	return nil
}

// declareStrike returns the force that they feel of a machine that may meet others.
func (p *person) declareStrike(ports *device.Ports, force *device.In[float64]) *device.In[float64] {
	s := &strike{force: force, x: p.x, y: p.y}
	place := device.Possible(-1e9, 1e9, "it is a place within a million kilometres")
	s.touches = device.Input[bool](ports, "is_touching", unit.One, device.Optional(0), device.Doc("the machine touches somebody, who may be another: arm.touching. Wired by itself where contact is the force of an arm that meets one of several"))
	s.met = device.Input[float64](ports, "met_at", unit.Metre, device.Optional(far), place, device.Doc("where along x it met them: arm.met"))
	s.tool = device.Input[float64](ports, "met_by", unit.Metre, device.Optional(far), place, device.Doc("where along x it is: arm.x"))
	if p.wired("met_aside") {
		s.aside = device.Input[float64](ports, "met_aside", unit.Metre, device.Optional(far), place, device.Doc("where along y it met them, where it knows: arm.met_y"))
	}
	s.struck = device.State(ports, "struck", unit.One, false, device.Doc("they are whom it touches: its force is theirs"))
	ports.OnChange("is met", s.meet, s.touches)
	ports.OnLimit("is left", s.parted, func(c *device.Context) { s.struck.Set(c, false) }, s.struck, s.met, s.tool, s.x)
	return device.Computed(ports, "contact_felt", unit.Newton, s.feels, device.Within(s.feelsOver), device.Reads(force, s.struck),
		device.Doc("force of what touches them, and nobody else"))
}

// meet finds whether it is them whom it met: they are where it did.
func (s *strike) meet(c *device.Context) {
	here := math.Abs(s.x.Get(c)-s.met.Get(c)) <= deep
	if s.aside != nil {
		here = here && math.Abs(s.y.Get(c)-s.aside.Get(c)) <= deep
	}
	s.struck.Set(c, here && s.touches.Get(c))
}

// parted rises when they are beyond the tool, as seen from where it met them: they went away from it, or it from them.
func (s *strike) parted(c *device.Context) float64 {
	met, tool := s.met.Get(c), s.tool.Get(c)
	switch {
	case !s.struck.Get(c) || tool == met:
		return never
	case tool > met:
		return s.x.Get(c) - tool - deep
	}
	return tool - s.x.Get(c) - deep
}

func (s *strike) feels(c *device.Context) float64 {
	if !s.struck.Get(c) {
		return 0
	}
	return s.force.Get(c)
}

// feelsOver are the bounds of feels.
func (s *strike) feelsOver(b *device.Stretch, m int) device.Span {
	if s.struck.Over(b, m).Lo == 0 {
		return device.Still(0)
	}
	return s.force.Over(b, m)
}
