package view

import (
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

// A hurt is an exposure that harms a person now, and how badly.
type hurt struct {
	person   int
	exposure *trace.Exposure
	severity int
}

// lasting are the exposures that harm people as the scene is, the worst first. What added up
// of something and is kept, such as a dose of heat, harms by that no more.
func (s *side) lasting() (list []hurt) {
	h := s.header()
	for i := range h.People {
		for k := range h.People[i].Exposures {
			e := &h.People[i].Exposures[k]
			if x := s.severity(e); e.Of == "" && x > 0 {
				list = append(list, hurt{i, e, x})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b hurt) int { return b.severity - a.severity })
	return list
}

// severity is how badly an exposure harms as the scene is.
func (s *side) severity(e *trace.Exposure) (worst int) {
	value := func(cell int) (float64, bool) {
		if cell < 0 || cell >= len(s.scene.Values) {
			return 0, false
		}
		return s.scene.Values[cell], true
	}
	for _, b := range e.Bounds {
		if x, ok := value(e.Amount); ok && (b.Below && x < b.Value || !b.Below && x >= b.Value) {
			worst = max(worst, b.Severity)
		}
	}
	if x, ok := value(e.Margin); ok && len(e.Bounds) == 0 && x < 0 {
		worst = 1
	}
	return worst
}

// headline is the line of the story that is told at a time: the last, unless that is no worse
// than good news while somebody is being harmed, who then comes first; -1 where nothing happened.
func (s *side) headline(now vtime.Time) int {
	last := s.last(now)
	if last < 0 || !minor(s.read.Story.Lines[last].Kind) {
		return last
	}
	for _, x := range s.lasting() {
		for i := last; i >= 0; i-- {
			if h, ok := s.read.Story.Harm(&s.read.Story.Lines[i]); ok && h.Person == x.person && h.Exposure == x.exposure.Name {
				return i
			}
		}
	}
	return last
}

// minor reports whether a line of a kind may wait while somebody is being harmed.
func minor(k trace.EventKind) bool {
	switch k {
	case trace.ViolationEnded, trace.HazardEnded, trace.StepReverted, trace.ColumnChanged, trace.CheckReacted, trace.Decided, trace.StoreDid, trace.Ended:
		return true
	}
	return false
}

// suffers says who is being harmed now and by how much of what, but for the one of whom
// the headline tells.
func (s *side) suffers(headline int) (texts []string) {
	for _, x := range s.lasting() {
		h, ok := s.read.Story.Harm(&s.read.Story.Lines[headline])
		e := x.exposure
		if ok && h.Person == x.person || len(e.Bounds) == 0 {
			continue
		}
		amount := scene.Show(s.trace().KindOf(e.Amount), s.scene.Values[e.Amount])
		texts = append(texts, s.header().People[x.person].Name+": "+e.Name+" "+amount)
	}
	return texts
}
