// Package monitor decides whether invariants hold: always, never, eventually,
// whenever/then, until, since, with durations.
//
// A monitor hears its conditions at every settled instant at which one of them
// may have changed, and between those the extremes of their margins. It gives
// one of three verdicts, and a margin: how far from violation, in the unit of the
// signal that decided it (robustness in the temporal-logic literature, after
// Fainekos and Pappas, Theor. Comput. Sci. 410, 2009). The verdict comes from the
// truth of the conditions, not from the margin, because margin 0 decides nothing.
//
// With p and q for conditions, d and e for durations:
//
//	always p            G p                      violated when p first fails
//	never p             G not p
//	... for d           G not G[0,d] bad         violated once bad has lasted d
//	eventually p        F p over the run; within d: F[0,d] p
//	whenever p then q   G (p -> F[0,d] q), with d = 0 where none is given
//	... for e           G (p -> F[0,d] G[0,e] q)
//	always p until q    p U q; within d: p U[0,d] q
//	always p since q    G (p S q); within d: G (p S[0,d] q)
//
// Unbounded operators range over the run: an always that was not violated holds,
// an eventually that was not met is violated. A bounded window that passes the
// end of the run leaves the verdict undecided, unless it is decided without what
// is to come. Windows are closed: an answer that comes in the very instant at
// which it is due, in whichever round of it, is in time. Until and since are
// closed as well: p must hold together with q.
//
// A violation is dated to the first instant at which nothing that could follow
// would help: since bad has lasted for d, or when the answer was due.
//
// Margins are followed over the same windows, by sliding minima and maxima in
// constant time for each sample and bounded memory. They are exact for signals
// that change in steps; where a window runs over a continuous signal, this is
// taken to keep its value from one instant that was looked at to the next.
package monitor
