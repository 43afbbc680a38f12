// Package window shows a stage, such as viz/view, in a window, or in a browser where it is
// compiled to WebAssembly. It gathers what the pointer and the keys did, hands it to the
// stage, and paints the picture that the stage then draws: one batch of triangles
// (viz/mesh), whose letters and plain faces look into one texture.
//
// It is the only importer of Ebitengine, and holds nothing that is worth a test without a
// screen: viz/raster paints the same pictures, and a test compares the two.
package window
