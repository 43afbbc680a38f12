// Package plant is continuous state: islands, integration, dense output, root
// finding.
//
// States that influence one another form an island and are integrated together,
// by the explicit Runge-Kutta pair of Dormand and Prince, order 5(4), with its
// fourth-order continuous extension (Dormand, Prince, J. Comput. Appl. Math. 6,
// 1980; Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 2nd
// ed., II.4 to II.6). A step ends on the nanosecond grid. Tolerances are relative
// 1e-10 and absolute 1e-13 in SI unless they are set.
//
// Where that is held back by its stability an island is stiff, and goes on by the
// implicit method Radau IIA of order 5 (Hairer, Wanner, Solving Ordinary
// Differential Equations II, 2nd ed., IV.8) until it is no longer: one that needs
// no step before it, because events cut steps all the time; whose accuracy does not
// hang on the Jacobian, because that is taken by differences; and which gets more
// exact with the tolerance where a Rosenbrock method of low order needs ever more
// steps. Its dense output is the cubic through its stages. As what is stiff is as
// good as exact at the stages alone, the error is also controlled between them, by
// the defect there; and no finer than what rounding leaves of a derivative. The
// matrices are dense: an island is small.
//
// Between two steps the value at any instant is the dense output; reading it
// changes nothing, so who observes when cannot change a byte. Only a changed
// input restarts an island, at the instant of the change, from the dense output
// there.
//
// A condition is located as the first nanosecond at which it is not what it was, by
// what is certain of it (package interval): the dense output says between which
// values each state is over a span, and how fast it moves; what is computed has
// bounds from there. A span in which no comparison can change is done; one in which
// what may change goes one way is left to inverse quadratic interpolation, down to
// the grid; any other is cut in two, leftmost first. So no pulse is too short to be
// found, by the clock or by a fold. Values hold as they are computed, rounding
// included, slopes up to rounding: where a condition hovers within that, which of
// its changes is found is not certain. After Boxes spans the search says how far it
// came, and the caller goes on there; where it hardly comes anywhere, or a bound is
// not known (of what a twin computes in Go, or of a history of what bends), gaps are
// sampled over the step (Stats.Unproven counts the former): where one comes nearer
// to zero than it may bulge between two samples, by their slopes as well, so that an
// extreme which only grazes a threshold is followed to its bottom. Then a gap is
// taken to have at most one extreme between two of the Samples per step.
//
// The least and the greatest value of a function, and its course as a polyline
// (Trace), are found the same ways.
//
// A derivative may jump: a step over the jump is as short as the tolerance asks, or
// a nanosecond, as nothing happens between two. Where it jumps to and fro without
// end, because it pushes its state to a threshold from both sides or circles it
// ever faster, or where an event fires without end, the run ends and names the
// state, in bounded work: unless its steps are a millisecond or longer, when it
// costs little and is right within the tolerance. What cannot be integrated any
// further ends so too.
//
// At an equilibrium the states stay off it by less than the tolerance, on either
// side: a threshold in the very equilibrium is crossed again and again.
//
// Steps end where a rate jumps by the time alone (Switch), and a step of a
// nanosecond leads over that: a square wave is integrated as exactly as anything
// else. A rate that rests and then swells and goes back without a jump, within less
// than a step, is missed unless Longest bounds the steps.
//
// Products inside sums are rounded explicitly: the same bits on every machine.
package plant
