// Package arrivals is when messages come: the shapes that the traffic of devices has.
//
//	Periodic  a meter that reports every so often, with a jitter that does not add up
//	Poisson   many that do not know of each other, at random
//	Burst     N devices that all come once after an event, in the Beta(3,4) shape over 10 s of
//	          3GPP TR 37.868 (traffic model 2 for machine-type communications)
//	Flood     alarms after an upset: their rate ramps up to a peak and then decays
//
// A Source is one device's arrivals, in order, as a state of three numbers. What it draws depends
// on its key and on how often it drew alone: one more device changes nobody's luck, and neither
// does the order in which sources are asked.
package arrivals
