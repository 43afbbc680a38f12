// Package device is what an author of twins imports: Device, Ports, Context,
// Catalog.
//
// A twin is configuration plus declarations. In Declare it names the signals it
// hears, keeps and shows, and the handlers that act; its Go value holds handles
// to them and its Spec, and never changes again. What it remembers lives in
// signals, so that a run can be saved, forked, watched, disturbed and explained
// without asking the twin. One value serves all members of a device with a count
// and all runs of a plan at once.
//
// A device acts on others in three ways only: physical signals (Continuous,
// State, Computed) reach others by wiring and carry the truth; information
// (Report) travels as messages to those who wire a Told input to it; and a Told
// input may be hard-wired. Setting a Report is telling it: one message goes to
// each receiver, equal value or not.
//
// Within a phase everybody reads the values from its beginning. A handler that
// sets a signal and gets it again reads the old value.
package device
