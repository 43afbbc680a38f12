// Package draw is a picture as a list of shapes: what is to be seen, and not how it gets
// onto a screen. viz/view makes such lists; viz/mesh turns them into triangles, which
// viz/raster paints into an image and viz/window onto a screen.
//
// Lengths are in pixels of the target, x to the right and y down. A list is flat: a slice
// of shapes, and one of the points that they are made of, so that making the list of the
// next frame allocates nothing.
package draw
