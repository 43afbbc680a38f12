package perfetto

import (
	"sort"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// causes writes what could have mattered to invariants.
func (e *export) causes() error {
	if e.trace.Result == nil {
		return nil
	}
	pid := device(len(e.trace.Header.Devices))
	for i := range e.trace.Result.Invariants {
		t := e.trace.Result.Invariants[i].Causes
		if t == nil || len(t.Links) == 0 || i >= len(e.trace.Header.Invariants) {
			continue
		}
		if err := e.tree(pid, "causes of "+e.trace.Header.Invariants[i].Name, t); err != nil {
			return err
		}
		pid++
	}
	return nil
}

// tree writes a tree of causes: a thread for each signal, and arrows.
func (e *export) tree(pid int, name string, t *trace.Tree) error {
	if err := e.names(pid, 0, name); err != nil {
		return err
	}
	threads, times := map[string]int{}, map[int][]vtime.Time{}
	for i := range t.Links {
		l := &t.Links[i]
		tid, known := threads[l.Signal]
		if !known {
			tid = len(threads) + 1
			threads[l.Signal] = tid
			if err := e.names(pid, tid, l.Signal); err != nil {
				return err
			}
		}
		times[tid] = append(times[tid], l.At)
	}
	for _, list := range times {
		sort.Slice(list, func(a, b int) bool { return list[a] < list[b] })
	}
	for i := range t.Links {
		l := &t.Links[i]
		tid := threads[l.Signal]
		if err := e.cause(pid, tid, l, room(times[tid], l.At)); err != nil {
			return err
		}
		if l.Effect < 0 || l.Effect >= len(t.Links) {
			continue
		}
		effect := &t.Links[l.Effect]
		if err := e.arrow(pid, tid, l.At, threads[effect.Signal], max(l.At, effect.At)); err != nil {
			return err
		}
	}
	return nil
}

// room is how long the slice of a cause can be: an arrow needs one to begin in, and slices
// of a thread must not cross.
func room(times []vtime.Time, at vtime.Time) vtime.Time {
	const most = 1000
	next := sort.Search(len(times), func(i int) bool { return times[i] > at })
	if next < len(times) {
		return min(most, times[next]-at)
	}
	return most
}

func (e *export) cause(pid, tid int, l *trace.Link, lasts vtime.Time) error {
	e.event("X", pid, tid, l.At)
	e.lasts(lasts)
	e.text("name", l.Kind+" "+l.Signal)
	e.args()
	if l.Value != nil {
		e.value("value", *l.Value)
	}
	for _, x := range [][2]string{{"who", l.Who}, {"claimed", l.Claimed}, {"true", l.True}, {"check", l.Check}, {"omitted", l.Omitted}} {
		if x[1] != "" {
			e.text(x[0], x[1])
		}
	}
	if n := l.Step; n >= 0 && n < len(e.trace.Header.Steps) {
		e.text("step", e.trace.Header.Steps[n].Name)
	}
	e.endArgs()
	return e.end()
}

// arrow writes an arrow from a cause to its effect.
func (e *export) arrow(pid, from int, at vtime.Time, to int, then vtime.Time) error {
	e.arrows++
	for _, x := range []struct {
		phase string
		tid   int
		at    vtime.Time
	}{{"s", from, at}, {"f", to, then}} {
		e.event(x.phase, pid, x.tid, x.at)
		e.text("cat", "cause")
		e.text("name", "cause")
		e.number("id", e.arrows)
		if x.phase == "f" {
			e.text("bp", "e")
		}
		if err := e.end(); err != nil {
			return err
		}
	}
	return nil
}
