package sim

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/plant"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Row is told the values, in SI, of the signals that Sample was asked for, in
// their order. It must not keep the slice. An error ends the run.
type Row func(at vtime.Time, values []float64) error

// Sample tells the values of signals at 0, every, 2*every and so on up to the end
// of the run, and at its end; with every 0 at each settled instant at which one
// of them changed (a continuous one counts as changed where a step of its
// integration begins). Values are those of the settled instant, continuous ones
// exactly there. Of several rounds of one instant the last one is told.
// Sampling changes no byte of the run.
func Sample(every vtime.Duration, paths []string, row Row) Option {
	return func(o *options) { o.samples = append(o.samples, sampling{every: every, paths: paths, row: row}) }
}

type sampling struct {
	every vtime.Duration
	paths []string
	row   Row
}

// sampler carries out a Sample.
type sampler struct {
	sampling
	slots  []signal.Slot
	view   plant.View
	values []float64
	wanted map[signal.Slot]bool // with every 0: whose change makes a row
	dirty  bool
	told   vtime.Time
}

// Select resolves paths, for the head of a table. Without paths they are all
// signals of the plan.
func (p *Plan) Select(paths []string) ([]SignalInfo, error) {
	var infos []SignalInfo
	if len(paths) == 0 {
		for s := range p.Signals.All() {
			if !s.Internal {
				infos = append(infos, s)
			}
		}
		return infos, nil
	}
	for _, path := range paths {
		slot, ok := p.Signals.Slot(path)
		if !ok {
			h := History{signals: p.Signals}
			_, err := h.Signal(path)
			return nil, err
		}
		infos = append(infos, p.Signals.At(slot))
	}
	return infos, nil
}

// makeSamplers makes the samplers of a run that begins, or goes on, at a time.
func (w *world) makeSamplers(list []sampling, from vtime.Time) error {
	for _, s := range list {
		infos, err := w.plan.Select(s.paths)
		if err != nil {
			return fmt.Errorf("sample: %w", err)
		}
		sm := &sampler{sampling: s, values: make([]float64, len(infos)), told: -1}
		for _, info := range infos {
			sm.slots = append(sm.slots, info.Slot)
		}
		r := w.plan.g.reach(sm.slots)
		sm.view = w.plan.g.view(r)
		w.samplers = append(w.samplers, sm)
		if s.every > 0 {
			first := vtime.Time(0)
			if from > 0 { // what is due at the time of a snapshot was told before it
				first = (from/vtime.Time(s.every) + 1) * vtime.Time(s.every)
			}
			w.kernel.Schedule(first, des.Plant, des.Source(w.plan.links-1), w.sampled, 0, uint64(len(w.samplers)-1))
			continue
		}
		sm.wanted, sm.dirty = map[signal.Slot]bool{}, from == 0
		for _, slot := range append(sm.slots, r.discrete...) {
			sm.wanted[slot] = true
		}
		for _, state := range r.states {
			sm.wanted[w.plan.g.states[state].slot] = true
		}
	}
	return nil
}

// sampleDue handles the event of a periodic sample.
func (w *world) sampleDue(e des.Event) {
	w.looks++
	s := w.samplers[e.Arg]
	s.dirty = true
	w.kernel.Schedule(e.At.Add(s.every), des.Plant, des.Source(w.plan.links-1), w.sampled, 0, e.Arg)
}

// noteSamples marks the samplers that a change concerns.
func (w *world) noteSamples(slot signal.Slot) {
	for _, s := range w.samplers {
		s.dirty = s.dirty || s.wanted[slot]
	}
}

// sample tells the rows of the instant, once no further round of it is to come.
func (w *world) sample(now vtime.Time, last bool) {
	for _, s := range w.samplers {
		if !s.dirty && !last || s.told == now || !last && w.kernel.Waiting() {
			continue
		}
		s.dirty, s.told = false, now
		w.plant.Show(&s.view, now)
		for i, slot := range s.slots {
			s.values[i] = w.store.V[slot]
		}
		if err := s.row(now, s.values); err != nil && w.err == nil {
			w.err = err
		}
	}
}
