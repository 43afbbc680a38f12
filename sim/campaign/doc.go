// Package campaign makes many runs. It is the only place where goroutines are
// started: below it a run is one thread of control, and what it computes does not
// depend on what runs beside it. So the outcomes of a campaign are the same, in the
// order of its jobs, however many of them run at once.
package campaign
