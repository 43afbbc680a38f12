package perfetto

import (
	"fmt"
	"io"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// MaxMessages is how many messages are written: more would make a file that viewers
// do not open.
const MaxMessages = 200_000

// The run's own process, and its threads: one for each step, then one for each invariant.
const (
	theRun   = 1
	decided  = 1
	malware  = 2
	timeline = 3
)

// device is the process of a device; after those of all devices come those of causes.
func device(n int) int { return theRun + 1 + max(-1, n) + 1 }

// Write writes cells, at equal steps where every is not 0, and all else that there is. It
// returns how many messages there was no room for.
func Write(out io.Writer, x *trace.Trace, cells []int, every vtime.Duration) (left int, err error) {
	e := export{writer: newWriter(out), trace: x}
	e.line = append(e.line, `{"displayTimeUnit":"ns","traceEvents":[`+"\n"...)
	for _, part := range []func() error{
		e.processes, e.events, func() error { return e.values(cells, every) }, e.messages, e.causes,
	} {
		if err := part(); err != nil {
			return 0, err
		}
	}
	e.line = append(e.line, "\n],"...)
	e.line = append(e.line, `"otherData":{`...)
	e.text("scenario", x.Header.Scenario)
	e.text("seed", fmt.Sprint(x.Header.Seed))
	e.text("tool", x.Header.Tool)
	e.text("messages_left_out", fmt.Sprint(e.left))
	e.endArgs()
	if err := e.end(); err != nil {
		return 0, err
	}
	return e.left, e.out.Flush()
}

// An export is a file that is being written.
type export struct {
	*writer
	trace  *trace.Trace
	left   int
	arrows int
}

// processes names processes and threads.
func (e *export) processes() error {
	h := &e.trace.Header
	list := [][3]any{{theRun, 0, h.Scenario}, {theRun, decided, "checks"}, {theRun, malware, "malware"}, {device(-1), 0, "world"}}
	for i := range h.Steps {
		list = append(list, [3]any{theRun, timeline + i, h.Steps[i].Kind + " " + h.Steps[i].Name})
	}
	for i := range h.Invariants {
		list = append(list, [3]any{theRun, timeline + len(h.Steps) + i, "invariant " + h.Invariants[i].Name})
	}
	for i := range h.Devices {
		list = append(list, [3]any{device(i), 0, h.Devices[i].ID})
	}
	for _, x := range list {
		if err := e.names(x[0].(int), x[1].(int), x[2].(string)); err != nil {
			return err
		}
	}
	return nil
}

// events writes what happened.
func (e *export) events() error {
	h := &e.trace.Header
	open := map[int]vtime.Time{} // by thread
	slice := func(tid int, name string, to vtime.Time) error {
		from, ok := open[tid]
		if !ok {
			return nil
		}
		delete(open, tid)
		return e.slice(theRun, tid, name, from, to)
	}
	rule := timeline + len(h.Steps)
	for x, err := range e.trace.Events(0, vtime.Never) {
		if err != nil {
			return err
		}
		switch x.Kind {
		case trace.StepApplied:
			err = slice(timeline+x.Index, h.Steps[x.Index].Name, x.At)
			open[timeline+x.Index] = x.At
		case trace.StepReverted:
			err = slice(timeline+x.Index, h.Steps[x.Index].Name, x.At)
		case trace.StepStopped:
			err = e.instant(timeline+x.Index, h.Steps[x.Index].Name+" is stopped", x.At)
		case trace.ViolationBegan:
			open[rule+x.Index] = x.At
		case trace.ViolationEnded:
			err = slice(rule+x.Index, h.Invariants[x.Index].Name, x.At)
		case trace.Decided:
			d := x.Decision
			err = e.instant(decided, fmt.Sprintf("%s %s: %s %s", d.Device, d.Check, d.Reaction, d.Grounds), x.At)
		case trace.Infected, trace.Cleared:
			err = e.instant(malware, e.trace.Infected(&x), x.At)
		}
		if err != nil {
			return err
		}
	}
	for i := range h.Steps {
		if err := slice(timeline+i, h.Steps[i].Name, e.trace.Last()); err != nil {
			return err
		}
	}
	for i := range h.Invariants {
		if err := slice(rule+i, h.Invariants[i].Name, e.trace.Last()); err != nil {
			return err
		}
	}
	return nil
}

func (e *export) slice(pid, tid int, name string, from, to vtime.Time) error {
	e.event("X", pid, tid, from)
	e.lasts(to - from)
	e.text("name", name)
	return e.end()
}

func (e *export) instant(tid int, name string, at vtime.Time) error {
	e.event("i", theRun, tid, at)
	e.text("name", name)
	e.text("s", "t")
	return e.end()
}

// values writes counters, and slices of labels.
func (e *export) values(cells []int, every vtime.Duration) error {
	type labelled struct {
		since vtime.Time
		value float64
	}
	thread, shown := map[int]int{}, map[int]labelled{}
	for i, cell := range cells {
		if e.trace.KindOf(cell).Type == "enum" {
			thread[cell] = i + 1
			if err := e.names(device(e.trace.DeviceOf(cell)), i+1, e.trace.Path(cell)); err != nil {
				return err
			}
		}
	}
	end := func(cell int, at vtime.Time) error {
		was, ok := shown[cell]
		if !ok {
			return nil
		}
		return e.slice(device(e.trace.DeviceOf(cell)), thread[cell], label(e.trace.KindOf(cell).Labels, was.value), was.since, at)
	}
	err := e.trace.Values(cells, every, func(at vtime.Time, cell int, x float64) error {
		if thread[cell] == 0 {
			return e.counter(at, cell, x)
		}
		err := end(cell, at)
		shown[cell] = labelled{at, x}
		return err
	})
	for _, cell := range cells {
		if err == nil {
			err = end(cell, e.trace.Last())
		}
	}
	return err
}

func (e *export) counter(at vtime.Time, cell int, x float64) error {
	k := e.trace.KindOf(cell)
	key := "value"
	if k.Type == "number" {
		x = unit.Unit{Scale: k.Unit.Scale, Offset: k.Unit.Offset}.FromSI(x)
		if k.Unit.Symbol != "" {
			key = k.Unit.Symbol
		}
	}
	if x-x != 0 {
		return nil // JSON has no such number
	}
	e.event("C", device(e.trace.DeviceOf(cell)), 0, at)
	e.text("name", e.trace.Path(cell))
	e.args()
	e.value(key, x)
	e.endArgs()
	return e.end()
}

// messages writes messages as slices that may overlap.
func (e *export) messages() error {
	h, n := &e.trace.Header, 0
	for m, err := range e.trace.Messages(0, vtime.Never) {
		if err != nil {
			return err
		}
		if n++; n > MaxMessages {
			e.left++
			continue
		}
		f := &h.Flows[m.Flow]
		from, to := f.From, f.To
		if m.Request {
			from, to = to, from
		}
		name := fmt.Sprintf("%s to %s", f.Verb, e.id(to))
		for _, phase := range []string{"b", "e"} {
			at := m.Sent
			if phase == "e" && m.Ended != vtime.Never {
				at = m.Ended
			}
			e.event(phase, device(from), 0, at)
			e.text("cat", "message")
			e.text("id", fmt.Sprint(n))
			e.text("name", name)
			if phase == "b" {
				e.args()
				e.text("fate", m.Fate.String())
				e.text("protocol", f.Protocol)
				e.text("claims", e.id(f.Claims))
				e.endArgs()
			}
			if err := e.end(); err != nil {
				return err
			}
		}
	}
	return nil
}

// id is the name of a device.
func (e *export) id(n int) string {
	if n < 0 {
		return ""
	}
	return e.trace.Header.Devices[n].ID
}
