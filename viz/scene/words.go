package scene

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
)

// line puts an event into words.
func (s *Story) line(e trace.Event) Line {
	l := Line{Event: e, Device: -1, Lane: Control}
	h := &s.trace.Header
	switch e.Kind {
	case trace.Began:
		l.Text, l.Lane = "The run begins", Physics
	case trace.Ended:
		l.Text, l.Lane = "The run ends", Physics
	case trace.StepGained:
		l.Text, l.Lane = "An attacker gains something", Attack
		if g := s.gained(l.Index); g != nil {
			l.Text = capital(g.Who) + " " + g.What
			if d, ok := s.names[g.Device]; ok {
				l.Device = d
			}
		}
	case trace.StepApplied, trace.StepStopped, trace.StepReverted:
		if e.Index >= 0 && e.Index < len(h.Steps) {
			s.step(&l, &h.Steps[e.Index])
		}
	case trace.ViolationBegan, trace.ViolationEnded:
		if e.Index >= 0 && e.Index < len(h.Invariants) {
			s.violation(&l, &h.Invariants[e.Index])
		}
	case trace.Harmed:
		s.harm(&l)
	case trace.HazardBegan, trace.HazardEnded:
		l.Lane, l.Text = Harm, "A hazard"
		if x := s.Hazard(&l); x != nil {
			s.hazard(&l, x)
		}
	case trace.ColumnChanged:
		if e.Index >= 0 && e.Index < len(h.Columns) && e.Index < len(e.Values) {
			c := &h.Columns[e.Index]
			l.Lane = Physics
			l.Text = c.Title + " is " + Show(&trace.Kind{Type: c.Type, Unit: c.Unit, Labels: c.Labels}, e.Values[e.Index])
		}
	case trace.CheckReacted, trace.Decided:
		s.decision(&l)
	case trace.HostTold:
		s.host(&l)
	case trace.Infected, trace.Cleared:
		s.infection(&l)
	case trace.StoreDid:
		s.store(&l)
	}
	return l
}

// step says what a step of the timeline did.
func (s *Story) step(l *Line, x *trace.Step) {
	l.Lane, l.Device = Attack, s.target(l.Index)
	what := x.Summary
	if what == "" {
		what = x.Target
	}
	switch l.Kind {
	case trace.StepApplied:
		l.Text = capital(x.Kind) + " " + x.Name + ": " + what
		l.Detail = about(x)
	case trace.StepReverted:
		l.Text = capital(x.Kind) + " " + x.Name + " ends"
	case trace.StepStopped:
		l.Text = capital(x.Kind) + " " + x.Name + " is stopped: " + what
		if r := s.trace.Result; r != nil && l.Index < len(r.Injections) {
			l.Detail = r.Injections[l.Index].Why
		}
	}
}

// hazard says that a hazard is there, or is gone.
func (s *Story) hazard(l *Line, x *trace.Hazard) {
	l.Lane, l.Text, l.Detail = Harm, "Hazard "+x.Name, x.What
	if l.Kind == trace.HazardEnded {
		l.Text, l.Detail = l.Text+" is gone", ""
	}
}

// store says what a store did with what it holds about people.
func (s *Story) store(l *Line) {
	l.Lane, l.Text = Control, "A store does what it was asked for, or is read"
	if r := s.trace.Result; r != nil && l.Index >= 0 && l.Index < len(r.Stores) {
		x := &r.Stores[l.Index]
		l.Text, l.Device = x.Text, s.deviceOf(x.Store)
		if x.Wrong && s.attacked() {
			l.Lane = Attack
		}
	}
}

// infection says that malware came to a host, or left it.
func (s *Story) infection(l *Line) {
	m := &s.trace.Header.Malware[l.Index]
	l.Lane, l.Text, l.Device = Attack, capital(s.trace.Infected(&l.Event)), m.Hosts[l.Infection.Host].Device
}

// host says what the result tells of a host of malware.
func (s *Story) host(l *Line) {
	l.Lane, l.Text = Attack, "Malware comes to a host, or is kept from it"
	r := s.trace.Result
	if r == nil || l.Index < 0 || l.Index >= len(r.Hosts) {
		return
	}
	x := &r.Hosts[l.Index]
	switch x.Kind {
	case "left":
		l.Text = capital(x.Malware) + " is on " + x.Host + " no more"
	case "stopped":
		l.Text = capital(x.Malware) + " is kept from " + x.Host
		if x.Barrier != "" {
			l.Text += " by " + x.Barrier
		}
	default:
		l.Text = capital(x.Malware) + " comes to " + x.Host
	}
	l.Detail = spread(x)
	l.Device = s.deviceOf(x.Host)
}

// spread says by what way malware came, or why it did not.
func spread(x *trace.HostNews) string {
	var parts []string
	add := func(before, text string) {
		if text != "" {
			parts = append(parts, before+text)
		}
	}
	add("from ", x.From)
	add("by ", x.By)
	add("", x.Reason)
	if x.Moves {
		parts = append(parts, "it moves something")
	}
	add("it commands ", x.Commands)
	return strings.Join(parts, "; ")
}

// deviceOf is the number of the device of a path, or -1.
func (s *Story) deviceOf(path string) int {
	id, _, _ := strings.Cut(path, ".")
	id, _, _ = strings.Cut(id, "[")
	if d, ok := s.names[id]; ok {
		return d
	}
	return -1
}

// about says how an attack comes to it.
func about(x *trace.Step) string {
	var parts []string
	switch {
	case x.From != "":
		parts = append(parts, "from "+x.From)
	case x.Assumed:
		parts = append(parts, "assumed: it has no foothold")
	}
	if x.Technique != "" {
		parts = append(parts, "technique "+x.Technique+" of ATT&CK for ICS")
	}
	return strings.Join(parts, "; ")
}

// violation says that an invariant is violated, or met again.
func (s *Story) violation(l *Line, x *trace.Invariant) {
	l.Lane = Invariants
	l.Text, l.Detail = x.Name+" is VIOLATED", "must hold: "+x.Text
	if l.Kind == trace.ViolationEnded {
		l.Text, l.Detail = x.Name+" is met again", ""
	}
	if r := s.trace.Result; r != nil && l.Index < len(r.Invariants) {
		if tree := r.Invariants[l.Index].Causes; tree != nil {
			l.Lane, l.Device = s.harmed(l.Index, tree)
		}
	}
}

// Harms reports whether a violated invariant is of the plant itself.
func (s *Story) Harms(invariant int) bool {
	r := s.trace.Result
	if r == nil || invariant < 0 || invariant >= len(r.Invariants) || r.Invariants[invariant].Causes == nil {
		return false
	}
	lane, _ := s.harmed(invariant, r.Invariants[invariant].Causes)
	return lane == Harm
}

// harmed returns the lane of a violation: of the plant itself, or of what is known of it. What
// has to be done whenever something is so is no harm if it is not done.
func (s *Story) harmed(invariant int, tree *trace.Tree) (Lane, int) {
	duty := false
	if list := s.trace.Header.Invariants; invariant < len(list) {
		duty = strings.HasPrefix(list[invariant].Text, "whenever ")
	}
	for i := range tree.Links {
		if c := &tree.Links[i]; c.Effect < 0 {
			d := s.deviceOf(c.Signal)
			if !duty && c.Cell >= 0 && c.Cell < s.trace.Cells() && s.physical(c.Cell, d) {
				return Harm, d
			}
			return Invariants, d
		}
	}
	return Invariants, -1
}

// physical reports whether a cell is of the plant itself: of what goes on continuously, or of
// what has become of a device in which something does, such as a rotor that has burst.
func (s *Story) physical(cell, device int) bool {
	k := s.trace.KindOf(cell)
	if k.Continuous || device < 0 || k.Role != "state" && k.Role != "computed" {
		return k.Continuous
	}
	h := &s.trace.Header
	return slices.ContainsFunc(h.Signals, func(x trace.Signal) bool {
		return x.Device() == device && h.Kinds[x.Kind()].Role == "continuous state"
	})
}

// decision says what a check made of a message.
func (s *Story) decision(l *Line) {
	d := l.Decision
	if d == nil {
		l.Text = "A check reacts"
		return
	}
	if n, ok := s.names[d.Device]; ok {
		l.Device = n
	}
	l.Text = fmt.Sprintf("Check %s of %s: %s of %s %s", d.Check, d.Device, d.Reaction, d.Verb, d.Object)
	from := "from " + d.Claimed
	if d.True != d.Claimed {
		from = "from " + d.True + ", which claims to be " + d.Claimed
	}
	l.Detail = from + "; " + d.Grounds
	if d.Owner != "" {
		l.Detail += "; answered for by " + d.Owner
	}
}

// capital returns a text with a capital letter.
func capital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
