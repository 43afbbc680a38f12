package scene

import (
	"sort"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A pair is a value and what a receiver is told of it.
type pair struct {
	Lie
	// late is how long what is told may be behind what is.
	late vtime.Duration
}

// slack is how late a value may be for other reasons than how often it is told: its way.
const slack = vtime.Second / 2

// pairs finds what is told to whom.
func pairs(t *trace.Trace) (list []pair) {
	h := &t.Header
	seen := map[int]bool{}
	for i := range h.Flows {
		f := &h.Flows[i]
		if f.Step >= 0 || f.From < 0 || f.To < 0 {
			continue
		}
		source, listener := f.From, f.To
		if f.Asked {
			source, listener = listener, source
		}
		for _, item := range f.Items {
			cell := t.Cells()
			if item.Source != nil {
				cell = *item.Source
			}
			if cell < 0 || cell >= t.Cells() || item.Cell < 0 || item.Cell >= t.Cells() || seen[item.Cell] || h.Devices[source].Count > 1 {
				continue
			}
			seen[item.Cell] = true
			list = append(list, pair{Lie{cell, item.Cell, i, source, listener}, 2*f.Every + slack})
		}
	}
	return list
}

// false reports whether what is told is neither what is nor what was a little before.
func (p *pair) false(page *trace.Page, values []float64, when vtime.Time) bool {
	told := values[p.Told]
	if told == values[p.Source] {
		return false
	}
	since := when.Add(-p.late)
	if since <= page.From {
		since = page.From
		if page.Start(p.Source) == told {
			return false
		}
	}
	list := page.Changes(p.Source)
	n := sort.Search(len(list), func(i int) bool { return list[i].At > since })
	for i := max(0, n-1); i < len(list) && list[i].At <= when; i++ {
		if list[i].Value == told {
			return false
		}
	}
	return n > 0 || page.Start(p.Source) != told
}

// Told returns for cells what somebody is told of them: of a report its receiver, of what
// a sensor measures who hears the sensor; and where who hears it passes it on to a screen,
// what the screen shows.
func (r *Reader) Told() map[int]int {
	told := map[int]int{}
	for i := range r.pairs {
		p := &r.pairs[i]
		if _, known := told[p.Source]; !known {
			told[p.Source] = r.shown(p).Told
		}
	}
	wired := r.wired()
	for i := range wired {
		w := &wired[i]
		if _, known := told[w.cell]; known {
			continue
		}
		if p := r.measured(w, wired); p != nil {
			told[w.cell] = r.shown(p).Told
		}
	}
	return told
}

// A wire is a cell that a device is wired to.
type wire struct{ cell, to int }

// mostWires bounds how many wires are looked at.
const mostWires = 1000

// wired lists what devices measure.
func (r *Reader) wired() (list []wire) {
	t := r.Trace
	for _, w := range t.Header.Wires[:min(len(t.Header.Wires), mostWires)] {
		if w.From < 0 || w.From >= len(t.Header.Devices) || t.Header.Devices[w.From].Count > 1 {
			continue
		}
		if cell, err := t.Cell(t.Header.Devices[w.From].ID + "." + w.Signal); err == nil {
			list = append(list, wire{cell, w.To})
		}
	}
	return list
}

// measured is what a device reports of a cell that it is wired to: what it has of the same
// unit, unless it is wired to several such, of which it may report anything.
func (r *Reader) measured(w *wire, wired []wire) *pair {
	for _, x := range wired {
		if x.to == w.to && x.cell != w.cell && r.alike(x.cell, w.cell) {
			return nil
		}
	}
	for i := range r.pairs {
		if p := &r.pairs[i]; p.From == w.to && r.alike(p.Source, w.cell) {
			return p
		}
	}
	return nil
}

// Sources returns for what is told the cell that it is of.
func (r *Reader) Sources() map[int]int {
	of := map[int]int{}
	for i := range r.pairs {
		of[r.pairs[i].Told] = r.pairs[i].Source
	}
	return of
}

// shown follows what is told to a screen, where its receiver passes on that; else it
// returns it as it is. Where a receiver passes on what it makes of what it is told, it is
// that of the same unit, if it is told but one such value and passes on but one.
func (r *Reader) shown(p *pair) *pair {
	var one *pair
	in, out := 0, 0
	for i := range r.pairs {
		x := &r.pairs[i]
		if x.To == p.To && r.alike(x.Told, p.Told) {
			in++
		}
		if x.From != p.To || !r.screen(x.To) {
			continue
		}
		if x.Source == p.Told {
			return x
		}
		if r.alike(x.Source, p.Source) {
			one = x
			out++
		}
	}
	if in == 1 && out == 1 {
		return one
	}
	return p
}

// screen reports whether a device is one that operators look at.
func (r *Reader) screen(device int) bool {
	look := r.Trace.Header.Devices[device].Look
	return look != nil && look.Icon == "hmi"
}

// alike reports whether cells are quantities of one unit.
func (r *Reader) alike(a, b int) bool {
	x, y := r.Trace.KindOf(a), r.Trace.KindOf(b)
	return x.Type == "number" && y.Type == "number" && x.Unit.Symbol != "" && x.Unit.Symbol == y.Unit.Symbol
}
