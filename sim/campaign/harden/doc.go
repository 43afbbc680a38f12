// Package harden looks for the cheapest sets of barriers with which a scenario that ends
// in a violation does not: by running it with sets raised, as few as need be.
//
// # How
//
// Each run that is violated says what a set that holds must have. Barriers that close
// only ways that nothing took in that run, and stop no message and no step, would have
// left it the same to the last bit: what malware does not get through still counts as
// tried, so nobody's luck depends on it. A largest set of such barriers (compiled
// together, so that ways around are seen) holds as little as the one that was run; so a
// set that holds has a barrier outside it. Those outside are a cut. The next set is the
// cheapest that hits all cuts so far, by branch and bound: an implicit hitting set (Moreno-Centeno,
// Karp, "The Implicit Hitting Set Approach to Solve Combinatorial Optimization
// Problems", Operations Research 2013). The first one that holds is the cheapest.
//
// # What the graph proposes
//
// A chart is the graph of all ways of malware, each with the barriers that close it. It knows
// nothing of time and chance, so it proves nothing; but it says which sets leave a way
// open to where harm was done. In place of a set, the largest such set around it is run: if that
// does not hold, no part of it does, and one run speaks for all. Where it holds, or does harm
// itself, the set is run after all. A least cut of the chart (Ford and Fulkerson) is tried
// first, so that there is something to show; its dominators say what every way passes.
//
// Runs of barriers alone go on from where the search left them, once it is over, to tell
// what harm is left.
//
// # What that rests on
//
// That raising a barrier does no harm that is not seen: a set that does not hold has no
// part that does. That is not always so (a wall may keep a command away that would have saved
// the plant), so each violation is looked at: one that a run without barriers does not have by
// then, or has later, says nothing of parts of the set, and only sets that hold all of it and
// else what would not have changed the run are left out. Every part of a set that holds is
// run, and what harm is found is said.
//
// It holds for the scenario and the seeds that were run. What attackers could do who
// keep to no script is told beside it: where they could still stand.
package harden
