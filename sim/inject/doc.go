// Package inject is the timeline of a run: faults (no adversary), attacks (an
// adversary) and acts (what people and the world do), each reversible and
// visible.
//
// A step applies at a time, when a condition rises, or after another step; it
// lasts for a while or to the end of the run; it may need that other steps took
// effect. What a step does is a list of operations: a layer between a value and
// those who see it, a disturbance of a flow of messages, a command that is sent,
// a device that is down, power that is gone, a clock that drifts; and, from a
// foothold, messages over the network, a flood of them, listening, and what is done
// on a device that the attacker is on.
//
// Several layers on one value are folded: faults first, then attacks; among
// those by the time they were applied, then by their place in the file. So an
// attack has the last word over a fault, and the later attack over the earlier
// one. What one receiver alone is told lies over what all are told. Taking one
// away uncovers what is beneath it at that time. A step is in force from the
// instant at which it begins up to, and without, the instant at which it ends:
// where one ends and another begins at one time, the one is over before.
//
// Disturbances of one flow act one after the other, each with luck of its own.
// What crashes twice, or loses power as well, is back when all of that is over.
// Drifts of one clock add up. Commands are messages: the last one to arrive
// stands until the next one arrives.
//
// Every step says how it ended: applied, no effect (it was in force and changed
// nothing that anybody saw), stopped (and by what), or not triggered. An effect is counted each time a
// layer shows another value than it found, a disturbance touches a message, a
// command arrives with another value than was there.
package inject
