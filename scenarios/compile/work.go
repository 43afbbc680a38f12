package compile

import (
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// How much of work there may be: the memory of a run goes with it.
const (
	usualQueue   = 1000
	maxWaiting   = 1 << 20
	maxServers   = 1 << 16
	maxWorkplace = 10_000 // members with work
	maxService   = 365 * vtime.Day
)

// work compiles what a device needs for each message, nil where it says nothing of it.
func (b *builder) work(d *dev) *sim.Work {
	w := d.spec.Work
	if w == nil {
		return nil
	}
	before := b.mistakes()
	class := station.Class{Room: b.room(w.Queue), Limit: b.limit(w.Limit)}
	out := &sim.Work{
		Model:    station.Model{Servers: b.servers(w.Servers), Service: b.service(w), Classes: []station.Class{class}},
		Priority: b.priority(w.Priority),
	}
	if len(w.Priority) > 0 {
		out.Classes = append(out.Classes, class)
	}
	if d.spec.Count.Usable() && d.spec.Count.Value > maxWorkplace {
		b.Errorf(w.Span, "give it a smaller count, or leave `work` out", "at most %d members of a device have work: each has a queue of its own", maxWorkplace)
	}
	if b.mistakes() > before {
		return nil
	}
	if err := out.Valid(); err != nil {
		b.Errorf(w.Span, "`harmproof doc work` says what it takes", "%v", err)
		return nil
	}
	return out
}

// service is how long it takes.
func (b *builder) service(w *syntax.Work) station.Service {
	takes := w.Takes.Value
	if w.Takes.Usable() && (takes <= 0 || takes > maxService) {
		b.Errorf(w.Takes.Span, "write a time such as 2ms", "work takes more than no time, and at most a year")
		takes = vtime.Second
	}
	if w.Spread.Usable() && w.Spread.Value != "constant" && !w.Takes.Present() {
		b.Errorf(w.Spread.Span, "add `takes: 2ms`", "there is no time that could be spread")
	}
	if w.Variation.Present() && w.Spread.Value != "lognormal" {
		b.Errorf(w.Variation.Span, "add `spread: lognormal`, or leave it out", "only lognormal times have a `variation`")
	}
	s := station.Constant(takes)
	switch w.Spread.Value {
	case "exponential":
		s = station.Exponential(takes)
	case "uniform":
		s = station.Uniform(0, 2*takes)
	case "lognormal":
		variation := 1.0
		if w.Variation.Usable() {
			variation = w.Variation.Value
		}
		s = station.Lognormal(max(1, takes), variation)
	}
	if w.Rate.Usable() {
		if rate := b.byteRate(w.Rate); rate > 0 {
			s = s.PerByte(rate)
		}
	}
	return s
}

// byteRate reads a rate of data, in bytes a second.
func (b *builder) byteRate(t syntax.Text) float64 {
	before := b.mistakes()
	x := b.number(t, unit.BitPerSecond) / 8
	if b.mistakes() == before && !(x > 0) {
		b.Errorf(t.Span, "write a rate such as 10 MB/s", "a rate is more than nothing")
	}
	if x >= mostBytes {
		b.Errorf(t.Span, "write a rate such as 10 MB/s", "a rate is less than %.3g bytes a second", float64(mostBytes))
		return 0
	}
	return x
}

func (b *builder) servers(n syntax.Integer) int {
	switch {
	case !n.Usable():
		return 1
	case n.Value > maxServers:
		b.Errorf(n.Span, "write "+strconv.Itoa(maxServers)+" or less", "a device has at most %d servers", maxServers)
		return 1
	}
	return int(n.Value)
}

// room reads how many may wait.
func (b *builder) room(t syntax.Text) int {
	switch {
	case !t.Usable():
		return usualQueue
	case t.Value == "unlimited":
		return station.Unlimited
	}
	n, err := strconv.Atoi(t.Value)
	if err != nil || n < 0 || n > maxWaiting {
		b.Errorf(t.Span, "write a number such as 1000, or unlimited", "so many messages may wait: 0 to %d, or unlimited", maxWaiting)
		return usualQueue
	}
	return n
}

// mostBytes is more than anybody can count of bytes in a run.
const mostBytes = 1 << 60

// limit reads a token bucket.
func (b *builder) limit(l *syntax.Limit) (out station.Bucket) {
	if l == nil {
		return out
	}
	if l.Rate.Usable() {
		out.Rate = b.byteRate(l.Rate)
	}
	if l.Burst.Usable() {
		before := b.mistakes()
		if out.Burst = b.number(l.Burst, unit.Byte) / 8; b.mistakes() == before && out.Burst < 1 {
			b.Errorf(l.Burst.Span, "write a size such as 64 kB", "a limit lets a byte pass at once, at least")
		}
		if out.Burst >= mostBytes {
			b.Errorf(l.Burst.Span, "write a size such as 64 kB", "a limit lets less than %.3g bytes pass at once", float64(mostBytes))
			out.Burst = 1
		}
	}
	return out
}

// priority reads whose messages go first: devices, and signals.
func (b *builder) priority(list []syntax.Text) (names []string) {
	for _, t := range list {
		if !t.Usable() {
			continue
		}
		if slices.Contains(names, t.Value) {
			b.Errorf(t.Span, "leave it out", "%s goes first already", source.Quote(t.Value))
			continue
		}
		b.urgent = append(b.urgent, t)
		names = append(names, t.Value)
	}
	return names
}

// priorities checks the names of those who go first, when all devices are known.
func (b *builder) priorities() {
	for _, t := range b.urgent {
		if id, name, _, dotted := splitPath(t.Value); dotted {
			b.signalExists(t, id, name)
		} else {
			b.deviceNamed(t)
		}
	}
}
