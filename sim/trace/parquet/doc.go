// Package parquet writes recorded runs as a Parquet table, for tools that analyse data: a
// row for each time, with the column time_ns first, then a column for each signal.
//
// The writer is of its own, as a table of numbers needs little of the format: plain pages
// with gzip, one for each column of a group of rows. A library would be a quarter of what
// the first run of the tool on a new machine has to compile; the tests read with one.
package parquet
