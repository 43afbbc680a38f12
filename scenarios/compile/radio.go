package compile

import (
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// maxPatience bounds how long a message waits for the duty cycle of its sender.
const maxPatience = 365 * vtime.Day

// radio compiles what a zone or a conduit says of its radio, nil where it has none.
func (b *builder) radio(r *syntax.Radio, c *syntax.Capacity) *network.Radio {
	if r == nil {
		return nil
	}
	before := b.mistakes()
	if c.Bandwidth.Present() {
		b.Errorf(c.Bandwidth.Span, "leave it out: `lora` has a `bandwidth` of its own, in Hz", "a link is wired, with a bandwidth, or LoRa")
	}
	out := &network.Radio{Channels: 1, Duty: 0.01, Patience: vtime.Hour}
	out.SpreadingFactor = int(r.Factor.Value)
	out.CodingRate = 1 + max(0, slices.Index(syntax.Codings, r.Coding.Value))
	out.Implicit = out.SpreadingFactor == 6
	if r.Bandwidth.Usable() {
		out.Bandwidth = int(min(1e9, max(1, b.number(r.Bandwidth, unit.Hertz))))
	}
	if r.Channels.Usable() {
		if out.Channels = int(r.Channels.Value); r.Channels.Value > lora.MostChannels {
			b.Errorf(r.Channels.Span, "write "+strconv.Itoa(lora.MostChannels)+" or less", "there are at most %d channels", lora.MostChannels)
		}
	}
	if r.Duty.Usable() {
		if out.Duty = r.Duty.Value; !(out.Duty > 0 && out.Duty <= 1) {
			b.Errorf(r.Duty.Span, "write a share such as 1%", "a duty cycle is more than nothing, and at most all of the time")
		}
	}
	if r.Wait.Usable() {
		if out.Patience = r.Wait.Value; out.Patience > maxPatience {
			b.Errorf(r.Wait.Span, "write a time such as 1h", "a message waits for a year at most")
		}
	}
	if r.Jitter.Usable() {
		if out.Jitter = r.Jitter.Value; out.Jitter > maxPatience {
			b.Errorf(r.Jitter.Span, "write a time such as 5s", "a message begins a year later at most")
		}
	}
	if b.mistakes() > before || !r.Factor.Usable() {
		return nil
	}
	if err := out.Modulation.Valid(); err != nil {
		b.Errorf(r.Factor.Span, "`harmproof doc lora` says what it takes", "%v", err)
		return nil
	}
	return out
}
