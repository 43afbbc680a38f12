// Package quantile keeps delays so that their quantiles can be told, in bounded memory, at
// the cost of a few instructions for each.
//
// A Sketch counts delays in buckets: each nanosecond below 128 has its own, and from there on
// each octave is cut into 64 of the same width. So what it says of a quantile is the exact
// order statistic up to 127 ns, and beyond within 1/128 of it (Error), that is 0.8 %. Least,
// greatest, count, sum and mean are exact. There is one grid for all, so any two sketches
// merge, and the result is that of all that went into either; and it is made of integers, so
// it is the same on every machine, in whatever order delays came.
//
// A sketch takes 1 KiB when new, and 520 bytes more for each octave that occurs: never more
// than 31 KiB.
//
// A Tracker is a sketch that knows one of its quantiles at any time, also at the cost of a
// few instructions, as an invariant over p99 asks after each delay.
//
// Buckets that are linear within octaves are those of G. Tene's HdrHistogram; that a
// sketch with a relative error merges without loss was shown by C. Masson, J. E. Rim, H. K.
// Lee, "DDSketch" (VLDB 2019).
package quantile
