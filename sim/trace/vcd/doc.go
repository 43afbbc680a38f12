// Package vcd writes recorded runs as value change dumps (IEEE 1364), which viewers of
// waveforms read: a scope for each device and in it its signals, a scope for the steps of
// the timeline and one for the invariants, which are 1 while they are violated.
package vcd
