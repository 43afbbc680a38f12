// Package person models a human within the machines' reach: where they are, what they are
// told, what they press, what they are exposed to and how badly that harms them.
//
// # Walking
//
// A person stands at a place in the plane and walks from waypoint to waypoint in straight
// lines, at their speed: 1.6 m/s where nothing better is known, which ISO 13855 counts
// with. A waypoint has the time at which they leave for it; one that is for warnings
// has none, and is where they go when they are warned. Speeds up to 12.5 m/s, which is the
// fastest that anybody ever ran (100 m sprint, 2009), places up to 100 km. There are no walls.
//
// # Perceiving and acting
//
// What warns a person (a lamp, an alarm, a screen) is information: it travels as a message,
// and may be spoofed, late or lost, unless it is hard-wired. Their reaction comes later by
// a reaction time, if the warning lasts as long: then they have pressed what is before
// them, and go to the waypoint that is for warnings. When the warning is over for as long
// they let go. An act of the timeline may have them press as well (set presses).
//
// # Exposure and harm
//
// Each exposure is an input, physical truth, and has a severity of its own where it is wired:
// 0 none, 1 slight, 2 serious and reversible, 3 irreversible, 4 death. Models, sources and
// their validity are those of package sim/harm. harm is the worst of now, worst the worst since
// the start. Thresholds are located to the nanosecond. Who is harmed irreversibly neither
// walks nor presses any longer: the worst case, as nobody can be relied upon then.
//
// Separation is a distance that harms where it is none, of unknown force; where contact is
// wired as well that force is known, and separation only says how near it came.
//
// Air harms when it has been worse than what harmed so far for as long as lasts without a
// break. Carbon monoxide harms by what is in the blood, d(cohb)/dt = (Settled(co) - cohb) /
// 5813 s; toxic gas by the load, d(gas_load)/dt = C^n, ppm and minutes.
package person
