// Package singlemachine models one synchronous machine against an infinite bus, by
// the power that the network between them can transfer.
//
//	(2 H / f0) df/dt = Pm - Pmax sin(angle) - D (f - f0) / f0
//	d(angle)/dt      = 2 pi (f - f0)
//
// with powers per unit and Pmax = E V / X. A fault or a line that trips is another Pmax;
// an open breaker is none. The start is at rest on the stable side. What a fault may
// last follows from equal areas: with Pmax before, during and after it
//
//	cos(critical) = (Pm (last - start) + after cos(last) - during cos(start)) / (after - during)
//	start = asin(Pm / before),  last = pi - asin(Pm / after)
//	t = sqrt(4 H (critical - start) / (2 pi f0 Pm))     where nothing is transferred meanwhile
//
// Open, the machine gains on the bus by t = sqrt(4 H angle / (2 pi f0 Pm)); the current
// that would flow if the breaker closed now is |E - V| / X, for equal voltages
// 2 E sin(angle/2) / X: what the Aurora test of Idaho National Laboratory (March 2007)
// did to a 2.25 MW diesel set. Limits of synchronism check in IEEE C50.12: 10 deg, 5 % of
// voltage, 0.067 Hz.
//
// Valid for the first swing (see package powergrid, which has networks).
//
// Sources: P. M. Anderson, A. A. Fouad, Power System Control and Stability, 2nd ed.,
// IEEE Press 2003, chapter 2; J. D. Glover, M. S. Sarma, T. J. Overbye, Power System
// Analysis and Design, 5th ed., chapter 11.
package singlemachine

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a machine against an infinite bus.
type Spec struct {
	Frequency float64 `twin:"frequency,Hz" min:"10 Hz" max:"1000 Hz" why:"railways have 16.7 Hz, aircraft 400 Hz" default:"60 Hz" doc:"of the infinite bus"`
	Inertia   float64 `twin:"inertia,s" above:"0 s" max:"1000 s" why:"our estimate: machines have 2 to 10 s" doc:"H: kinetic energy at nominal speed by rated power"`
	Damping   float64 `twin:"damping,pu" min:"0 pu" default:"0 pu" doc:"D: power by speed, both per unit"`
	Power     float64 `twin:"power,pu" min:"0 pu" doc:"of the turbine"`
	Internal  float64 `twin:"emf,pu" above:"0 pu" max:"10 pu" why:"our estimate: machines have 1 to 3 pu" default:"1 pu" doc:"E: voltage behind the transient reactance"`
	Voltage   float64 `twin:"voltage,pu" above:"0 pu" max:"10 pu" why:"our estimate: grids have about 1 pu" default:"1 pu" doc:"V: of the infinite bus"`
	Reactance float64 `twin:"reactance,pu" min:"0.0001 pu" max:"1000 pu" why:"our estimate: machines and their lines have 0.1 to 2 pu" doc:"X: all between E and V"`
}

// Kind describes the machine to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "single-machine",
		Summary: "a synchronous machine against an infinite bus: swings, loses step, is closed out of phase",
		Text: `(2H/f0) df/dt = Pm - Pmax sin(angle) - D (f-f0)/f0, d(angle)/dt = 2 pi (f-f0); Pmax = E V/X
while the breaker is closed. A fault is another transfer: act: set, signal: machine.transfer.`,
		Source: "P. M. Anderson, A. A. Fouad, Power System Control and Stability, 2nd ed., IEEE Press 2003, chapter 2",
		Example: `machine:
  is: single-machine
  inertia: 3 s
  power: 1 pu
  emf: 1.2812 pu
  reactance: 0.52 pu`,
	}, Spec{Frequency: 60, Inertia: 3, Power: 1, Internal: 1.2812, Voltage: 1, Reactance: 0.52}, New)
}

type machine struct {
	spec             Spec
	closed           *device.In[bool]
	power, transfer  *device.In[float64]
	frequency, angle *device.Out[float64]
	electrical       *device.In[float64]
}

// New returns a machine at rest.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if s.Power >= s.most() {
		return nil, device.Invalid("power", "is no less than the network can transfer, which is E V/X")
	}
	return &machine{spec: s}, nil
}

// most is the greatest power that the network transfers.
func (s *Spec) most() float64 { return s.Internal * s.Voltage / s.Reactance }

// start is the angle at which the network takes what the turbine gives.
func (s *Spec) start() float64 { return detmath.Asin(s.Power / s.most()) }

// Look implements device.Looker.
func (m *machine) Look() device.Look {
	return device.Look{Icon: "generator"}.Between("turn", "frequency", 0, m.spec.Frequency).By("on", "closed").By("value", "frequency")
}

// Declare implements device.Device.
func (m *machine) Declare(p *device.Ports) {
	m.closed = device.Input[bool](p, "closed", unit.One, device.Optional(1), device.Doc("its breaker is closed"))
	m.power = device.Tunable(p, "power", perUnit(), m.given(), device.Doc("of the turbine"))
	m.transfer = device.Tunable(p, "transfer", perUnit(), m.spec.most(), device.Doc("Pmax: the most that the network takes"))
	at := len(p.Signals)
	m.frequency = device.Continuous(p, "frequency", unit.Hertz, m.spec.Frequency, m.acceleration, device.Doc("of the rotor"))
	m.angle = device.Continuous(p, "angle", unit.Degree, m.spec.start(), m.slip, device.Reads(m.frequency), device.Doc("of the rotor before the bus"))
	m.electrical = device.Computed(p, "electrical", perUnit(), m.gives, device.Reads(m.closed, m.transfer, m.angle), device.Doc("what it gives to the bus"))
	device.Computed(p, "current", perUnit(), m.would, device.Reads(m.angle), device.Doc("of the stator, with the breaker closed: |E - V| / X"))
	p.Signals[at].Reads = append(p.Signals[at].Reads, p.Signals[at+2].Cell) // the rate reads electrical
}

// given is the turbine's power, to the bit that of the start.
func (m *machine) given() float64 { return m.carries(m.spec.most(), m.spec.start()) }

func (m *machine) carries(transfer, angle float64) float64 {
	return float64(transfer * detmath.Sin(angle))
}

func (m *machine) acceleration(c *device.Context) float64 {
	deviation := (m.frequency.Get(c) - m.spec.Frequency) / m.spec.Frequency
	surplus := m.power.Get(c) - m.electrical.Get(c) - float64(m.spec.Damping*deviation)
	return surplus * m.spec.Frequency / (2 * m.spec.Inertia)
}

func (m *machine) slip(c *device.Context) float64 {
	return float64(2 * math.Pi * (m.frequency.Get(c) - m.spec.Frequency))
}

func (m *machine) gives(c *device.Context) float64 {
	if !m.closed.Get(c) {
		return 0
	}
	return m.carries(m.transfer.Get(c), m.angle.Get(c))
}

func (m *machine) would(c *device.Context) float64 {
	e, v := m.spec.Internal, m.spec.Voltage
	square := float64((e-v)*(e-v)) + float64(2*e*v*(1-detmath.Cos(m.angle.Get(c))))
	return math.Sqrt(square) / m.spec.Reactance
}

func perUnit() unit.Unit {
	u, err := unit.Parse("pu")
	if err != nil {
		panic("singlemachine: " + err.Error())
	}
	return u
}
