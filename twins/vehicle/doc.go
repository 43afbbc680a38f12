// Package vehicle models road vehicles that follow one another: body, radar, and the
// controller of a platoon.
//
// # The body
//
//	d(acceleration)/dt = (drive a dead_time ago - acceleration) / lag,  drive from -brakes to accelerates
//	d(speed)/dt        = acceleration + (behind - push) / mass
//	d(position)/dt     = speed
//	gap = ahead - position,  closing = speed - ahead_speed
//
// drive is sampled 20.5 times in a dead_time, and held: what a sample waits for the next one is counted.
// position is that of the front, rear that of the rear, and ahead is wired to the rear of
// the vehicle in front. It never rolls backwards. Two vehicles that brake in full, the
// follower after a while, need
//
//	gap >= speed delay + speed^2/2 (1/brakes of the follower - 1/brakes of the leader).
//
// # Collision
//
// Where the gap is negative both are crushed, and push each other apart with
//
//	push = stiffness crush (1 + plasticity closing), and never less than 0, crush at most 1 m,
//
// a contact that loses energy (Hunt and Crossley, J. Appl. Mech. 42, 1975). What the one
// pushes the other is pushed: momentum is kept, pile-ups included. They part at a speed w
// of which, with c = plasticity and v the closing speed at the contact,
//
//	-c w - ln(1 - c w) = c v - ln(1 + c v),
//
// below 1/c whatever v is: nearly plastic. impact is the greatest closing speed at a contact.
// From a delta_v of wrecks on it brakes in full for good. One dimension, no rotation, no deformation that stays.
//
// delta_v is what is to be wired to those who are in it (twins/person, as occupants): the change
// of speed of the last push of more than 20 m/s2, until it is less than 5 m/s2. Leaning on one
// another harms nobody. A vehicle whose front is beyond the rear of the one ahead from the start is refused
// where ahead is wired to that rear by its path alone; elsewhere it is pushed out, as in a collision.
//
// # The controller
//
// With e = distance - spacing - headway speed, the law `ploeg` (Ploeg, Scheepers, van Nunen,
// van de Wouw, Nijmeijer, Design and experimental evaluation of cooperative adaptive cruise
// control, IEEE ITSC 2011) is
//
//	headway du/dt = -u + kp e + kd de/dt + what the one ahead asks of its engine, by beacon;
//
// `acc` is the same without the beacon. `path` (Rajamani, Vehicle Dynamics and Control, 2nd
// ed., Springer 2012, 7.6) keeps a distance by beacons of the one ahead and of the leader:
//
//	u = (1-c1) ahead + c1 lead - (2 xi - c1 q) w (speed - ahead_speed)
//	    - c1 q w (speed - lead_speed) + w^2 (distance - spacing),  q = xi + sqrt(xi^2 - 1).
//
// Vehicles all alike amplify what the one ahead does by
//
//	ploeg: (exp(-delay s) + G K) / ((1 + G K)(headway s + 1))
//	acc:   G K / ((1 + G K)(headway s + 1)),  G = exp(-dead_time s)/(s^2 (lag s + 1)), K = kp + kd s.
//
// A platoon is string stable where that is at most 1 at all frequencies: ploeg from a headway
// of 0.24 s on at a delay of 20 ms, of 0.67 s at 150 ms; acc from sqrt(2/kp) = 3.16 s on (lag
// 0.1 s, kp 0.2, kd 0.7). Beacons and radar that are told every so often count as a delay
// of half of that more. Dead time of the engine, 0.2 s, makes 0.251 s of 0.24 s. An ACC answers as
// much later as its headway is; the 2.78 s at which cars that are sold did in the field, on average,
// are not enough.
//
// # What protects it
//
// A beacon that is older than patience is not used, and without it the controller falls back
// to `acc`: it takes the gap that it finds as its headway and goes over to acc_headway, with
// the time constant easing. With a tolerance it also does so, and for good, where the
// beacons are off what its own radar sees by more than that, either in speed, or in the speed
// that follows from what they say of the acceleration,
//
//	d(felt)/dt     = (ahead_acceleration - felt) / lag
//	d(expected)/dt = felt + (seen - expected) / memory,  seen = speed - approach,
//
// so that of an acceleration that is false by x there comes, in the end, x memory. With
// emergency it brakes in full, by its radar alone, where approach^2/2/(distance - 1 m) is more
// than that, until it is half of that: what UNECE R152 asks of cars, without its figures.
//
// Defaults of engine, gains, spacing and beacons are those of the simulator Plexe
// (examples/platooning), which writes w as 0.2 Hz and computes with 0.2 rad/s. Lag 0.02 to
// 2 s, mass 400 kg to 60 t, brakes up to 12 m/s2 (dry asphalt; Rajamani, chapters 4 and 5), and by our
// estimate dead time 10 ms to 1 s or none, length 1 to 30 m, stiffness 100 kN/m to 10 MN/m, plasticity
// 0.1 to 10 s/m, is what the equations are for; anything else is refused.
package vehicle
