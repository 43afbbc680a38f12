package layout_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/layout"
)

// talking is a system of so many devices in one zone, each of which tells the next one something.
func talking(devices int) *trace.Header {
	h := &trace.Header{Zones: []trace.Zone{{Name: "town"}}}
	for i := range devices {
		h.Devices = append(h.Devices, trace.Device{ID: string(rune('a' + i)), Kind: "store", Count: 1, Zones: []int{0}})
		if i > 0 {
			h.Flows = append(h.Flows, trace.Flow{From: i - 1, To: i, Step: -1}, trace.Flow{From: i, To: i - 1, Asked: true, Step: -1})
		}
	}
	return h
}

// Those who talk to each other within an area are joined by lines where they are few, and their messages fly along these.
func TestLinks(t *testing.T) {
	h := talking(5)
	p := layout.Of(h, 1.6)
	sound(t, h, p)
	requireApart(t, p)
	require.Len(t, p.Links, 4)
	for _, r := range p.Links {
		require.Subset(t, p.Between(r.From, r.To), r.Points)
		require.Subset(t, p.Between(r.To, r.From), r.Points)
	}
	require.Empty(t, layout.Of(talking(8), 1.6).Links, "more would be a thicket")
	require.Empty(t, layout.Of(large(40), 1.6).Links)
}

// What is sparse on the ground, where that is seen from above as well, stands close in the plan.
func TestSparseGround(t *testing.T) {
	h := &trace.Header{}
	for i := range 9 {
		h.Devices = append(h.Devices, trace.Device{Position: &[3]float64{float64(i), float64(i * i), 0}})
	}
	plain := layout.Of(h, 3)
	h.Devices[0].Look = &trace.Look{Place: &trace.Spot{In: -1}}
	p := layout.Of(h, 3)
	sound(t, h, p)
	require.Less(t, p.Height, plain.Height/2)
}
