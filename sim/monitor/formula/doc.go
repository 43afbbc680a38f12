// Package formula is the temporal logic of invariants: what a formula is, what it
// means, and the few operations that it comes down to.
//
// # Time
//
// A formula is true or false, and has a margin, at every instant of a run. An
// instant is superdense: a time in whole nanoseconds, and the round of it, because
// things may happen one after the other at one time. A value holds from its instant
// up to the next one that has another. All windows are closed and are measured by
// the time alone: the window [a, b] of an instant (t, n) has all rounds of the times
// from t+a to t+b, but of t itself, where a is 0, only those from n on (for the past:
// up to n). Every time has all rounds: after the last one in which something happened
// nothing does, but that a rise or a fall is over. Margins go along straight lines
// between instants; where they jump, the value just before counts as well.
//
// # Meaning
//
// For the margin read sup for "some", inf for "all", min for "and", max for "or";
// u and v are instants, and "up to" has both ends.
//
//	eventually[a,b] p     some u in the window: p at u
//	always[a,b] p         all u in the window: p at u
//	p until[a,b] q        some u in the window: q at u, and p at all v from now up to u
//	p weak_until[a,b] q   that, or p at all v from now up to the end of the window
//	p release[a,b] q      all u in the window: q at u, or p at some v from now up to u
//	once, historically    eventually and always into the past
//	p since[a,b] q        until into the past: p at all v from u up to now
//	rise p                p now, and not just before; fall p: not p now, and p just before
//
// Until and since are closed: p must hold together with q. What was just before the
// start is taken to be what lets rise and fall be true there; before the start there
// are no other instants. Without an interval an operator ranges over the run: [0, its
// end] for the future.
//
// This is signal temporal logic (Maler and Nickovic, FORMATS 2004) with its past, and
// the margin is its robustness (Fainekos and Pappas, Theor. Comput. Sci. 410, 2009;
// Donze and Maler, FORMATS 2010).
//
// # What it comes down to
//
// Lower brings a formula into negation normal form and turns it into a Program: nodes
// in an order in which each comes after those that it reads. By duality (always is
// not eventually not) and these equivalences seven kinds of node are enough:
//
//	eventually[a,b] p = ahead a (eventually[0,b-a] p)
//	p until[a,b] q    = always[0,a) p and ahead a (p until[0,b-a] q)
//
// and the same into the past.
package formula
