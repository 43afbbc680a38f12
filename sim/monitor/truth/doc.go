// Package truth decides a program of temporal logic while its atoms are being heard:
// exactly, and as early as it can be known.
//
// # How
//
// What is known of a node is a course: runs of instants over which it is true, false or
// not known yet. Knowledge only ever grows, and not always in order: one side of an or
// may be true in a second during which the other side is open. So a node takes the
// pieces that have become known of what it reads, and from each finds the instants at
// which it is decided itself: these are the pieces that the nodes above it take. No
// node ever looks at all that it knows, and what nobody can still ask for is dropped.
//
// An or is true wherever one side is, and false where both are; an eventually is true
// back from each instant of truth, and false where a window lies within a run of
// falsehood. Each kind of node has such a pair of rules: one for the value that a single
// instant decides (its some), one for the value that takes all. They do not mix: what is
// known to be true depends on what is known to be true alone, and so for false, because
// a program has no negations but at its leaves. So what comes out is what interval
// arithmetic over all continuations gives, no later and no less. The dual of a node is
// the same node with the two values exchanged.
//
// # The end of a run
//
// An operator without an end ranges over the run, and a run may end at any time. What is
// decided holds either way. So such an operator says nothing about instants that the run
// has not reached, nor lets itself be decided by them, even where they are known, as the
// truth of once p is for ever. That takes two veils around it (see kind), which are only
// there when something below can know more than was heard: the present time in all its
// rounds counts as reached.
//
// # Memory
//
// A course is as long as there are changes within the windows above it, except where one
// side of an and or an or stays open without a bound, as in always(p implies always q):
// then each change of the other side is kept. Beyond a million of them the network gives
// up and says so (Err).
//
// # Time that passes
//
// While atoms stay as they are, the ends of what is known move with time, each at its
// distance, and nothing else happens until one of them meets something that stands. The
// network computes when that is (wake), and does nothing before. So a sample that repeats
// what is costs next to nothing. What was met is left behind: after some such meetings,
// no more if the windows are longer, there is nothing to wake for.
//
// # Instants
//
// Every time has the rounds 0, 1, 2 and so on without an end; after the last one in which
// an atom changes nothing does, except that a rise or fall lasts for one round. The first
// sample holds from the start on.
package truth
