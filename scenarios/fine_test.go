package scenarios

import "testing"

// What a store is told oftener than it is fine in time it takes the first of each period of, as a copy does.
func TestStoresTakeAsFineAsTheySay(t *testing.T) {
	for _, rate := range []string{"", ", as_rate: true"} {
		r := played(t, `scenario: fine
run: 3d
system:
  subjects: {resident: {count: 2}}
  devices:
    meter: {is: telemetry, count: 2, every: 15m`+rate+`}
    all: {is: store, keeps: forever, takes: {load: {from: meter.reading}}}
    few: {is: store, keeps: forever, takes: {load: {from: meter.reading, fine: 1d}}}
    copy: {is: store, keeps: forever, takes: {load: {from: all.load, every: 6h, fine: 1d}}}
`, 1)
		holdsOf(t, r, "all", 2*96*3, 2*96*3)
		holdsOf(t, r, "few", 2*3, 2*3)
		holdsOf(t, r, "copy", 2*3, 2*3)
	}
}
