package scene

import (
	"github.com/harmproof/harmproof/sim/trace"
)

// apply says what a line of the story makes of a scene.
func (s *Story) apply(x *Scene, l *Line) {
	step := l.Index >= 0 && l.Index < len(x.Steps)
	switch l.Kind {
	case trace.StepApplied:
		s.acts(x, l)
		if step {
			x.Steps[l.Index] = InForce
			if s.trace.Header.Steps[l.Index].Momentary {
				x.Steps[l.Index] = Over
			}
		}
	case trace.StepReverted:
		if step {
			x.Steps[l.Index] = Over
		}
	case trace.StepStopped:
		s.acts(x, l)
		if step {
			x.Steps[l.Index] = Stopped
		}
	case trace.StepGained:
		s.gain(x, l)
	case trace.ViolationBegan, trace.ViolationEnded:
		if l.Index >= 0 && l.Index < len(x.Broken) {
			x.Broken[l.Index] = l.Kind == trace.ViolationBegan
		}
	case trace.HazardBegan, trace.HazardEnded:
		if l.Index >= 0 && l.Index < len(x.Present) {
			x.Present[l.Index] = l.Kind == trace.HazardBegan
		}
	case trace.Harmed:
		if h, ok := s.Harm(l); ok {
			x.Harmed[h.Person] = max(x.Harmed[h.Person], h.Severity)
		}
	}
}

// acts marks the device from which an attack is made: it is in the attacker's hands.
func (s *Story) acts(x *Scene, l *Line) {
	if l.Index < 0 || l.Index >= len(s.trace.Header.Steps) {
		return
	}
	step := &s.trace.Header.Steps[l.Index]
	if d, ok := s.names[step.From]; ok && step.Kind == "attack" && s.trace.Header.Devices[d].Count == 1 {
		x.Devices[d].Held = true
	}
}

// gain marks what an attacker has in his hands from a line on.
func (s *Story) gain(x *Scene, l *Line) {
	if g := s.gained(l.Index); g != nil && (g.Foothold || g.Session) {
		if d, ok := s.names[g.Device]; ok {
			x.Devices[d].Held = true
		}
	}
}

// gained returns what an attacker earned, by its number, or nil.
func (s *Story) gained(n int) *trace.Gain {
	if r := s.trace.Result; r != nil && n >= 0 && n < len(r.Gains) {
		return &r.Gains[n]
	}
	return nil
}

// target is the number of the device that a step is done to, or -1.
func (s *Story) target(step int) int { return s.deviceOf(s.trace.Header.Steps[step].Target) }

// infected says on how many members of devices malware is, of how many that it can be on.
func (r *Reader) infected(s *Scene) {
	for i := range r.Trace.Header.Malware {
		hosts := r.Trace.Header.Malware[i].Hosts
		for k := range hosts {
			h := &hosts[k]
			if h.Device < 0 || h.Device >= len(s.Devices) || h.Cell < 0 || h.Cell >= len(s.Values) || !(s.Values[h.Cell] > 0) {
				continue
			}
			d := &s.Devices[h.Device]
			d.Hosts = max(d.Hosts, 1, h.Count)
			d.Infected = max(d.Infected, int(min(s.Values[h.Cell], float64(d.Hosts))))
		}
	}
}
