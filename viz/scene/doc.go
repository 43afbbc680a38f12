// Package scene is the state of everything at a time, from a trace: values, devices that
// are in somebody's hands, values that others are told wrong, messages on their way,
// steps in force, invariants that are violated. A scene of a time is the same whether it
// was played to or jumped to.
//
// A Reader reads scenes of one trace. It keeps the page of the time it was asked for last,
// so that the next frame of a replay costs a search per signal. Story is what happened, in
// words; it is read from the trace piece by piece, for a trace may be large.
package scene
