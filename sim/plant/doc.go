// Package plant is continuous state: islands, integration, dense output, root
// finding.
//
// States that influence one another form an island and are integrated together
// by the explicit Runge-Kutta pair of Dormand and Prince, order 5(4), with its
// fourth-order continuous extension (Dormand, Prince, J. Comput. Appl. Math. 6,
// 1980; Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 2nd
// ed., II.4 to II.6). A step ends on the nanosecond grid. Tolerances are relative
// 1e-10 and absolute 1e-13 in SI unless they are set.
//
// Between two steps the value at any instant is the dense output; reading it
// changes nothing, so who observes when cannot change a byte. Only a changed
// input restarts an island, at the instant of the change, from the dense output
// there.
//
// A condition is located as the first nanosecond at which it evaluates true: the
// gaps of its comparisons are sampled over the step, and where one comes nearer
// to zero than it may bulge between two samples, by their slopes as well, so that
// an extreme which only grazes a threshold is followed to its bottom; what
// brackets a change is halved down to the grid. Within one step a gap is taken to
// have at most one extreme between two of the Samples per step; the step itself
// is as short as the error control asks.
//
// At an equilibrium the states stay off it by less than the tolerance, on either
// side: a threshold in the very equilibrium is crossed again and again.
//
// Products inside sums are rounded explicitly: the same bits on every machine.
package plant
