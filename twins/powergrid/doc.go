// Package powergrid models a power grid by the classical multi-machine model: lines
// and loads as impedances, machines as constant voltages behind transient reactances,
// with rotors that swing.
//
// # Start
//
// The power flow is solved by Newton's method in polar coordinates from 1 pu at angle
// zero: power and voltage are given at machines, power and reactive power at loads,
// voltage and angle at an infinite bus or, without one, at the first machine. Then
//
//	y_load = (P - jQ) / |V|^2        E = V + j x'd I
//
// and the state is at rest: every derivative is exactly zero, so a grid that nothing
// disturbs costs nothing.
//
// # Motion
//
//	(2 H / f0) df/dt   = (Pm - Pe) / Sbase - D (f - f0) / f0
//	d(angle)/dt        = 2 pi (f - f0)
//	Pe                 = Re(E conj(I)),   I = sum over j of Y_ij E_j
//	T dPm/dt           = clamp(set point - rating (f - f0) / (f0 droop), 0, rating) - Pm
//
// the last only with a governor; without one Pm is the set point. Y is what is left of
// the network when all buses are eliminated (Kron), with a faulted bus held at zero
// and an infinite one at its voltage. It is computed anew in the very instant in which
// a branch or a machine is switched, a fault comes or goes, a factor changes or load is
// shed. Bus voltages come from the same elimination. A fault on a line is one at the bus
// where it begins, for as long as the line is closed.
//
// A demand beyond that of the start is a conductance that takes the demand at the
// voltage which the bus has at the start; so it takes less where the voltage sinks. It
// is put into the network once it has moved by the resolution: what moves all the time
// is followed in such steps.
//
// # Protection
//
// Frequency relays see the speed of their rotor, load shedding the frequency of the
// centre of inertia, sum(H f) / sum(H) of the machines that are connected. Who is
// tripped loses breaker and turbine, for good, and is left to coast. A machine whose
// breaker is opened from outside keeps its turbine: it runs away, and comes back at
// whatever angle it has when the breaker is closed, which is what broke the generator
// of the Aurora test. The relay on out_of_step compares rotors with the centre of
// inertia, or with the infinite bus.
//
// Rate of change: RoCoF = dP f0 / (2 sum(H)); angle of a machine cut off with a surplus
// dP: t = sqrt(4 H angle / (2 pi f0 dP)); current when it is closed again: |E - V| / X,
// for equal voltages 2 E sin(angle/2) / X.
//
// # Validity
//
// The first swing, a second or so, is what the classical model is made for: after that
// voltage regulators, which it lacks, move E. Frequency over many seconds is right in
// its sum, as inertia, turbines, governors and loads are in it. It is one phase of a
// symmetrical system: no other fault than that of all three phases, no transients of
// currents, no saturation, saliency or winding of the rotor, no dependence of
// impedances or loads on frequency, no taps, no protection of lines. Loads are
// impedances: one that keeps its power would weigh more where the voltage sinks. A grid
// may have a few hundred buses: its matrices are dense.
//
// # Sources
//
//   - Equations, nine buses, voltages behind x'd, reduced matrices, fault at bus 7
//     cleared by 5-7 after five cycles: P. M. Anderson and A. A. Fouad, Power System
//     Control and Stability, 2nd ed., IEEE Press 2003, 2.9 to 2.12, examples 2.6, 2.7.
//     The network is also case9 of MATPOWER, which numbers its buses otherwise.
//   - Machine against an infinite bus, 1.2812 at 23.95 deg, 2.4638, 0.9152, 2.1353: J. D.
//     Glover, M. S. Sarma, T. J. Overbye, Power System Analysis and Design, 5th ed.,
//     examples 11.3 to 11.7. Equal area: the same.
//   - Frequency relays used in tests and library: NERC PRC-024-2, attachment 1, western
//     interconnection, the curve inside of which a generator must not trip: 57.0 Hz at
//     once, 57.3 Hz 0.75 s, 57.8 Hz 7.5 s, 58.4 Hz 30 s, 59.4 Hz 180 s; 60.6 Hz 180 s,
//     61.6 Hz 30 s, 61.7 Hz at once. Set on it exactly, relays are as sensitive as may be.
//   - Load shedding: WECC Off-Nominal Frequency Load Shedding Plan: 59.1, 58.9, 58.7,
//     58.5, 58.3 Hz; 5.3, 5.9, 6.5, 6.7, 6.7 %; within 14 cycles.
//   - Demand that a botnet switches on: S. Soltan, P. Mittal, H. V. Poor, BlackIoT: IoT
//     Botnet of High Wattage Devices Can Disrupt the Power Grid, USENIX Security 2018.
//   - Aurora: Idaho National Laboratory, March 2007, a 2.25 MW diesel set.
package powergrid
