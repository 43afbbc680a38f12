package sim

import (
	"sort"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// A writer is who can write to a cell.
type writer struct {
	kind   writerKind
	device string // of a handler; the sender of a message
	what   string // name of the handler or the step
	step   int    // of an injection
}

// A writerKind is what sort of writer a writer is.
type writerKind uint8

const (
	wroteStart writerKind = iota // the start value, and what is computed
	wroteHandler
	wroteMessage
	wroteInjection
	wroteCheck // safe values, and what a guard shows of itself
)

// Writers are numbered: 0 is the start, then come all handlers, all flows, all
// steps of the timeline, all guards.

func (p *Plan) handlerWriter(handler int) signal.Writer { return signal.Writer(1 + handler) }

func (p *Plan) flowWriter(flow int) signal.Writer { return p.handlerWriter(p.countHandlers() + flow) }

func (p *Plan) stepWriter(step int) signal.Writer { return p.flowWriter(len(p.book.Flows) + step) }

func (p *Plan) guardWriter(guard int) signal.Writer { return p.stepWriter(len(p.steps) + guard) }

// handlerOf returns the handler of a number, nil where it is not one's.
func (p *Plan) handlerOf(by signal.Writer) *device.Handler {
	if by == 0 || by >= p.flowWriter(0) {
		return nil
	}
	units, i := p.assembly.Units, int(by-p.handlerWriter(0))
	u := &units[sort.Search(len(units), func(k int) bool { return int(units[k].First) > i })-1]
	return &u.Handlers[i-int(u.First)]
}

// countHandlers returns the number of handlers of all devices.
func (p *Plan) countHandlers() int {
	units := p.assembly.Units
	if len(units) == 0 {
		return 0
	}
	last := &units[len(units)-1]
	return int(last.First) + len(last.Handlers)
}

// writer returns who has a number.
func (p *Plan) writer(by signal.Writer) writer {
	switch {
	case by == 0:
		return writer{kind: wroteStart}
	case by < p.flowWriter(0):
		units, i := p.assembly.Units, int(by-p.handlerWriter(0))
		unit := sort.Search(len(units), func(k int) bool { return int(units[k].First) > i }) - 1
		u := &units[unit]
		return writer{kind: wroteHandler, device: p.Devices[unit].ID, what: u.Handlers[i-int(u.First)].Name}
	case by < p.stepWriter(0):
		return writer{kind: wroteMessage, device: p.book.Name(p.book.Flows[by-p.flowWriter(0)].Sender)}
	}
	if by >= p.guardWriter(0) {
		return writer{kind: wroteCheck, device: p.book.Name(p.guards[by-p.guardWriter(0)].Device)}
	}
	step := int(by - p.stepWriter(0))
	return writer{kind: wroteInjection, what: p.steps[step].Name, step: step}
}
