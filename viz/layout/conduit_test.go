package layout_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/layout"
)

// Conduits never run on top of each other, whatever zones they join, in a frame of any form:
// where one leaves a hall between rows upwards and another one downwards at the same place,
// the first has the upper lane, or one of them a port elsewhere.
func TestConduitsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := &trace.Header{}
		zones := rapid.IntRange(2, 6).Draw(t, "zones")
		for i := range zones {
			level := rapid.SampledFrom([]string{"0", "1", "2", "3", "4"}).Draw(t, "level")
			h.Zones = append(h.Zones, trace.Zone{Name: fmt.Sprint("zone", i), Level: level})
			for range rapid.IntRange(2, 8).Draw(t, "devices") {
				h.Devices = append(h.Devices, trace.Device{ID: fmt.Sprint("d", len(h.Devices)), Kind: "plc", Count: 1, Zones: []int{i}})
			}
		}
		for i := range rapid.IntRange(1, 7).Draw(t, "conduits") {
			from := rapid.IntRange(0, zones-1).Draw(t, "from")
			to := (from + rapid.IntRange(1, zones-1).Draw(t, "to")) % zones
			h.Conduits = append(h.Conduits, trace.Conduit{Name: fmt.Sprint("c", i), Joins: []string{h.Zones[from].Name, h.Zones[to].Name}})
		}
		p := layout.Of(h, rapid.Float32Range(0.3, 3).Draw(t, "aspect"))
		sound(t, h, p)
		requireConduitsApart(t, p)
	})
}
