// Package custom makes devices out of what is written in a scenario file: the
// kinds custom (signals, rates, rules) and plc (a controller with a scan cycle).
//
// Such a device is a device like any other: its signals can be watched, recorded,
// attacked and explained. It is made in two steps, because its expressions need
// the cells of a system that is complete: Prepare finds out names, types and
// units, so that the device can be declared; Bind compiles.
//
// Its continuous and its computed signals are physical. Its discrete ones are
// also information: whoever wires a told input to one gets a message each time
// that it is set.
package custom
