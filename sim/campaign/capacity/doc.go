// Package capacity runs a scenario with more and more of everything that it has several of,
// and says where it breaks first.
//
// Each scale is one run, of the same seed, one after the other from the smallest on: the
// largest needs the memory for itself. A system breaks at the first scale at which an
// invariant is violated that held at the scale before, at which a link or a device loses
// messages that lost none, or at which a store is full that was not. A scale that could not be run, or not
// to its end, is none of those: nothing is known of it, and who asks is told so.
//
// Where there are more devices than a system can have, those that tell as a rate stand for several each
// (scenarios.Scaled): so many times the rate and so many times what is stored.
package capacity
