package compile

import (
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// maxEffort is how many nanoseconds a run may take about to look who can be found by where they were.
const maxEffort = 10e9

// effort reports that it would take too long to look day by day who can be found by where they were.
func (b *builder) effort(steps []step) {
	if b.sys.Data == nil || b.Err() != nil {
		return
	}
	m, run := b.sys.Data.Model, vtime.Duration(b.file.Run.Value)
	looks := int64(run/vtime.Day) + 1
	for i := range steps {
		for k := range steps[i].Ops {
			if deed := steps[i].Ops[k].Deed; deed == inject.StealDeed || deed == inject.RestoreDeed {
				looks++
			}
		}
	}
	ns := m.Effort(run, looks)
	if ns <= maxEffort {
		return
	}
	at := b.file.Scenario.Span
	for i := range m.Shelves {
		sh := &m.Shelves[i]
		if s := b.byName[m.Stores[sh.Store].Name].store; sh.Where > 0 {
			if x := s.spec.Takes[int32(i)-m.Stores[sh.Store].First-s.held].Precision; x != nil {
				at = x.Key.Span
				break
			}
		}
	}
	b.Errorf(at, "take a coarser time, fewer people, a shorter `keeps` or `run`, or ask less of that",
		"to look day by day who can be found by where they were would take about %.0f s; it may take %.0f s", ns/1e9, maxEffort/1e9)
}
