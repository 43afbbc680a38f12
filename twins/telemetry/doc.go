// Package telemetry models what tells readings again and again, where only that it tells them
// matters: meters, trackers, locks, cameras, sensors of a city.
//
// The reading is how many there were. They come every period, the members of a device
// evenly spread over it unless they are in step, each up to jitter later; or at random
// times (a Poisson process), so far apart on average.
package telemetry
