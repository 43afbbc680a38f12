// Package view is what is on the screen of a replay: from a trace, what the viewer did
// and what the pointer and the keys do it makes a list of shapes (viz/draw). It is pure
// Go and knows no screen.
package view
