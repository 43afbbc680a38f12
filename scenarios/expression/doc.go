// Package expression turns the expressions of a scenario file into closures
// over the column of signals.
//
// expr-lang parses (this package is its only importer); names, types and
// dimensions are checked here, so that each mistake has a place, a cause and a
// next step, and all of one expression come at once. Neither expr's type
// checker nor its virtual machine nor its functions take part: an expression
// can read signals and compute, nothing else.
//
// # Numbers
//
// Everything is computed in SI. A bare number (a literal, or literals combined
// with one another and with ratios such as sin(time)) takes the declared unit
// of the signal that it is added to, subtracted from or compared with: if
// gauge.level is declared in mm, gauge.level > 800 means 0.8 m. The arguments
// of min, max, clamp, hypot and the branches of if count as compared. A bare
// factor is a pure number. What meets anything else (a product, two signals
// with two units) must say its unit: "0.02 m2". A signal without a unit is a
// pure number; number(x, "mm") makes one. Scaling by a pure number keeps the
// declared unit, any other product, quotient or root has none.
//
// Temperatures in degC or degF are points on a scale: their difference is in
// K, and what is added to one is a difference.
//
// # Operators and functions
//
//	or ||  and &&  not !          conditions
//	== != < <= > >=               1 < x < 2 holds if both do
//	x in low..high                low <= x and x <= high
//	x in [1, 2]  x in ["a", "b"]  one of them
//	+ - * / % ^ **                % has the sign of the left side
//	c ? a : b    if(c, a, b)
//	implies(a, b)  iff(a, b)  xor(a, b)
//	abs min max clamp hypot sign  of any dimension
//	sqrt cbrt                     of a dimension that has the root
//	floor ceil round exp log log2 log10 pow sin cos tan asin acos atan atan2
//	sinh cosh tanh                of pure numbers
//	told(path)  told(path, receiver)
//	delta mean integral rate age (x, "60 s")
//	max min sum mean count all any (x)   over the members of a device
//
// Rounding is part of the meaning: each operation rounds once to float64, and
// elementary functions come from sim/detmath. x^2 is x*x and x^-1 is 1/x, also
// where the exponent is computed. Whole numbers are float64 too: beyond 2^53
// they are rounded, and never wrap around. What has no value (0/0) is NaN, and
// comparisons with it are false, as IEEE 754 has it.
//
// Tests compare what is compiled with expr's own virtual machine, by bits, over
// random expressions and columns, NaN, infinities and overflow among them:
//
//	go test ./scenarios/expression -run Agree -rapid.checks=1000000
//
// # Time
//
// An invariant may look at other times, nested at will, each operator over a
// window of fixed durations from "from" to "to", or the whole run:
//
//	always(p, from, to)  eventually(p, ...)  until(p, q, ...)  weak_until  release
//	historically(p, ...) once(p, ...)        since(p, q, ...)  rise(p)     fall(p)
//
// always(p, "2s") is from "0s", and "forever" an end. Package formula says what they
// mean. and, or, not, implies, iff, xor, ==, != and ? : may join them; numbers,
// members and the windows of delta and so on are of one time. What looks at one
// time alone is compiled as one condition, whether one text says it or two that are
// joined (State, Join, Compile).
//
// # Margins
//
// A condition's margin is robustness: b-a for a < b, -|a-b| for a == b, min for
// and, max for or, and so on. It is never NaN: a comparison with NaN has the
// margin of an impossibility. A condition that holds has a margin >= 0, one that
// does not has a margin <= 0; at 0 only Holds knows.
//
// # Limits
//
// A scenario file is untrusted input: a text has at most 4096 bytes, brackets
// at most 64 levels, the tree at most 2000 nodes, and no function loops but
// over the members of a device, once.
package expression
