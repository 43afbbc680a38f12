// Package tally sums what is counted in whole numbers, exactly, however much it becomes:
// the nanoseconds that messages waited, the messages there were over nanoseconds. A sum of
// 128 bits does not round, so the order of the summands and how sums are put together do
// not matter, and what ought to be equal is.
package tally
