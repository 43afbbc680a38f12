// Package player is the transport of a replay: where it is, whether it plays and how
// fast, and where it stops. It is a pure value: what it does depends on what it is told,
// and on no clock.
package player
