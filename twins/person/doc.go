// Package person models a human within the machines' reach: where they are, what they are
// told, what they press, what they are exposed to and how badly that harms them.
//
// # Walking
//
// A person stands at a place in the plane and walks from waypoint to waypoint in straight
// lines, at their speed: 1.6 m/s where nothing better is known, which ISO 13855 counts
// with. A waypoint has the time at which they leave for it; one that is for warnings
// has none, and is where they go when they are warned. Speeds up to 12.5 m/s, which is the
// fastest that anybody ever ran (100 m sprint, 2009), from 1 cm/s on; places up to 100 km; a reaction of at most a day.
// What an exposure can be at all, with the source of that, is in canBe (exposures.go) and shown by harmproof doc person.
//
// Nothing stops who walks. So that nobody walks through a wall, walls that are declared are
// compared with all straight ways before a run: of the path, from wherever they have come to
// when it is time for the next waypoint; to the waypoint for warnings from all of these; and on
// from there. One way is not looked at: on from where they are when a warning ends before they
// have come to that waypoint.
//
// # Perceiving and acting
//
// What warns a person (a lamp, an alarm, a screen) is information: it travels as a message,
// and may be spoofed, late or lost, unless it is hard-wired. Their reaction comes later by
// a reaction time, if the warning lasts as long: then they have pressed what is before
// them, and go to the waypoint that is for warnings. When the warning is over for as long
// they let go. An act of the timeline may have them press as well (set presses).
//
// At a waypoint with opens they open the guard that is there (twins/guard), and leave it open
// until they come to one with closes; an act of the timeline may do either (set opens). It takes
// them no time. A guard that is closed does not stop who walks: it is for the file to have them open
// it first. Who was harmed irreversibly leaves it as it is.
//
// # Exposure and harm
//
// Each exposure is an input, physical truth, and has a severity of its own where it is wired:
// 0 none, 1 slight, 2 serious and reversible, 3 irreversible, 4 death. Models, sources and
// their validity are those of package sim/harm. harm is the worst of now, worst the worst since
// the start. Thresholds are located to the nanosecond. Who is harmed irreversibly neither
// walks nor presses any longer: the worst case, as nobody can be relied upon then.
//
// Who is free to give way (touch: transient) is judged by what the region bears of a transient contact, until
// they have been touched without a break for 0.5 s: from then on it is what the region bears of a
// quasi-static contact, half as much but at the head (ISO/TS 15066:2016, annex A), and
// contact_lasts says so. Any force is a contact. contact_worth is the force by what is borne of a transient one,
// which is more than the force once it lasts: that is what a replay draws the severities by.
//
// No model of contact or collision is of children: one whose role is child is judged as an adult, and that
// is warned of, and told of a run in which one is touched or hit. So it is warned of a driver, or of somebody with a
// vehicle's delta_v, who is judged as one whom a car hits, and of a plume (twins/plume) whose gas has another molar
// mass than gas_is, by more than 5 %.
//
// Of an arm that meets the nearest of several its force is felt by who was where it met somebody, to 1 mm, and by nobody
// else (contact_felt, struck), until it parts from them or they are beyond it. What tells them that, is_touching and
// met_at and so on, is wired by itself where contact is the force of that arm and nothing else.
//
// Separation is a distance that harms where it is none, of unknown force; where contact is
// wired as well that force is known, and separation only says how near it came. A machine that is more than 1 mm in
// them by their separation, and presses by no force, is told: it went through them, or past them while it stood.
//
// Peaks of what is wired by an expression, or to a signal of a device that is written in the file, are found however
// short they are, as far as all that the expression reads is continuous with known bounds; what twins compute in
// between is looked at several times in each step of the integration, and a shorter peak of it may be missed.
//
// Air harms as badly as it has been, or worse, for as long as lasts, at most 24 h, without a break: each severity
// has a timer of its own, and air that is less bad is so at once. Beside that hot air and frost add up, and harm
// as soon as that is enough, however long lasts is:
//
//	d(hot_air)/dt = T^3.4 / 5e7 / min                                      from T = 43.3 on
//	d(frost)/dt   = (-4.8 - T)^1.668 / (2111 - 24.5 (0.667 V + 4.8)) / min below T = -4.8
//
// with T in degC and V, the wind, in km/h; where no wind is wired the air is still. hot_air_counts and
// frost_counts say that they add up; vapour, where humidity is wired, how much vapour is in the air. What is
// no number ends the run. Carbon monoxide harms by what is in the blood, d(cohb)/dt = (Settled(co) - cohb) /
// 5813 s, held at 100 %; toxic gas by the load, d(gas_load)/dt = C^n, in ppm2 min or ppm min, of hydrogen
// fluoride from 1 ppm on; a fire by the thermal dose, d(heat_load)/dt = q^(4/3), q in kW/m2, from 1 kW/m2 on.
// What they have taken up does not become less.
//
// That any of these leaves what its source covers is told (device.Bounded): air below 0 or above 180 degC, from
// 43.3 to 45 degC, frost but from -50 to -15 degC and from 20 to 80 km/h, hot air of which 10 % is vapour, air that
// feels hotter than the chart of the heat index has, 58.3 degC, by its equation (sultry, where humidity is wired). So
// it is that no humidity is wired where it counts: from 26.7 degC on air is taken to have 40 %; and that somebody breathed
// a gas that is judged by a probit of deaths, but less than 0.1 % die of, as that says nothing of injuries.
//
// What cannot be counts as the nearest that can: less than none of a force, a speed of a collision, glucose,
// gas, pressure or wind, or of the distance that is needed, as none, air below 0 K as 0 K, humidity below 0 as 0 and
// above 100 % as 100 %. Literals that are impossible are refused, and that a run comes to them is told. A separation
// below 0 is how far a machine has come into them.
package person
