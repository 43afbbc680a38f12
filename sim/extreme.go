package sim

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// fewCells are looked at as quickly as their extreme is kept.
const fewCells = 32

// Extreme returns the cell that is kept at the greatest, or else the least, of the cells of a figure or of answers.
// It returns false where these are few, or change with time alone.
func (s *System) Extreme(first signal.Slot, count int, greatest bool) (signal.Slot, bool) {
	if count <= fewCells || !s.keeps(first, count) {
		return 0, false
	}
	e := signal.Extreme{First: first, Count: int32(count), Greatest: greatest}
	for _, o := range s.extremes {
		if e.Shown = o.Shown; e == o {
			return o.Shown, true
		}
	}
	name := "min"
	if greatest {
		name = "max"
	}
	e.Shown = s.hidden(-1, kind{unit: unit.One}, name, 1, 0).Slot
	s.extremes = append(s.extremes, e)
	return e.Shown, true
}

// keeps reports whether cells are all those of a figure, or of what is answered.
func (s *System) keeps(first signal.Slot, count int) bool {
	for i := range s.figures {
		if f := &s.figures[i]; f.Kind != network.WaitingSince && f.cell.Slot == first && f.cell.Stride == 1 && f.members == count {
			return true
		}
	}
	if s.Data == nil {
		return false
	}
	for i := range s.Data.Questions {
		if c := s.Data.cells[i]; c.Slot == first && c.Stride == 1 && int(s.Data.Questions[i].Count) == count {
			return true
		}
	}
	return false
}
