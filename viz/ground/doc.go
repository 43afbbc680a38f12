// Package ground is the plane that people walk and machines move in, seen from above, from a
// trace: who and what is where at a time, which zones are dangerous then, how badly, and
// whether somebody is in them. Lengths are in metres, y is to the top. It draws nothing.
//
// Nothing is guessed: places and zones are those that the header declares. A place that is
// no number, or farther than anybody goes, is none.
package ground
