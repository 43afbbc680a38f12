// Package interval computes with bounds of numbers over a span of time.
//
// A Range is what is known of a number while the time goes over a span: the least
// and the greatest value that a computation of it in float64 can give, whether it
// may have no value, and bounds of its slope. The bounds of values hold for what
// is computed, rounding included: an operation that rounds correctly is as
// monotone as the exact one, so the bounds of operands need no widening; those of
// elementary functions are widened by what these may be off. The slopes are those
// of exact arithmetic: what they say is true up to rounding.
//
// A slope is bounded only where the number has no jump in the span, so that it
// goes no further from one end than the bounds say. Kinks are allowed.
package interval
