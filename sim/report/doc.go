// Package report turns the result of a run into what others read: text for
// people at a terminal, JSON for their scripts, JUnit XML for build servers.
//
// A report holds nothing but what the run says: no wall clock, no machine, no
// path but the one that was given. The same scenario, seed and version give the
// same bytes.
//
// The text of one run has the parts that a safety engineer asks for in turn: what
// is this; what happened (the story, as a table with the true values beside what
// the controllers were told); did the invariants hold, and by what margin; why
// was one violated, down to the injection and whether it was only assumed; is
// all that as expected, and what to do next.
package report
