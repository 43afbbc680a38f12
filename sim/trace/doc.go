// Package trace is recorded runs: what a trace file says, a Writer, and a reader. It knows
// nothing of the simulator, so that this minute's run and last year's file are read by the
// same code; sim/trace/record feeds a Writer with a run.
//
// # A file
//
// A trace is an MCAP file (sim/trace/container) of the profile harmproof. Its metadata
// say the format, the version of the tool, the scenario with its hash, and the seed; its
// attachments are the texts of the scenario and of all that it uses. Then come chunks:
//
//   - one with the Header: devices, zones, conduits, signals with units, flows, steps of
//     the timeline, invariants, columns of the story
//   - pages, each a chunk: what happened in a span of time. A page begins with a keyframe
//     and needs no other one, so any time is one chunk away
//   - one with an Overview, the Result and the End, in this order. A trace without End
//     was cut short
//
// Messages of MCAP cost some fifty bytes each, so they are blocks of many records. The
// channels are:
//
//	/header    JSON, Header
//	/keyframe  the values of all cells where a page begins
//	/changes   values of discrete signals, up to 8192
//	/courses   spans of continuous signals with their polynomials, up to 2048
//	/messages  what was sent, up to 4096 rows
//	/events    the story, and decisions of checks, up to 1024
//	/overview  least and greatest values and counts by bucket of time
//	/result    JSON, Result: verdicts, margins, causes, injections, checks
//	/end       JSON, End: digests and counts
//	/log       JSON, foxglove.Log: the story and decisions in words, at most 2000
//	/scene     JSON, foxglove.SceneUpdate: devices where they are, thinned
//
// The schema of each channel describes its bytes (texts.go), for who has only the file. The
// last two channels (sim/trace/robotics) are for viewers that know nothing of harmproof.
// Log times of MCAP are ns since the start of the run: of a keyframe its own, of a block
// when its last record was noted, so they do not go back.
//
// # Cells
//
// A signal of a device with several members is as many cells. Cells are numbered in the
// order of Header.Signals. Values are in SI: a number, 0 or 1, the ordinal of a label, or
// at most 53 bits. A report is the truth as the device has it; what each receiver was
// told is a cell of its own (role told), so truth and what others were told lie side by
// side. Cells of the role infected come last, one for each host that malware can be on: no
// signals of the run, but what its events Infected and Cleared make, so that a seek knows it.
// Of hosts by the thousand there is only the count, a signal of the malware.
//
// Discrete cells change at instants; of several rounds of one instant the last is what
// counts. Continuous cells go along courses: of a state the curve is the dense output of
// the integration, bit by bit, over its whole step, of which the course is a part; of
// what is computed it is a polynomial within 1e-8 of its value, in pieces where it bends
// or jumps.
//
// # Blocks
//
// Changes lie in columns, one for each cell that changed, with the numbers of their
// instants, whose spans are multiples of a unit; values as turns of 0 and 1, as differences of whole numbers or of whole
// multiples of a power of ten (a value at its declared resolution), or as the bits that
// differ from those before. Of messages that are sent at equal distances and take equally
// long one row stands for all; single ones lie in the order in which they were noted, so that
// their times are near one another. What a message says is what the cells show that hear it,
// once it has arrived; it is written where that is not so: of what did not arrive, of what
// a step of the timeline sent, or changed on its way.
//
// # What is kept in memory
//
// A Writer keeps two pages (256 KiB each before compression, more of systems with very
// many signals), of which one is being compressed and written while the run fills the
// other, an overview of at most a million buckets, and 300 bytes for each page before.
// A reader keeps the header and where the pages are; reading a time takes one of them.
//
// # Other formats
//
// sim/trace/vcd, sim/trace/perfetto and sim/trace/parquet write a Trace in formats of
// others, by Rows, Values, Events and Messages.
//
// # Damage
//
// A file without a summary is read from the beginning up to what cannot be made out; one
// whose summary is whole is read page by page, and a page whose checksum is wrong is an
// error where it is asked for. Recover writes what can be read as a good file. No number
// in a file is trusted: lengths are held against what is there.
package trace
