// Package recording follows formulas and the invariants of scenarios through data that
// somebody recorded: what was proven on the twin is watched on the real thing.
//
// # The file
//
// CSV: a header, then a row for each time. Fields are separated by what the header has
// most of: commas, semicolons or tabs; quotes as in RFC 4180, but a field ends in its
// line. UTF-8, with or without a byte order mark; lines end in LF or CRLF; empty lines
// are passed over. A line has at most MaxLine bytes, a file MaxColumns columns.
//
// The first column is the time: seconds as a decimal number, read as such to the
// nearest nanosecond, in another unit where the header has one, as in `time [ms]`; or
// dates, `2015-12-28T10:00:00Z` or `2015-12-28 10:00:00.5`. Those without a zone are
// taken as they stand. The other columns are `name` or `name [unit]`.
//
//   - Times do not go back. Several rows at one time are several rounds of it, one after
//     the other; along straight lines that is a jump: the first is what the line before
//     leads to.
//   - Numbers are decimal, or inf and -inf where values are held. In a file that is
//     separated by semicolons they may have a decimal comma, as may times. true, on, yes and false,
//     off, no are truths, in large or small letters; the first value of a column says
//     which of the two it has, and they are not mixed.
//   - Empty, NaN, NA, n/a and null are no value: the last one goes on. Along straight
//     lines the line goes on to the next value; where none comes the last one goes on.
//     The rows that wait for it are kept, up to a million values.
//   - A formula begins at the first row in which all columns that it reads have had a
//     value. Columns that nobody reads may have anything in them.
//   - A gap does not matter, unless a longest one is given.
//
// Every mistake is told with its line and its column; a file with one gets no verdict.
//
// # Between rows
//
// A value is held up to the next row; or, with Options.Linear, numbers go along straight
// lines from one to the next. Truths, labels and signals that are not continuous are
// held all the same. The time goes on steadily in any case.
//
// Along lines it does not matter how often they are sampled. A condition whose margin is
// linear in its columns (x < 3, x - 2*y >= 1) changes at the first nanosecond at which it
// is another, evaluated on the numbers between the rows; its margin is one straight line.
// Of any other the margin is cut into chords that are off by at most a millionth of its
// range, with jumps and extremes found to the nanosecond, and it changes where that is
// seen: each gap is looked at in 17 places, and closer where it bends. What comes and
// goes between two of these is missed, as is equality, which is true for no nanosecond
// of a line that passes: write abs(x - y) < 0.01 for x == y.
//
// Of the rounds of a time, harmproof's own CSV has the last alone. So what a scenario
// computes of something continuous, and what jumps (the flow of a pump that is switched),
// goes along a line to its new value, from the row before.
//
// # Memory
//
// Nothing is kept of the file but the last row, the windows of the formulas, and with
// Options.Trace the result.
package recording
