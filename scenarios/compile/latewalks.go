package compile

import (
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/vtime"
)

// leavesLate warns of places to which somebody would leave when the run is over. Of a system that several scenarios use it is
// no mistake.
func (b *builder) leavesLate(d *dev) {
	run := b.file.Run
	for _, e := range d.entries("path") {
		for _, field := range e.Value.Entries {
			if field.Key.Value != "at" || !run.Usable() || field.Key.Span.File != b.file.Source {
				continue
			}
			at, problems := syntax.ReadDuration(field.Value.Text)
			if problems.Err() == nil && at.Usable() && vtime.Time(at.Value) > vtime.Time(run.Value) {
				b.Warnf(field.Value.Text.Span, "let them leave earlier, or let the run last longer",
					"the run is over after %s, before %s leaves for %s", run.Text.Value, d.spec.Name.Value, e.Key.Value)
			}
		}
	}
}
