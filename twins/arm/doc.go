// Package arm models a robot arm that people work beside: how it moves, how it stops, and with
// what force it meets a body.
//
// # Moving
//
// The tool goes to and fro along a line, from one end to the other, at a speed that is set:
//
//	dx/dt = heading speed.
//
// Turning takes no time, so it is at full speed up to both ends: the worst for those who
// stand there. The set speed is never exceeded, and neither is what the data sheet allows,
// the speed of the joint times the reach, whatever somebody sets. While it is power limited
// it goes no faster than ISO/TS 15066 allows for the region of the body, with the mass that it
// was told its tool has:
//
//	v = (F - accuracy) / sqrt(k mu),  1/mu = 1/mH + 1/mR,  mR = M/2 + tool;
//
// F, k and mH are those of sim/harm, and a clamped body does not give way: mu = mR.
//
// # Stopping
//
// Data sheets say how far and how long a joint turns from its full speed on, v0. A stop of
// category 0 (IEC 60204-1: power is removed at once) brakes by friction and by the motor,
//
//	d(speed)/dt = -(a + b speed),
//
// of which both are known: with k = b T and v0, T, d of the data sheet,
//
//	d / (v0 T) = 1/k - 1/(e^k - 1),   a = b v0 / (e^k - 1);   k = 0: an even deceleration.
//
// From another speed on it takes t = ln(1 + b v/a)/b and s = (v - a t)/b: stop_time and
// stop_distance. Categories 1 and 2 (controlled, then power removed or kept) brake evenly, v0 in T.
// Data sheets give this for full load and reach; less load stops sooner, which is not counted.
// Valid for 0.05 < d/(v0 T) < 0.95.
//
// # Contact
//
// Where the tool meets a body it is a mass on a spring (ISO/TS 15066, annex A): x is then
// counted from the body, whichever of the two gives way,
//
//	mu d(speed)/dt = -k (x - met) - mu (a + b speed, if it brakes),
//
// so that without brakes the force rises to v sqrt(k mu), in pi/2 sqrt(mu/k). There it stands,
// and goes on pressing until the body is taken away: brakes hold. v is how fast the two close in, whichever
// of them comes and from whichever side: its own speed, and that of the body towards it (body_speed), which
// stops where it is met. One that walks away in front of it is met by the difference. Where body_speed is
// not wired the body counts as standing; where the arm goes away from it they have come, and 1.6 m/s
// are counted (ISO 13855). Of one who came towards it the brakes take nothing, which is the worse: closing, how fast
// the two close in, falls by the spring alone until they part, and x counts by it. speed remains that of the tool
// over the ground, and falls as closing does, in proportion: the two come to rest at one time. An arm that stands
// strikes nobody: who walks into it, or by, does so without harm.
//
// Where body_y is wired, whoever is more than across aside of its line, y, as they come past one another is not met;
// where it is not, the line has no aside, and everybody is in it. Of several the body is the nearest, min(anna.x, bert.x),
// and who was where it met somebody feels its force alone (twins/person). An arm whose body is not wired meets nobody,
// and goes through whoever is there: that is warned of, as is one whose body is not the person who is judged by its
// force. Valid for one contact, without the push of the drives.
//
// # What it watches by itself
//
// Faster than safe_speed or beyond safe_to it stops by itself and for good: after 250 ms of speed or 100 ms
// of place, and power is gone at most 1 s later (Universal Robots UR5 manual, worst cases 1250
// and 1100 ms). Such limits are set where nobody gets at them by a network, or should be.
//
// # Sources
//
// Defaults are a UR5: 183 deg/s at 0.85 m, 18.4 kg, 5 kg, shoulder 0.70 rad in 530 ms at full load
// (Universal Robots UR5 manual, p. 52 and 65; UR3, p. 71). Masses 1 to 300 kg, reach 0.1 to 4 m: from
// the smallest to the largest arms that are sold for collaboration, our estimate. A figure beyond them
// is refused.
package arm
