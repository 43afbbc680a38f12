// Package mesh turns a picture (viz/draw) into triangles, and draws letters once into an
// atlas that the triangles look into. What paints triangles paints pictures: viz/raster
// into an image, viz/window onto a screen, and both the same one.
//
// Edges are smooth because every outline has a fringe, a pixel wide, along which opacity
// falls to nothing: half of it lies within the shape. Shapes are cut into pieces that meet
// and never overlap, so that one that is half transparent is so everywhere. Where sides are
// upright and level no fringe is needed: how much of a pixel they cover is exact.
//
// A mesh lies within the picture, whatever is in the list: what is not is cut off, and
// what is no number is left out. Clips are cut the same way, so that a whole picture is
// one batch.
package mesh
