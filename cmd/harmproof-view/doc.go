// Harmproof-view shows recorded runs: in a window, in a browser, as pictures, animations
// and plots. `harmproof replay` finds or builds it, and hands traces to it.
//
// It is one program for the desktop and for WebAssembly (files that end with _js.go): the
// same view (viz/view), drawn by the same window (viz/window). A page for browsers has the
// latter in it, compressed, and the trace; where the trace is large the page comes from
// this machine (serve.go) and reads those parts of it that are looked at.
//
// The canvas of a page says nothing to who cannot see it, so each page has the run as a
// text, too.
package main
