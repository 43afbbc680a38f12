// Package stl reads formulas in the infix notation of the tools for signal temporal
// logic (RTAMT, Breach, papers), so that what was written for them can be pasted:
//
//	always[0,10] (x < 1 -> eventually[0,2] (y > 0.5))
//
// # Notation
//
// From the loosest to the tightest; what is on one line binds equally tightly.
//
//	iff <-> <=> ↔ ⇔   xor ⊕
//	implies -> => → ⇒
//	or || | \/ ∨
//	and && & /\ ∧
//	until U   since S   weak_until unless W   release R
//	not ! ~ ¬   always globally alw G [] □   eventually finally ev F <> ◇
//	historically H   once O   rise   fall
//	< <= ≤ > >= ≥ == != !== ~= ≠
//	+ -
//	* /
//	- (before an operand)
//	^ **  (2^3^2 is 2^9, -x^2 is -(x^2))
//
// An operator before its operand takes the condition next to it, as in Breach, Reelay
// and linear temporal logic: always p and q is (always p) and q. RTAMT has had
// grammars that read it so and others that do not: brackets help both readers. Not is
// looser than a comparison: not x > 0 is not (x > 0).
//
// Several until, since, weak_until or release in a row, several implications, and
// several of iff and xor are read from the left by some tools and from the right by
// others: that is a mistake here, and asks for brackets. 0 < x <= 5 is both.
//
// The temporal operators but rise and fall may have a window behind them, [a,b],
// [a:b], [a,inf] or _[a,b], which has both of its ends. A bound is a number in the
// data's unit of time, or has a unit: ns, us, ms, s, min, m, h, d, w.
//
// Operands are numbers, inf, true, false, the functions abs min max sqrt cbrt pow exp
// log (natural, as ln) log2 log10 hypot floor ceil round sign sin cos tan asin acos
// atan atan2 sinh cosh tanh, and names of columns: letters, digits and points, members
// such as drive[3].speed, x[t] for x, and anything in `backquotes`. A column whose name
// is an operator needs them too. // and /* */ are comments, a semicolon may end it all.
//
// Prev and next count samples. Where time is dense there are none to count, and a
// margin would depend on how often something was looked at. They are refused, with what
// to write instead; the table below has it too.
//
// # Margins
//
//	x < c, x <= c    c - x             x > c, x >= c    x - c
//	x == c           -|x - c|          x != c           |x - c|
//	x                x                 column of truths infinite, + or -
//	not p            -p                p -> q           max(-p, q)
//	p and q          min(p, q)         p or q           max(p, q)
//	p iff q          -|p - q|          p xor q          |p - q|
//
// A number, such as the name of a column, is true as a condition where it is above 0.
// The margin of a comparison with a value that is missing (NaN) is that of what can
// never be, but of != that of what is.
//
// The margin of iff and xor is what RTAMT says it is. It does not have the sign of the
// truth: where p is 5 and q is 2, both are true and so is p iff q, with a margin of -3.
// So these are atoms whose truth comes from the truths of both sides. Where a side is
// temporal or has columns of truths or constants in it, iff is the greater of both and
// neither (sim/monitor/formula), whose sign is right.
//
// # Conformance
//
// Tests hold this notation, and the reference and the network for margins (packages
// reference and margin), to known answers: testdata/cases.json.
//
//	RTAMT, dense time            164 of 164
//	RTAMT, discrete time          97 of 118, with samples that are held for a second
//	Breach, piecewise linear     100 of 100
//
// In discrete time these mean something else:
//
//	p until[a,b] q   (5 cases) There p need not hold any more at the sample of q; here
//	p since[a,b] q   (6 cases) both must hold at once. (p or q) until[0,b] q has the
//	                 answers of p until[0,b] q there; the same goes for since.
//	prev p, s_prev p (5 cases) Write historically[d,d] p, once[d,d] p with the period d
//	                 of the samples: before the start they are true, and false, as there.
//	next p, s_next p (5 cases) Write always[d,d] p, eventually[d,d] p. At the last
//	                 sample they are what it is, for it is held; there, true and false.
//
// What is the same but for where it is told: an online monitor of RTAMT that was made
// to look into the past only (pastify) tells the margin of t after the horizon of the
// formula, and something about what was before the start.
//
// And what no case shows: windows are cut there to the samples that exist, so that what
// lies beyond the last sample counts for nothing, and an empty window is an infinite
// margin. Here the last value is held: the same where a window reaches the last sample.
//
// # Limits
//
// A formula may come from anybody: it has at most 64 KB, 200 brackets and operators
// within each other and 4096 operations. Elementary functions come from sim/detmath:
// the same bits on every machine.
package stl
