package person

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// sinceStart is the time since the start of the run.
func sinceStart(c *device.Context) vtime.Duration { return vtime.Duration(c.Now()) }

// declareActs declares what they perceive and do.
func (p *person) declareActs(ports *device.Ports) {
	p.presses = device.Tunable(ports, "presses", unit.One, false, device.Doc("press on their own account: for an act of the timeline"))
	p.pressed = device.Report(ports, "pressed", unit.One, false, device.Doc("they press what is before them: a stop, an override"))
	ports.OnChange("presses", p.press, p.presses, p.perceives, p.worst)
	ports.GoesBy(p.presses, p.perceives, p.worst)
	if p.warned == nil {
		return
	}
	p.reaction = ports.Timer("reacts", p.react, p.warned)
	ports.OnMessage(p.hear)
}

// hear begins to react to what they are told, or forgets it.
func (p *person) hear(c *device.Context) {
	switch warned := p.warned.Get(c); {
	case warned == p.perceives.Get(c):
		c.Stop(p.reaction)
	case !c.Armed(p.reaction):
		c.Start(p.reaction, p.spec.Reaction)
	}
}

// react becomes aware of a warning, or of its end.
func (p *person) react(c *device.Context) {
	p.perceives.Set(c, p.warned.Get(c))
}

// press tells what they press, where that changes.
func (p *person) press(c *device.Context) {
	pressed := p.able(c) && (p.presses.Get(c) || p.perceives.Get(c))
	if pressed != p.pressed.Get(c) {
		p.pressed.Set(c, pressed)
	}
}
