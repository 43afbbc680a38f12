// Package floor knows where walls stand in the plane in which people walk, and whether a
// straight way meets one.
//
// # Millimetres
//
// Places are whole millimetres, as on the plan of a building, up to 100 km from the
// origin. So a corner is on a line or it is not: every answer here is of integers, exact,
// and the same on every machine. A product of two distances fits an int64; what is squared
// once more is compared in 128 bits.
//
// # Walls
//
// A wall is solid, everything within its corners, or a line from corner to corner, with a
// thickness: everything within half of that of the line. Its edge is of the wall: who
// touches it has met it. A line without a thickness is a wall too, such as a fence.
// Walls stand for ever; a door is the gap between two of them.
//
// # A way round
//
// Around looks for one place to walk by, beyond a corner of the wall that is in the way. It
// proposes; nobody walks by it who is not told to.
package floor
