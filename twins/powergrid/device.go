package powergrid

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// ports are the handles to a grid's signals.
type ports struct {
	branches []*device.In[bool] // closed
	shorts   []*device.In[int]  // by branch: where it is short-circuited
	faults   []*device.In[bool] // by bus
	machines []rotor
	loads    []consumer
	stages   []*device.Out[bool] // have shed
	band     *device.Out[int]    // of the frequency, for the stages

	admittance, share [][]cell // the reduction
	frequency         *device.In[float64]
}

// A cell is a complex number of the reduction.
type cell struct{ re, im *device.Out[float64] }

func (x cell) get(c *device.Context) phasor { return phasor{x.re.Get(c), x.im.Get(c)} }

func (x cell) set(c *device.Context, to phasor) {
	if x.get(c) != to {
		x.re.Set(c, to.re)
		x.im.Set(c, to.im)
	}
}

// A rotor is the handles of a machine.
type rotor struct {
	closed           *device.In[bool]
	setPoint         *device.In[float64]
	tripped          *device.Out[bool]
	cause            *device.Out[int]
	band             *device.Out[int]
	angle, frequency *device.Out[float64]
	mechanical       *device.In[float64]
	governed         *device.Out[float64] // the same, where there is a governor
	power            *device.In[float64]
}

// A consumer is the handles of a load.
type consumer struct {
	demand, factor *device.In[float64]
	applied        *device.Out[float64] // the demand that is in the network
}

// Look implements device.Looker.
func (g *grid) Look() device.Look {
	return device.Look{Icon: "grid"}.Between("turn", "frequency", 0, g.spec.Frequency).By("on", "connected").By("value", "frequency")
}

// Declare implements device.Device.
func (g *grid) Declare(p *device.Ports) {
	g.ports = ports{}
	g.declareNetwork(p)
	for i := range g.spec.Machines {
		g.declareRotor(p, i)
	}
	for i := range g.spec.Machines {
		g.declareSwing(p, i)
	}
	for i := range g.buses {
		g.declareBus(p, i)
	}
	for i := range g.spec.Branches {
		g.declareBranch(p, i)
	}
	for i := range g.spec.Loads {
		g.declareLoad(p, i)
	}
	g.declareWhole(p)

	p.OnInit(g.rewire)
	p.OnChange("network", g.rewire, g.switches()...)
	for i := range g.loads {
		p.OnLimit(g.spec.Loads[i].Name+" demand", g.behindDemand(i), g.rewire, g.loads[i].demand, g.loads[i].applied)
	}
	g.protect(p)
}

// hidden makes a signal bookkeeping.
func hidden(s *device.Signal) { s.Internal = true }

// Where a branch is short-circuited.
const (
	nowhere = iota
	atFrom
	atTo
)

// declareNetwork declares what can be switched, and the reduction that follows.
func (g *grid) declareNetwork(p *device.Ports) {
	for i := range g.spec.Branches {
		g.branches = append(g.branches, device.Input[bool](p, g.spec.Branches[i].Name+"_closed", unit.One, device.Optional(1),
			device.Doc("both its breakers are closed")))
		g.shorts = append(g.shorts, device.Tunable(p, g.spec.Branches[i].Name+"_fault", unit.One, nowhere, device.Labels("none", "at_from", "at_to"),
			device.Doc("all three phases short-circuited to earth, at one end, until it is opened")))
	}
	for i, bus := range g.buses {
		g.faults = append(g.faults, device.Tunable(p, bus+"_fault", unit.One, false, device.Doc("all three phases are short-circuited to earth")))
		g.share = append(g.share, cells(p, bus+"_share", g.reduction.share[i]))
	}
	for i := range g.spec.Machines {
		g.admittance = append(g.admittance, cells(p, g.spec.Machines[i].Name+"_admittance", g.reduction.admittance[i]))
	}
	for i := range g.spec.Loads {
		x := &g.spec.Loads[i]
		g.loads = append(g.loads, consumer{
			device.Input[float64](p, x.Name+"_demand", unit.Megawatt, device.Optional(0), device.Doc("what is taken beyond that, at the voltage of the start")),
			device.Tunable(p, x.Name+"_factor", unit.One, 1.0, device.Doc("of what is taken at the start")),
			device.State(p, x.Name+"_applied", unit.Megawatt, 0.0, hidden),
		})
	}
	for i := range g.spec.Shedding {
		g.stages = append(g.stages, device.State(p, g.spec.Shedding[i].Name+"_shed", unit.One, false, device.Doc("this stage has taken its share off")))
	}
}

// cells declares a row of the reduction.
func cells(p *device.Ports, name string, row []phasor) (list []cell) {
	digits := func(i int) string { return string([]byte{'0' + byte(i/100%10), '0' + byte(i/10%10), '0' + byte(i%10)}) }
	for i, x := range row {
		list = append(list, cell{
			device.State(p, name+digits(i)+"_re", unit.One, x.re, hidden),
			device.State(p, name+digits(i)+"_im", unit.One, x.im, hidden),
		})
	}
	return list
}

// Why a machine was tripped.
const (
	running = iota
	underFrequency
	overFrequency
	outOfStep
)

// declareRotor declares what a machine is by itself.
func (g *grid) declareRotor(p *device.Ports, i int) {
	m := &g.spec.Machines[i]
	r := rotor{
		closed:   device.Input[bool](p, m.Name+"_closed", unit.One, device.Optional(1), device.Doc("its breaker is closed")),
		setPoint: device.Tunable(p, m.Name+"_set_point", unit.Megawatt, g.given[i], device.Doc("what its turbine gives, at nominal speed")),
		tripped:  device.State(p, m.Name+"_tripped", unit.One, false, device.Doc("protection has cut it off, and its turbine")),
		cause: device.State(p, m.Name+"_cause", unit.One, running, device.Labels("none", "under_frequency", "over_frequency", "out_of_step"),
			device.Doc("why it was tripped")),
		band: device.State(p, m.Name+"_band", unit.One, g.firstBand(g.thresholds()), hidden),
	}
	r.frequency = device.Continuous(p, m.Name+"_frequency", unit.Hertz, g.spec.Frequency, g.acceleration(i), device.Doc("of its rotor"))
	r.angle = device.Continuous(p, m.Name+"_angle", unit.Degree, g.angles[i], g.slip(i), device.Doc("of its rotor, against nominal frequency"),
		device.Reads(r.frequency))
	g.machines = append(g.machines, r)
}

// declareSwing declares what moves a machine.
func (g *grid) declareSwing(p *device.Ports, i int) {
	m, r := &g.spec.Machines[i], &g.machines[i]
	const doc = "what its turbine gives"
	if m.Droop > 0 {
		r.governed = device.Continuous(p, m.Name+"_mechanical", unit.Megawatt, g.given[i], g.govern(i), device.Doc(doc))
		follow(p, m.Name+"_mechanical", m.Name+"_set_point", m.Name+"_tripped", m.Name+"_frequency")
		r.mechanical = &r.governed.In
	} else {
		r.mechanical = device.Computed(p, m.Name+"_mechanical", unit.Megawatt, g.turbine(i), device.Doc(doc), device.Reads(r.setPoint, r.tripped))
	}
	seen := g.angleReads()
	for _, x := range g.admittance[i] {
		seen = append(seen, x.re, x.im)
	}
	r.power = device.Computed(p, m.Name+"_power", unit.Megawatt, g.power(i), device.Doc("what it gives to the grid"), device.Reads(seen...))
	device.Computed(p, m.Name+"_current", perUnit(), g.current(i), device.Doc("of its stator"), device.Reads(seen...))
	device.Computed(p, m.Name+"_connected", unit.One, g.connected(i), device.Doc("neither tripped nor its breaker open"),
		device.Reads(r.closed, r.tripped))
	follow(p, m.Name+"_frequency", m.Name+"_mechanical", m.Name+"_power")
}

// follow says what the rate of a signal reads beside itself.
func follow(p *device.Ports, name string, reads ...string) {
	at := func(name string) int {
		return slices.IndexFunc(p.Signals, func(s device.Signal) bool { return s.Name == name })
	}
	sig := &p.Signals[at(name)]
	sig.Reads = []*device.Cell{sig.Cell}
	for _, other := range reads {
		sig.Reads = append(sig.Reads, p.Signals[at(other)].Cell)
	}
}

func (g *grid) angleReads() (list []device.Readable) {
	for i := range g.machines {
		list = append(list, g.machines[i].angle)
	}
	return list
}

// declareBus declares what is measured at a bus.
func (g *grid) declareBus(p *device.Ports, i int) {
	device.Computed(p, g.buses[i]+"_voltage", perUnit(), func(c *device.Context) float64 { return g.voltage(c, i).magnitude() },
		device.Doc("magnitude"), device.Reads(g.voltageReads(i)...))
}

func (g *grid) voltageReads(buses ...int) []device.Readable {
	list := g.angleReads()
	for _, bus := range buses {
		for _, x := range g.share[bus] {
			list = append(list, x.re, x.im)
		}
	}
	return list
}

// declareBranch declares what is measured at a branch.
func (g *grid) declareBranch(p *device.Ports, i int) {
	name, reads := g.spec.Branches[i].Name, g.voltageReads(g.from[i], g.to[i])
	device.Computed(p, name+"_faulted", unit.One, func(c *device.Context) bool { return g.shorts[i].Get(c) != nowhere },
		device.Doc("what its own differential relay sees"), device.Reads(g.shorts[i]))
	device.Computed(p, name+"_difference", unit.Degree, g.difference(i), device.Doc("angle of the voltage at its one end before that at the other"),
		device.Reads(reads...))
	device.Computed(p, name+"_power", unit.Megawatt, g.passing(i), device.Doc("into it at its one end"), device.Reads(append(reads, g.branches[i])...))
}

// declareLoad declares what a load takes.
func (g *grid) declareLoad(p *device.Ports, i int) {
	reads := append(g.voltageReads(g.load[i]), g.loads[i].factor, g.loads[i].applied)
	for _, s := range g.stages {
		reads = append(reads, s)
	}
	device.Computed(p, g.spec.Loads[i].Name+"_power", unit.Megawatt, g.taken(i), device.Doc("what it takes"), device.Reads(reads...))
}

// declareWhole declares what there is one of.
func (g *grid) declareWhole(p *device.Ports) {
	var on, speeds, angles []device.Readable
	for i := range g.machines {
		r := &g.machines[i]
		on = append(on, r.closed, r.tripped)
		speeds, angles = append(speeds, r.frequency), append(angles, r.angle)
	}
	g.frequency = device.Computed(p, "frequency", unit.Hertz, g.centre, device.Doc("of the centre of inertia; 0 where no machine is connected"),
		device.Reads(append(speeds, on...)...))
	forces := append(append([]device.Readable{}, speeds...), on...)
	for i := range g.machines {
		forces = append(forces, g.machines[i].mechanical, g.machines[i].power)
	}
	device.Computed(p, "rocof", hertzPerSecond(), g.rocof, device.Doc("rate of change of frequency"), device.Reads(forces...))
	device.Computed(p, "spread", unit.Degree, g.spread, device.Doc("between the machines that are connected: 180 deg and more is out of step"),
		device.Reads(append(angles, on...)...))
	device.Computed(p, "connected", unit.One, g.count, device.Doc("how many machines are"), device.Reads(on...))
	g.band = device.State(p, "band", unit.One, g.firstBand(g.stageThresholds()), hidden)
}

// switches are what changes the reduction.
func (g *grid) switches() (list []device.Readable) {
	for _, x := range g.branches {
		list = append(list, x)
	}
	for _, x := range g.shorts {
		list = append(list, x)
	}
	for _, x := range g.faults {
		list = append(list, x)
	}
	for i := range g.machines {
		list = append(list, g.machines[i].closed, g.machines[i].tripped)
	}
	for i := range g.loads {
		list = append(list, g.loads[i].factor)
	}
	for _, x := range g.stages {
		list = append(list, x)
	}
	return list
}

func perUnit() unit.Unit        { return parsed("pu") }
func hertzPerSecond() unit.Unit { return parsed("Hz/s") }

func parsed(symbol string) unit.Unit {
	u, err := unit.Parse(symbol)
	if err != nil {
		panic("powergrid: " + err.Error())
	}
	return u
}
