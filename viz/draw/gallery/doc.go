// Package gallery has pictures for the tests of painters: one of every kind of shape, and
// one that is as full as that of a plant of many devices.
package gallery
