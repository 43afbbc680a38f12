package sim

import "github.com/harmproof/harmproof/sim/signal"

// Columns returns what the story of a run shows, in order: StoryEvent.Values are
// theirs.
func (p *Plan) Columns() []Column { return p.shown }

// Device returns the device of the name, or nil.
func (p *Plan) Device(id string) *DeviceInfo {
	if i, ok := p.Signals.device(id); ok {
		return &p.Devices[i]
	}
	return nil
}

func (p *Plan) path(slot signal.Slot) string { return p.Signals.At(slot).Path() }

// Slot returns the cell of a signal's path, such as "tower.level".
func (p *Plan) Slot(path string) (slot signal.Slot, ok bool) {
	return p.Signals.Slot(path)
}
