// Package compile turns a syntax tree into a plan that can be run, or finds every
// mistake in it.
//
// The order follows what needs what: kinds and parameters; the cells of all
// signals; the points that the timeline acts on; wiring; the expressions of
// devices, triggers, invariants and columns; expectations; at last the plan. A
// part that has a mistake is left out and its users are silent about it: one
// cause, one message.
package compile
