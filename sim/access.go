package sim

import "github.com/harmproof/harmproof/sim/signal"

// Columns returns what the story of a run shows, in order: StoryEvent.Values are
// theirs.
func (p *Plan) Columns() []Column { return p.shown }

// Slot returns the cell of a signal's path, such as "tower.level".
func (p *Plan) Slot(path string) (slot signal.Slot, ok bool) {
	slot, ok = p.byPath[path]
	return slot, ok
}
