package view

import (
	"math"
	"strings"

	"github.com/harmproof/harmproof/viz/scene"
)

// beneath adds signals that tell of violated invariants that read none themselves, but such as
// what is kept after an erasure: those of their causes, and what the stores hold that are named there.
func (s *side) beneath(add func(cell int)) {
	r := s.trace().Result
	if r == nil {
		return
	}
	for i := range r.Invariants {
		tree := r.Invariants[i].Causes
		if r.Invariants[i].Verdict != "violated" || tree == nil {
			continue
		}
		for k := range tree.Links {
			c := &tree.Links[k]
			if c.Cell >= 0 && c.Cell < s.trace().Cells() && s.moves(c.Cell) {
				add(c.Cell)
			}
			for _, word := range strings.FieldsFunc(c.Signal+" "+c.Who, func(r rune) bool { return strings.ContainsRune("(), ", r) }) {
				id, _, _ := strings.Cut(word, ".")
				for _, what := range [...]string{"people", "items"} {
					if cell, err := s.trace().Cell(id + "." + what); err == nil && s.moves(cell) {
						add(cell)
						break
					}
				}
			}
		}
	}
}

// moves reports whether a signal has more than one value in the run, as far as is known.
func (s *side) moves(cell int) bool {
	o := s.trace().Overview
	if o == nil || cell < 0 || cell >= s.trace().Cells() {
		return true
	}
	lo, hi := o.Of(cell)
	least, most := float32(math.Inf(1)), float32(math.Inf(-1))
	for i := range lo {
		if lo[i] == lo[i] && hi[i] == hi[i] {
			least, most = min(least, lo[i]), max(most, hi[i])
		}
	}
	return least < most
}

// unplotted says why nothing is plotted: what the invariant that was violated first reads is no signal.
func (s *side) unplotted() string {
	const how = "click a signal in the list of a device, or press D and Enter"
	r := s.trace().Result
	if first := s.firstBroken(); first >= 0 && first < len(s.header().Invariants) {
		for i := range r.Invariants[first].Causes.Links {
			if c := &r.Invariants[first].Causes.Links[i]; c.Effect < 0 && c.Cell < 0 && c.Signal != "" {
				value := ""
				if c.Value != nil {
					value = ", " + scene.Digits(*c.Value) + " at " + c.At.Short() + ","
				}
				return "What " + s.header().Invariants[first].Name + " reads, " + c.Signal + value + " is no signal of a device: " + how
			}
		}
	}
	return "No signal is plotted: " + how
}
