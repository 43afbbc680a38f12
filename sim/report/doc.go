// Package report turns the result of a run into what others read: text for
// people at a terminal, JSON for their scripts, JUnit XML for build servers.
//
// A report holds nothing but what the run says: no wall clock, no machine, no
// path but the one that was given. The same scenario, seed and version give the
// same bytes.
//
// The text of one run has the parts that a safety engineer asks for in turn: what
// is this; what happened (the story, as a table with the true values beside what
// the controllers were told); what became of each attack, and which check noticed it;
// did the invariants hold, and by what margin; why was one violated, down to the
// injection and whether it was only assumed; what the checks of devices did, for how
// many commands the plant could answer, and whom its logs can name; is all that as
// expected, and what to do next. A part that has nothing to say is left out.
//
// Surface is not of a run but of a plan: who may reach what over the network, what asks
// whom for what, and what of that is worth a second thought.
package report
