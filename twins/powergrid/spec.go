package powergrid

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a power grid. Impedances are per unit of the base
// and of the voltage that each bus has.
type Spec struct {
	Base       float64    `twin:"base,MW" above:"0 MW" max:"1e7 MW" why:"all power stations of the world together" default:"100 MW" doc:"the power that is 1 pu"`
	Frequency  float64    `twin:"frequency,Hz" min:"10 Hz" max:"1000 Hz" why:"railways have 16.7 Hz, aircraft 400 Hz" default:"60 Hz" doc:"at which the grid starts, and with which it is in step"`
	Branches   []Branch   `twin:"branches" doc:"lines and transformers"`
	Machines   []Machine  `twin:"machines" default:"" doc:"synchronous generators, at most one at a bus; the first balances the start if no bus is infinite"`
	Infinite   []Infinite `twin:"infinite" default:"" doc:"buses of a system so large that nothing here moves it; the first one balances the start"`
	Loads      []Load     `twin:"loads" default:"" doc:"constant impedances"`
	Relays     []Relay    `twin:"relays" default:"" doc:"frequency relays, the same at every machine"`
	Shedding   []Stage    `twin:"shedding" default:"" doc:"stages of under-frequency load shedding, for all loads"`
	OutOfStep  float64    `twin:"out_of_step,deg" min:"0 deg" max:"360 deg" why:"one turn" default:"0 deg" doc:"a machine so far from the centre of inertia is tripped; 0: none is"`
	Resolution float64    `twin:"resolution,MW" above:"0 MW" default:"0.1 MW" doc:"a change of demand takes effect once it has come to that much"`
}

// A Branch is a line or a transformer: a series impedance with half of the charging
// at each end.
type Branch struct {
	Name       string
	From       string  `twin:"from" doc:"bus at one end"`
	To         string  `twin:"to" doc:"bus at the other end"`
	Resistance float64 `twin:"r,pu" min:"0 pu" default:"0 pu" doc:"in series"`
	Reactance  float64 `twin:"x,pu" above:"0 pu" doc:"in series"`
	Charging   float64 `twin:"b,pu" min:"0 pu" default:"0 pu" doc:"susceptance of the whole line"`
}

// A Machine is a synchronous generator of the classical model: a constant voltage
// behind its transient reactance, and a rotor.
type Machine struct {
	Name      string
	Bus       string  `twin:"bus" doc:"where it is connected"`
	Power     float64 `twin:"power,MW" default:"0 MW" doc:"at the start; that which balances takes what is needed"`
	Voltage   float64 `twin:"voltage,pu" above:"0 pu" default:"1 pu" doc:"of its bus at the start"`
	Inertia   float64 `twin:"inertia,s" above:"0 s" doc:"H: kinetic energy at nominal speed by the base"`
	Reactance float64 `twin:"reactance,pu" above:"0 pu" doc:"transient, x'd"`
	Damping   float64 `twin:"damping,pu" min:"0 pu" default:"0 pu" doc:"D: power by speed, both per unit"`
	Droop     float64 `twin:"droop,%" min:"0 %" default:"0 %" doc:"of its governor: the speed that takes it from nothing to its rating; 0: none"`
	Rating    float64 `twin:"rating,MW" min:"0 MW" default:"0 MW" doc:"the most that its turbine gives, where it has a governor"`
	Lag       float64 `twin:"lag,s" above:"0 s" default:"0.5 s" doc:"of governor and turbine"`
}

// An Infinite is a bus whose voltage is constant in magnitude, angle and frequency.
type Infinite struct {
	Name    string
	Bus     string  `twin:"bus" doc:"where it is"`
	Voltage float64 `twin:"voltage,pu" above:"0 pu" default:"1 pu" doc:"at the angle 0"`
}

// A Load is what a bus takes at the start.
type Load struct {
	Name     string
	Bus      string  `twin:"bus" doc:"where it is connected"`
	Power    float64 `twin:"power,MW" default:"0 MW" doc:"active, at the start"`
	Reactive float64 `twin:"reactive,Mvar" default:"0 Mvar" doc:"reactive, at the start"`
}

// A Relay trips a machine whose frequency is out of bounds for too long.
type Relay struct {
	Name  string
	Below float64        `twin:"below,Hz" min:"0 Hz" default:"0 Hz" doc:"frequency at or under which it counts; 0: no such"`
	Above float64        `twin:"above,Hz" min:"0 Hz" default:"0 Hz" doc:"frequency at or over which it counts; 0: no such"`
	After vtime.Duration `twin:"after" min:"0s" default:"0s" doc:"for how long"`
}

// A Stage of load shedding takes a share of every load off, once and for good.
type Stage struct {
	Name  string
	Below float64        `twin:"below,Hz" above:"0 Hz" doc:"frequency of the centre of inertia at or under which it counts"`
	Share float64        `twin:"share,%" above:"0 %" max:"100 %" doc:"of what each load would take"`
	After vtime.Duration `twin:"after" min:"0s" default:"0s" doc:"for how long, breakers included"`
}

// Kind describes the power grid to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "power-grid",
		Summary: "a power grid: lines, machines that swing, loads, faults, relays; the classical model",
		Text: `(2H/f0) df/dt = Pm - Pe - D (f-f0)/f0 for each machine, d(angle)/dt = 2 pi (f-f0). Pe is
that of constant voltages behind x'd over the network, reduced anew in the instant in
which a breaker, a fault or a load changes it; Pm is constant, or moved by a governor.
The start is the solved power flow. Signals carry the names of the entries:
g1_frequency, l1_closed, city_demand, b1_voltage.`,
		Source: "P. M. Anderson, A. A. Fouad, Power System Control and Stability, 2nd ed., IEEE Press 2003, chapter 2",
		Example: `grid:
  is: power-grid
  machines:
    g1: {bus: b1, voltage: 1.04 pu, inertia: 23.64 s, reactance: 0.0608 pu}
    g2: {bus: b2, voltage: 1.02 pu, power: 80 MW, inertia: 6.4 s, reactance: 0.1198 pu}
  branches:
    l1: {from: b1, to: b2, r: 0.01 pu, x: 0.085 pu, b: 0.176 pu}
  loads:
    city: {bus: b2, power: 125 MW, reactive: 50 Mvar}`,
	}, Sample(), New)
}

// Sample is the grid of the kind's example.
func Sample() Spec {
	return Spec{
		Base: 100e6, Frequency: 60, Resolution: 1e5,
		Machines: []Machine{
			{Name: "g1", Bus: "b1", Voltage: 1.04, Inertia: 23.64, Reactance: 0.0608, Lag: 0.5},
			{Name: "g2", Bus: "b2", Voltage: 1.02, Power: 80e6, Inertia: 6.4, Reactance: 0.1198, Lag: 0.5},
		},
		Branches: []Branch{{Name: "l1", From: "b1", To: "b2", Resistance: 0.01, Reactance: 0.085, Charging: 0.176}},
		Loads:    []Load{{Name: "city", Bus: "b2", Power: 125e6, Reactive: 50e6}},
	}
}
