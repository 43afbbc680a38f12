// Package guard models a movable guard with an interlock: a gate in a fence, a hood, a flap, and the
// switch that tells whether it is closed.
//
// # The guard
//
// It is open while somebody holds it open: its input open_by is physical truth, such as what a person
// has opened (twins/person), and
//
//	open = open_by.
//
// How long it takes to swing is not modelled: it is open at once, the worst for whoever counts on that
// time (ISO 13855:2010, clause 9, lets it be counted [U]). It does not lock: without guard locking
// (ISO 14119:2013) whoever comes can open it at any time, so it must be so far away that the machine
// stands before they are there, S = K T + C with K = 1.6 m/s (ISO 13855:2010, clause 9 [U]).
//
// # The switch
//
// It sees the actuator on the guard, and tells closed, true where that is safe. So
//
//	defeated = open and taped and coding is not high
//	closed   = not open or defeated, sees later, and again each time that every is over.
//
// What did not last for sees was not seen. The time is at most 100 ms for a switch with RFID
// (Schmersal RSS 16, data sheet: reaction time at most 100 ms; 200 ms with a fault within, which a
// scenario can set) [R in a public copy]. A switch that is down or stuck tells nothing, or what
// it told before; the guard moves all the same.
//
// # How it is defeated
//
// ISO 14119:2013 asks that nobody can defeat it in a manner that was to be foreseen: by a spare
// actuator, a magnet, a tape. It knows actuators without coding (hinges, cams, magnets), and of
// those with one, by how many codes there are, low (1 to 9), medium (10 to 1000) and high (more
// than 1000, as RFID taught to one actuator: Schmersal RSS 36-I1) [R in public copies]. Here taped
// has an effect with all of them but high: whoever tries has one that fits [choice; for medium
// the worse]. taped is physical, and no message reaches it: wire it to the person who does it.
//
// Valid for one guard and one switch. Whether both channels of it agree is not modelled: a fault
// is one of the switch as a whole.
package guard
