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
// The kernel knows no device, no signal and no clock but its own.
package des
