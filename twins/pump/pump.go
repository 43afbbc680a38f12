// Package pump models a pump of constant rate that runs when it is told to.
//
// Its flow is its rate while it runs and has something to draw from. It loses
// its prime when the suction level falls to dry and takes it up again 20 mm above
// that, which keeps a pump at the bottom of a tank from chattering.
package pump

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a pump.
type Spec struct {
	Rate  float64 `twin:"rate,m3/h" min:"0 m3/h" max:"1000 m3/s" why:"the largest pumping stations move 550 m3/s" doc:"flow while it runs"`
	Dry   float64 `twin:"dry,mm" min:"0 mm" max:"100 m" why:"our estimate: no suction is deeper" default:"0 mm" doc:"suction level at which it loses its prime"`
	Prime float64 `twin:"prime,mm" above:"0 mm" max:"100 m" why:"our estimate: no suction is deeper" default:"20 mm" doc:"how far above that it takes it up again"`
}

// Kind describes the pump to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "pump",
		Summary: "a pump of constant rate, with a command, an inhibit contact and a suction level",
		Text: `running = run and not inhibit and powered; flow = rate while running and primed.
It loses its prime when suction falls to dry, and has it again at dry + prime.`,
		Source: "an ideal displacement pump",
		Example: `pump:
  is: pump
  rate: 50 L/s
  run: plc.command
  inhibit: {wired: float.tripped}`,
	}, Spec{Rate: 1, Prime: 0.02}, New)
}

type pump struct {
	spec           Spec
	rate, suction  *device.In[float64]
	run, inhibit   *device.In[bool]
	power, running *device.In[bool]
	primed         *device.Out[bool]
}

// New returns a pump at rest.
func New(s Spec) (device.Device, error) { return &pump{spec: s}, device.Valid(s) }

// plenty is the suction level of a pump that is wired to none.
const plenty = 1e3

// Look implements device.Looker.
func (u *pump) Look() device.Look {
	return device.Look{Icon: "pump"}.Between("turn", "running", 0, 1).By("on", "running").By("value", "flow")
}

// Declare implements device.Device.
func (u *pump) Declare(p *device.Ports) {
	u.rate = device.Tunable(p, "rate", unit.CubicMetrePerHour, u.spec.Rate, device.Doc("flow while it runs"))
	u.run = device.Told[bool](p, "run", unit.One, device.Optional(0), device.Doc("command"))
	u.inhibit = device.Told[bool](p, "inhibit", unit.One, device.Optional(0), device.Doc("keeps it from running"))
	u.suction = device.Input[float64](p, "suction", unit.Metre, device.Optional(plenty), device.Doc("level that it draws from"))
	u.power = p.Power()
	u.primed = device.State(p, "primed", unit.One, true, device.Doc("has something to draw from"))
	u.running = device.Computed(p, "running", unit.One, func(c *device.Context) bool {
		return u.run.Get(c) && !u.inhibit.Get(c) && u.power.Get(c)
	}, device.Reads(u.run, u.inhibit, u.power), device.Doc("turns"))
	device.Computed(p, "flow", unit.CubicMetrePerHour, u.flow, device.Reads(u.running, u.primed, u.rate), device.Doc("what it delivers"))

	p.OnInit(func(c *device.Context) { u.primed.Set(c, u.suction.Get(c) > u.spec.Dry) })
	p.OnLimit("prime lost", u.lost, func(c *device.Context) { u.primed.Set(c, false) }, u.suction, u.primed)
	p.OnLimit("prime taken", u.taken, func(c *device.Context) { u.primed.Set(c, true) }, u.suction, u.primed)
}

func (u *pump) flow(c *device.Context) float64 {
	if u.running.Get(c) && u.primed.Get(c) {
		return u.rate.Get(c)
	}
	return 0
}

func (u *pump) lost(c *device.Context) float64 {
	if !u.primed.Get(c) {
		return math.Inf(-1)
	}
	return u.spec.Dry - u.suction.Get(c)
}

func (u *pump) taken(c *device.Context) float64 {
	if u.primed.Get(c) {
		return math.Inf(-1)
	}
	return u.suction.Get(c) - u.spec.Dry - u.spec.Prime
}
