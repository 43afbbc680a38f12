// Package perfetto writes recorded runs as Chrome's trace events in JSON, which Perfetto
// and chrome://tracing show.
//
// A process for each device has counters for its numbers, slices for its labels, and an
// asynchronous slice for each message that it sends. The process of the run has a thread
// with a slice for each step of the timeline while it lasts, one for each time that an
// invariant is violated, and instants for what checks decided and malware did. Of each
// invariant with causes there is a process, with a thread for each signal that could have
// mattered; arrows lead from causes to effects.
package perfetto
