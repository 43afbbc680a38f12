// Package simtest is the contract that every twin keeps, as tests that its
// author runs with one call:
//
//	func TestContract(t *testing.T) {
//		simtest.Run(t, tank.Kind(), func() (device.Device, error) {
//			return tank.New(tank.Spec{Area: 1.5, Height: 1.6, Level: 0.8})
//		}, simtest.Range("inflow", 0, 0.2), simtest.Range("outflow", 0, 0.2))
//	}
//
// The device is put into a small system: something feeds its inputs with ramps,
// steps and messages within their ranges, something hears its reports. Choose
// configuration and ranges such that a minute of it takes the device to all its
// limits. The contract is:
//
//   - described: kind, parameters and signals have names, units and words, and
//     defaults that are within their ranges.
//   - reads: derivatives, computed values and guards read what they declare, and
//     nothing else; they are functions of that alone.
//   - determinism: the same seed gives the same bytes, from a new system and from
//     the same plan again (so nothing is remembered outside of signals); chance
//     is drawn only where it is declared.
//   - isolation: another device of the kind beside it, before or after it in the
//     order of names, changes no byte of its signals.
//   - members: three members of one device are three devices.
//   - observing: invariants, triggers and a recorder change no byte.
//   - reverting: an injection that was taken back leaves no trace on what it acted
//     on; one that tells others something else leaves none on the device.
//   - down: while it is down it tells nobody anything, and it comes back.
//   - keeping: a run that was kept at any instant, injections on their way or not,
//     and taken up by new devices ends with the same bytes.
//   - finite: no signal ever becomes infinite or NaN.
package simtest
