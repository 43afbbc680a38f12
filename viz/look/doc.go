// Package look is how a replay looks: one palette for the dark and one for the light, a
// scale of type, a grid of distances, and an icon for each kind of device.
//
// Colors stand for meanings, as fields of a Theme: what is told has one color wherever it
// is seen, and what is in an adversary's hands another. The colors that must not be taken
// for one another stay apart for people who see no red, no green or no blue, and what is
// read stands out from what is behind it; tests measure both. No meaning hangs on a color
// alone: it has a shape, a place or a word as well.
//
// An icon is drawn of shapes on a grid of 24 units, so that it can be as small as 24
// pixels and as large as anybody wants. Nothing is allocated.
package look
