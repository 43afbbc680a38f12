// Package des is the discrete-event kernel: the future event list, the total
// order, the phases of an instant, budgets.
//
// An instant is superdense, (t, n). It runs in the phases Inject, Deliver, React
// and Plant. Within a phase everybody reads the values from its beginning; what
// they write shows when the World commits at its end. When nothing more is due
// at (t, n) it is settled, and only then the World may look; what looking causes
// at the same t happens at (t, n+1).
//
// Events are ordered by (t, n, phase, source, the source's own counter). The
// key of an event is its own source's business alone, so adding a source, an
// observer or an event changes the order of nobody else's.
//
// A Timer is a deadline that can be put off and cancelled. Its event stays where it
// is until its time comes, and then moves on; the order is that of a true cancel.
//
// All that is pending is numbers, so Archive can write a kernel down between two
// calls of Run, and one that was set up alike goes on from there.
//
// # Speed
//
// Nothing is allocated per event. The pending events are in a ladder queue, some
// 50 bytes each where there are a million, or with Compact in a heap that takes 32
// and room that was asked for. What a user of the kernel pays is measured beside
// what a loop does that was written by hand for the same pattern around the same
// queue, in one run (x-floor is the kernel's speed as a part of the loop's):
//
//	go test -run - -bench 'Hold$|HeavyTail$|Together|Watchdog|Cancelled|Single|Memory' ./sim/des
//
// Two things made most of the difference. Events are kept in structs of four words,
// which stay in registers (see record). And an instant of one event, of which most
// are once there is jitter, needs no function call but those of the handler, the
// queue and the world.
//
// The kernel knows no device, no signal and no clock but its own.
package des
