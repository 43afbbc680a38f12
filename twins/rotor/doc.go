// Package rotor models a thin-walled tube that spins fast, as in a gas centrifuge,
// and what destroys it.
//
// It turns with the field of its motor, a hysteresis motor in synchronism:
//
//	speed  = frequency
//	wall   = pi diameter speed
//	stress = density wall^2
//
// The stress is the hoop stress of a thin ring that carries nothing but itself
// (Timoshenko, Strength of Materials, part I), independent of the wall's thickness.
// With the defaults 443.0 m/s and 549 MPa at 1410 Hz.
//
// # What wears it
//
// The share of its life that is used up is the sum of the times at each stress over
// the life at that stress (Robinson, Effect of Temperature Variation on the Long-Time
// Rupture Strength of Steels, Trans. ASME 74, 1952; the rule of Palmgren and Miner for
// loads that last, in place of cycles), and life is a power of stress:
//
//	d(wear)/dt = (stress / strength)^exponent / life
//
// Exponent and life are a choice, not data of a material: 20 and 30 min make the
// design speed last nine years and 1410 Hz an hour. The law knows no threshold, no
// temperature, no corrosion by what is in the tube, and no cycles: each start and stop
// costs only the time that it lasts.
//
// # What destroys it
//
// It bursts when its stress comes to its own strength, which is ultimate times a
// normal variate of mean 1 that each rotor draws at the start. It is worn out when wear
// comes to 1. Near its first bending resonance it swings as a disk on a flexible shaft
// does (Jeffcott, Phil. Mag. 37, 1919),
//
//	vibration = unbalance r^2 / sqrt((1 - r^2)^2 + (2 damping r)^2), r = speed / critical,
//
// and fails where that comes to the clearance. This is the swing of a rotor that turns
// steadily: one that passes the resonance fast swings less, so it is on the safe side.
// Higher resonances, bellows, dampers and bearings are left out. Once failed it stands
// still, is not repaired, and harms no other rotor.
//
// # What it is for
//
// What a machine separates is taken to grow with the square of the wall's speed;
// separation is that, by the nominal speed, and 0 once it failed. The gas is not
// modelled.
//
// A rotor whose frequency rests costs a run nothing but a step of integration an hour.
package rotor
