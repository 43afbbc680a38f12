// Package monitor decides whether an invariant, a formula of temporal logic, holds
// over a run (sim/monitor/formula says what formulas mean).
//
// A Monitor hears the formula's atoms, which are conditions, at every settled instant
// at which one of them may have changed: whether they hold, and their margins; and
// between those the straight lines that continuous margins go along. It gives one of
// three verdicts, and a margin: how far from violation, in the unit of the signal that
// decided it. Truth and margin are followed by two networks of their own, because
// margin 0 decides nothing: the verdict comes from the truth of the atoms, which is
// exact to the nanosecond.
//
// While a run goes on, the margin lies in an interval, whatever comes, and the verdict
// is undecided until nothing that could come would change it. At the end of the run
// operators without an end range over the run: an always that was not violated holds,
// an eventually that was not met is violated. A bounded window that passes the end
// leaves the verdict undecided, unless it is decided without what is to come.
//
// A violation is dated to the first instant at which nothing that could follow would
// help, be it that the run ends: since bad has lasted too long, when the answer was due,
// or when the run comes to an instant that was known before to be bad. Of a formula that is
// to hold at all times every instant has a verdict of its own, and the times of
// violation are told apart.
//
// A verdict that holds is vacuous where nothing was asked of the system: the left side
// of no implication came true. Of a violation a Witness says which part of the formula
// failed, when, and on what.
//
// Most invariants are one condition that is to hold at all times. Such a one needs no
// networks: Simple monitors know their least margin and whether they are violated.
//
// Packages below this one:
//
//	formula    what formulas are and mean, and the few operations they come down to
//	truth      the network of truths: runs of true and false, decided as early as can be
//	margin     the network of margins: straight pieces, sliding minima and maxima
//	stl        the infix notation of other tools
//	reference  brute force, for tests
package monitor
