package view_test

import (
	"bytes"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/view"
)

// A plant is a trace that is made up: stations of tanks and gauges that tell a controller
// of theirs what they measure, once in a second.
type plant struct {
	h        trace.Header
	told     []int // cells, by flow
	run      vtime.Time
	lines    int  // of the story
	unclosed bool // cut off in the midst
	paged    bool // of many pages
}

// station is how many devices have a controller together.
const station = 10

// newPlant lays out a plant of so many devices with two signals each, and a run of so long.
func newPlant(devices int, run vtime.Duration) *plant {
	p := &plant{run: vtime.Time(run), lines: 100}
	h := &p.h
	h.Scenario, h.About, h.Run = "made/up", "A plant that is made up", p.run
	meters := trace.Unit{Symbol: "m", Scale: 1}
	h.Kinds = []trace.Kind{
		{Name: "level", Role: "continuous state", Type: "number", Unit: meters, Continuous: true},
		{Name: "reads", Role: "told input", Type: "number", Unit: meters},
	}
	h.Zones = []trace.Zone{{Name: "control", Level: "1"}}
	for i := range devices {
		zone := 1 + i/station
		if zone == len(h.Zones) {
			name := fmt.Sprint("station", zone)
			h.Zones = append(h.Zones, trace.Zone{Name: name, Level: "0"})
			h.Conduits = append(h.Conduits, trace.Conduit{Name: fmt.Sprint("bus", zone), Joins: []string{"control", name}, Rules: []string{"all"}})
		}
		p.device(i, zone)
	}
	h.Steps = []trace.Step{{Name: "A1", Kind: "attack", Target: "d1.level", Summary: "spoof d1.level: value 1.2 m"}}
	if devices > 1 {
		h.Invariants = []trace.Invariant{{Name: "never-full", Text: "always d1.level < 4 m"}, {Name: "seen", Text: "always d1.level > 0.5 m"}}
	}
	return p
}

func (p *plant) device(i, zone int) {
	h := &p.h
	d := trace.Device{ID: fmt.Sprint("d", i), Kind: "tank", Count: 1, Zones: []int{zone}}
	cell := 2 * i
	d.Look = &trace.Look{Icon: "tank", Parts: []trace.Part{{Part: "fill", Cell: cell, High: 4}, {Part: "value", Cell: cell}}}
	h.Signals = append(h.Signals, trace.Signal{i, 0, 1}, trace.Signal{i, 1, 1})
	head := i / station * station
	switch {
	case i == head:
		d.Kind, d.Zones = "plc", []int{0}
		d.Look = &trace.Look{Icon: "plc"}
	default:
		h.Wires = append(h.Wires, trace.Wire{From: max(head+1, i-1), To: i, Signal: "level", Continuous: true})
		source := cell
		h.Flows = append(h.Flows, trace.Flow{
			From: i, To: head, Claims: -1, Members: 1, Verb: "write", Every: vtime.Second, Step: -1,
			Items: []trace.Item{{Signal: "reads", Cell: cell + 1, Source: &source}},
		})
		p.told = append(p.told, cell+1)
	}
	h.Devices = append(h.Devices, d)
}

// recorded writes the trace and opens it.
func (p *plant) recorded(t testing.TB) *trace.Trace {
	t.Helper()
	var file bytes.Buffer
	w, err := trace.NewWriter(&file, &p.h, nil)
	require.NoError(t, err)
	w.Begin(make([]float64, p.h.Cells()))
	const parts = 50
	for k := range vtime.Time(parts) {
		from, to := p.run/parts*k, p.run/parts*(k+1)
		if to > from {
			p.part(w, k, from, to)
		}
	}
	at, margin := p.run/2, -0.25
	r := &trace.Result{Invariants: make([]trace.InvariantResult, len(p.h.Invariants))}
	for i := range r.Invariants {
		r.Invariants[i] = trace.InvariantResult{Verdict: "violated", At: &at, Closest: &at, Margin: &margin, Causes: &trace.Tree{}}
	}
	require.NoError(t, w.Close(r, trace.End{At: p.run, Complete: true}))
	data := file.Bytes()
	if p.unclosed {
		data = data[:len(data)*2/3]
	}
	x, err := trace.Open(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	require.Equal(t, p.unclosed, x.Result == nil)
	return x
}

// part writes what happens in a part of the run.
func (p *plant) part(w *trace.Writer, k, from, to vtime.Time) {
	for i := range p.h.Devices {
		y := 2 + math.Sin(float64(k)+float64(i))
		next := 2 + math.Sin(float64(k+1)+float64(i))
		w.Course(int32(2*i), &trace.Course{From: from, To: to, Curve: trace.Curve{From: from, To: to, Y0: y, C0: next - y, Y1: next}})
	}
	for f, cell := range p.told {
		w.Passed(w.Lane(int32(f), 0, false), from, vtime.Duration(to-from)/4)
		w.Change(from, int32(cell), 2+math.Sin(float64(k)+float64(cell/2)))
	}
	p.events(w, from, to)
	if w.Full(to) || p.unclosed || p.paged {
		w.Page(to)
	}
}

// events writes what the story tells of a part of the run.
func (p *plant) events(w *trace.Writer, from, to vtime.Time) {
	for i := range p.lines * min(1, len(p.h.Invariants)) {
		at := p.run / vtime.Time(p.lines) * vtime.Time(i)
		kind := [...]trace.EventKind{trace.StepApplied, trace.ViolationBegan, trace.ViolationEnded, trace.StepReverted}[i%4]
		if at >= from && at < to {
			w.Event(&trace.Event{At: at, Kind: kind})
		}
	}
}

// Runs of a millisecond and of a hundred days, stories of ten thousand lines, plants of no
// device and of five thousand, and names that are too long can be looked at.
func TestExtremePlants(t *testing.T) {
	for name, p := range map[string]*plant{
		"a millisecond": newPlant(20, vtime.Millisecond), "no time": newPlant(20, 0), "100 days": newPlant(20, 100*24*vtime.Hour),
		"no device": newPlant(0, vtime.Minute), "5000 devices": newPlant(5000, vtime.Minute), "long": long(newPlant(40, vtime.Minute)),
		"a long story": {}, "cut short": {},
	} {
		t.Run(name, func(t *testing.T) {
			switch name {
			case "a long story":
				p = newPlant(20, vtime.Hour)
				p.lines = 10_000
			case "cut short":
				p = newPlant(20, vtime.Hour)
				p.unclosed = true
			}
			for _, size := range screens() {
				s := watching(t, view.Options{Eager: true}, p.recorded(t))
				s.in.Width, s.in.Height, s.in.Scale = size[0], size[1], size[2]
				s.tour(fmt.Sprintf("%gx%g at %g", size[0], size[1], size[2]))
			}
		})
	}
}

// long gives everything names of 60 letters.
func long(p *plant) *plant {
	const more = "-with-a-name-that-does-not-end-before-it-has-sixty-letters"
	p.h.Scenario += more
	for i := range p.h.Devices {
		p.h.Devices[i].ID += more
		p.h.Devices[i].Tag = "T" + more
	}
	for i := range p.h.Zones {
		for k := range p.h.Conduits {
			for j := range p.h.Conduits[k].Joins {
				if p.h.Conduits[k].Joins[j] == p.h.Zones[i].Name {
					p.h.Conduits[k].Joins[j] += more
				}
			}
		}
		p.h.Zones[i].Name += more
	}
	for i := range p.h.Invariants {
		p.h.Invariants[i].Name += more
	}
	return p
}

// tour goes through all that a replay shows, and requires that nothing overlaps.
func (s *screen) tour(what string) {
	s.t.Helper()
	s.key("n", "tab")
	s.requireApart(what + ", why")
	s.key("d", "d")
	s.key("enter")
	s.requireApart(what + ", a device")
	s.key("p", "p", "a", "arrowright", "b", "+", "+", "+", "+")
	s.requireApart(what + ", plots")
	s.key("z", "z", "l", "v", "r", "end", " ", "home", "]")
	s.requireApart(what + ", zoomed")
	s.key("tab", "tab", "tab")
	s.key("pagedown")
	s.requireApart(what + ", the story")
	s.in.Elapsed = time.Second
	s.key(" ")
	s.frame()
}

// What is drawn again takes no more room each time.
func TestDrawingDoesNotGrow(t *testing.T) {
	s := watching(t, view.Options{Eager: true}, newPlant(50, vtime.Minute).recorded(t))
	again := func() {
		s.list.Reset()
		s.v.Draw(&s.list)
	}
	first := testing.AllocsPerRun(10, again)
	shapes := len(s.list.Shapes)
	for range 500 {
		again()
	}
	require.LessOrEqual(t, testing.AllocsPerRun(10, again), first)
	require.Len(t, s.list.Shapes, shapes)
}

// benchmarked is a replay of 200 devices with 400 signals, in the midst of messages.
func benchmarked(b *testing.B) *screen {
	s := watching(b, view.Options{Eager: true}, newPlant(200, vtime.Minute).recorded(b))
	s.v.Seek(vtime.Time(30*vtime.Second + 10*vtime.Millisecond))
	s.frame()
	b.ReportAllocs()
	return s
}

// A picture of 200 devices at 1280x800 is to be listed in less than a millisecond.
func BenchmarkDraw(b *testing.B) {
	s := benchmarked(b)
	for b.Loop() {
		s.list.Reset()
		s.v.Draw(&s.list)
	}
	b.ReportMetric(float64(len(s.list.Shapes)), "shapes")
}

// As long as nothing is pressed, time goes on.
func BenchmarkUpdate(b *testing.B) {
	s := benchmarked(b)
	s.key(" ")
	s.in.Elapsed = time.Second / 60
	for b.Loop() {
		if err := s.v.Update(s.in); err != nil {
			b.Fatal(err)
		}
		if !s.v.State().Playing {
			b.StopTimer()
			s.key(" ")
			s.in.Elapsed = time.Second / 60
			b.StartTimer()
		}
	}
}
