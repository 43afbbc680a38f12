// Package reference decides a formula by its definition, instant by instant, on a
// grid of a few whole nanoseconds: slow, and simple enough to trust. Tests compare the
// monitors with it. It reads the formula itself and not the program that it comes down
// to, so that it checks that step as well.
//
// Time is superdense throughout: every time has the rounds 0, 1, 2 and so on without an
// end, and after the last one that brings something new nothing changes. So rise p is
// true in one round, and not any more in the next one of the same time, even where
// nothing else happens then; a second look at values that stay is no event.
//
// What is not known is an interval from the least to the greatest value that there can
// be. Where a continuous value jumps, a signal gives the limit from the left as one
// round, and the new value as the next.
package reference
