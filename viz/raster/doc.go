// Package raster paints a picture (viz/draw) into an image, in pure Go and without a
// screen: for files, and for tests. It paints the same triangles as viz/window.
//
// Where triangles meet, each pixel belongs to one of them, as on a graphics card: that whose
// inside its center is in, and of two whose common edge runs through the center the one on
// the right, or below.
package raster
