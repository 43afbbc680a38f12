package arm

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
)

// A body is whom the arm may meet, from either side: where they are, and what of a contact there is.
type body struct {
	at, speed *device.In[float64] // along x
	aside     *device.In[float64] // along y
	behind    *device.Out[bool]
	touching  *device.Out[bool]
	bumped    *device.Out[bool]
	met, metY *device.Out[float64]
	share     *device.Out[float64]
	closing   *device.Out[float64]
}

func (b *body) declare(p *device.Ports) {
	b.at = device.Input[float64](p, "body", unit.Metre, device.Optional(far), device.Doc("where a body is that it may meet"),
		device.Possible(-1e9, 1e9, "it is a place within a million kilometres"))
	b.speed = device.Input[float64](p, "body_speed", unit.MetrePerSecond, device.Optional(0), device.Doc("of that body, along x; not wired, it counts as standing"),
		device.Possible(-12.5, 12.5, "nobody ever ran faster (100 m sprint, 2009)"))
	b.aside = device.Input[float64](p, "body_y", unit.Metre, device.Optional(0), device.Doc("where along y that body is; not wired, it is in the arm's line, however far aside"),
		device.Possible(-1e9, 1e9, "it is a place within a million kilometres"))
	b.behind = device.State(p, "behind", unit.One, false, device.Doc("the body is on the side that it starts from"))
	b.touching = device.State(p, "touching", unit.One, false, device.Doc("it touches somebody"))
	b.bumped = device.State(p, "bumped", unit.One, false, device.Doc("they came towards it: how fast the two close in counts while it touches them, and not its speed alone"))
	b.met = device.State(p, "met", unit.Metre, 0.0, device.Doc("where it met them"))
	b.metY = device.State(p, "met_y", unit.Metre, 0.0, device.Doc("where along y, where body_y is wired"))
	b.share = device.State(p, "share", unit.One, 1.0, device.Doc("its speed, as a share of how fast the two close in, where they came towards it"))
}

// side is where the body is: 1 ahead, -1 behind.
func (b *body) side(c *device.Context) float64 {
	if b.behind.Get(c) {
		return -1
	}
	return 1
}

// Fit implements device.Fitter: a speed that is not wired is not known.
func (a *arm) Fit(wired func(input string) bool) (device.Device, error) {
	fitted := *a
	fitted.knows, fitted.sees = wired("body_speed"), wired("body_y")
	return &fitted, nil
}

// see finds on which side the body is at the start.
func (a *arm) see(c *device.Context) { a.body.behind.Set(c, a.body.at.Get(c) < a.x.Get(c)) }

// goesOn reports whether it is on its way.
func (a *arm) goesOn(c *device.Context) bool {
	return a.motion.Get(c) != standing && a.speed.Get(c) > 0
}

// crosses rises when it and the body come to one place; one that stands where the body is touches nobody.
func (a *arm) crosses(c *device.Context) float64 {
	ahead := a.x.Get(c) - a.body.at.Get(c)
	switch {
	case a.body.touching.Get(c):
		return never
	case a.body.behind.Get(c):
		return -ahead - more
	case !a.goesOn(c):
		return ahead - more
	}
	return ahead
}

// cross is contact where the two close in, whichever of them does; else they are past one another.
func (a *arm) cross(c *device.Context) {
	side, own := a.body.side(c), 0.0
	if a.goesOn(c) {
		own = float64(side * a.heading.Get(c) * a.speed.Get(c))
	}
	closing := own + max(0, -float64(side*a.body.speed.Get(c)))
	if own <= 0 && !a.knows { // so they came
		closing = harm.WalkingSpeed
	}
	if closing <= 0 || !a.goesOn(c) || a.passes(c) {
		a.body.behind.Set(c, side > 0)
		return
	}
	a.body.touching.Set(c, true)
	a.body.met.Set(c, a.x.Get(c))
	a.body.metY.Set(c, a.body.aside.Get(c))
	if closing > own {
		a.body.bumped.Set(c, true)
		a.body.share.Set(c, a.speed.Get(c)/closing)
		a.body.closing.Set(c, closing)
	}
}

// passes reports whether the body is aside of its line, as far as it is known: it goes by.
func (a *arm) passes(c *device.Context) bool {
	return a.sees && math.Abs(a.body.aside.Get(c)-a.spec.Y) > a.spec.Across
}

// nears is how fast the tool and the body that it touches come together.
func (a *arm) nears(c *device.Context) float64 {
	if a.body.bumped.Get(c) {
		return a.body.closing.Get(c)
	}
	return a.speed.Get(c)
}

// yields is the derivative of how fast the two close in where the body came: its spring takes that, and the brakes nothing.
func (a *arm) yields(c *device.Context) float64 {
	if a.motion.Get(c) == standing || !a.body.bumped.Get(c) || a.body.closing.Get(c) <= 0 {
		return 0
	}
	return -float64(a.spring*a.pressed(c)) / a.mu
}

// pressed is how deep it is in the body.
func (a *arm) pressed(c *device.Context) float64 {
	at, met, x := a.body.at.Get(c), a.body.met.Get(c), a.x.Get(c)
	switch {
	case !a.body.touching.Get(c):
		return 0
	case a.body.behind.Get(c):
		return max(0, min(met, at)-x)
	}
	return max(0, x-max(met, at))
}

// parts rises when whom it stands at is gone.
func (a *arm) parts(c *device.Context) float64 {
	if !a.body.touching.Get(c) {
		return never
	}
	return float64(a.body.side(c)*(a.body.at.Get(c)-a.x.Get(c))) - more
}

// part is up to speed again where it was not stopped; one that brakes is no faster than it was.
func (a *arm) part(c *device.Context) {
	a.body.touching.Set(c, false)
	wanted := a.wanted(a.set.Get(c), a.tool.Get(c))
	switch {
	case a.motion.Get(c) == moving:
		a.speed.Set(c, wanted)
	case a.body.bumped.Get(c):
		a.speed.Set(c, min(a.speed.Get(c), wanted))
	}
	a.body.bumped.Set(c, false)
	a.body.closing.Set(c, 0)
}
