package view

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/ground"
	"github.com/harmproof/harmproof/viz/layout"
	"github.com/harmproof/harmproof/viz/scene"
)

// A side is one of the traces of a replay.
type side struct {
	name     string
	story    string // the scenario, in a line
	read     *scene.Reader
	scene    *scene.Scene
	plan     *layout.Plan
	names    map[string]int // of devices
	cells    [][]int        // by device
	told     map[int]int    // what somebody is told of a cell
	source   map[int]int    // of what is told: what it is of
	camera   camera
	eye      camera         // of the ground
	ground   *ground.Ground // nil where nobody and nothing has a place
	ways     []way          // by body
	harmed   toll
	doses    map[int]dose    // what harms somebody, by its cell
	used     map[int]float64 // what part of conduits was used in the run
	aimed    map[int][]int   // steps, by the cell that they are done to
	spare    int             // which of the first plots goes first where there is no room for all; -1 is none
	limits   []scene.Limit
	closest  []scene.Closest
	conduits conduitNames
	letters  lettering
	spells   []spell
	until    vtime.Time // of the story that spells are of
}

func newSide(t *trace.Trace, name string, aspect float32) (*side, error) {
	s := &side{name: name, read: scene.Of(t), ground: ground.Of(t), names: map[string]int{}}
	if s.ground != nil { // which lies beneath the plant
		aspect *= 1.6
		s.ways = make([]way, len(s.ground.Bodies))
	}
	s.plan = layout.Of(&t.Header, aspect)
	about, _, _ := strings.Cut(strings.TrimSpace(t.Header.About), "\n")
	s.story = strings.Join(strings.Fields(about), " ")
	if s.name == "" {
		s.name = t.Header.Scenario
	}
	h := &t.Header
	for i := range h.Devices {
		s.names[h.Devices[i].ID] = i
	}
	s.cells = make([][]int, len(h.Devices))
	cell := 0
	for _, x := range h.Signals {
		if d := x.Device(); d >= 0 {
			for m := range min(x.Count(), mostMembers) {
				s.cells[d] = append(s.cells[d], cell+m)
			}
		}
		cell += x.Count()
	}
	s.told, s.source = s.read.Told(), s.read.Sources()
	s.doses = doses(&t.Header)
	s.used, s.aimed = usedOf(t), aims(t)
	s.limits, s.closest = scene.Limits(t), scene.Closeness(t)
	return s, s.look(t.Header.From, 0)
}

// mostMembers is of how many members of a device the signals are listed.
const mostMembers = 8

func (s *side) look(at vtime.Time, within vtime.Duration) error {
	now, err := s.read.At(at, within)
	if err == nil {
		s.scene = now
		s.blame()
		if s.ground != nil {
			s.ground.At(now)
		}
	}
	return err
}

func (s *side) trace() *trace.Trace { return s.read.Trace }

func (s *side) header() *trace.Header { return &s.read.Trace.Header }

// deviceOf returns the device of a cell, or -1.
func (s *side) deviceOf(cell int) int { return s.trace().DeviceOf(cell) }

// firstBroken is the invariant that was violated first of those of the plant itself, or of
// all where none is; or -1.
func (s *side) firstBroken() int {
	first, at, harmed := -1, vtime.Never, false
	r := s.trace().Result
	if r == nil {
		return -1
	}
	for i := range r.Invariants {
		x := &r.Invariants[i]
		if x.Verdict != "violated" || x.At == nil || x.Causes == nil {
			continue
		}
		harms := s.read.Story.Harms(i)
		if harms == harmed && *x.At < at || harms && !harmed {
			first, at, harmed = i, *x.At, harms
		}
	}
	return first
}

// atFirst are the signals that are plotted at first: those that tell most, and what harmed
// people worst.
func (s *side) atFirst() (cells []int) {
	harming := s.harming()
	for _, cell := range s.telling() {
		if len(harming) > 0 && s.tallies(cell) || slices.Contains(harming, cell) {
			continue
		}
		cells = append(cells, cell)
	}
	if s.spare = -1; len(cells) > 1 {
		s.spare = 1
	}
	if room := max(mostPlots/2, mostPlots-len(cells)); len(harming) > room {
		harming = harming[:room]
	}
	slices.Reverse(harming) // the last is the one that is shown where there is room for one
	return append(cells, harming...)
}

// tallies reports whether a cell says no more than how badly somebody is harmed.
func (s *side) tallies(cell int) bool {
	name := s.trace().KindOf(cell).Name
	return (name == "worst" || name == "harm" || strings.HasSuffix(name, "_harm")) && slices.ContainsFunc(s.header().People, func(p trace.Person) bool {
		return p.Device == s.deviceOf(cell)
	})
}

// telling are the signals that tell most at first: what the invariant reads that is
// violated first, then what others do, what lies beneath those that read no signal, what has limits, and the columns of the story. Of what somebody is told
// it is what is so: its plot shows both.
func (s *side) telling() (cells []int) {
	add := func(cell int) {
		cell = s.origin(cell)
		for _, c := range cells {
			if c == cell {
				return
			}
		}
		if cell >= 0 && cell < s.trace().Cells() && len(cells) < 2 {
			cells = append(cells, cell)
		}
	}
	read := func(tree *trace.Tree) {
		for k := 0; tree != nil && k < len(tree.Links); k++ {
			if c := &tree.Links[k]; c.Effect < 0 {
				add(c.Cell)
			}
		}
	}
	if r, first := s.trace().Result, s.firstBroken(); first >= 0 {
		read(r.Invariants[first].Causes)
		for i := range r.Invariants {
			if r.Invariants[i].Verdict == "violated" {
				read(r.Invariants[i].Causes)
			}
		}
	}
	if len(cells) == 0 {
		s.beneath(add)
	}
	for i := range s.limits {
		if s.moves(s.limits[i].Cell) {
			add(s.limits[i].Cell)
		}
	}
	for i := range s.header().Columns {
		if cell, err := s.trace().Cell(s.header().Columns[i].Title); err == nil {
			add(cell)
		}
	}
	for cell := 0; cell < s.trace().Cells() && len(cells) == 0; cell++ {
		if s.trace().KindOf(cell).Continuous {
			add(cell)
		}
	}
	return cells
}

// origin is what a cell tells of: a state of the plant where there is one, else what is
// reported; or the cell itself.
func (s *side) origin(cell int) int {
	best := -1
	for is, told := range s.told {
		if told != cell {
			continue
		}
		state := s.trace().KindOf(is).Continuous
		if best < 0 || state && !s.trace().KindOf(best).Continuous || state == s.trace().KindOf(best).Continuous && is < best {
			best = is
		}
	}
	if best >= 0 {
		return best
	}
	if source, ok := s.source[cell]; ok {
		return source
	}
	return cell
}
