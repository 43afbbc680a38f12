package sim

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Passing tells a recorder of messages without their causes: of those that need
// nothing but time in one call each.
type passing struct {
	*wiretap
	record Recorder
}

// Passed implements network.Ear.
func (t *passing) Passed(flow int32, member int, request bool, arrives vtime.Time) {
	t.record.Passed(Passage{Flow: flow, Member: member, Request: request, At: t.kernel.Now(), Arrives: arrives})
}

// Deserted implements network.Ear.
func (t *passing) Deserted(flow int32, member int) {
	now := t.kernel.Now()
	t.record.Passed(Passage{Flow: flow, Member: member, At: now, Arrives: now, Deserted: true})
}

// Sent implements network.Tap.
func (t *passing) Sent(p *network.Packet) { t.tap.Sent(p, "") }

// Gone implements network.Tap.
func (t *passing) Gone(p *network.Packet, fate network.Fate, where int32) {
	if fate == network.Arrived {
		t.tap.Gone(p, Ending{Fate: fate}, "")
		return
	}
	t.wiretap.Gone(p, fate, where)
}
