package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/vtime"
)

// doing says what a step does, and from where.
func (t *teller) doing(step int) string {
	i := &t.Injections[step]
	text := doing(&i.Step)
	if i.From != "" && !strings.HasSuffix(text, " from "+clean(i.From)) {
		text += ", from " + clean(i.From)
	}
	return text
}

// stopped tells what stopped a step, or some of its messages.
func (t *teller) stopped(e sim.StoryEvent) row {
	i := &t.Injections[e.Index]
	return row{
		mark: "x", colour: green, text: label(&i.Step) + " " + halt(i) + clean(i.Why),
		key: clean(i.Step.Name) + " stopped", rank: steppings,
	}
}

// halt begins the sentence that says why a step was stopped.
func halt(i *sim.InjectionResult) string {
	switch {
	case i.Outcome == inject.Pending:
		return "PENDING at " + clean(i.StoppedBy) + ": "
	case i.Outcome == inject.Applied && i.StoppedBy == "":
		return "PENDING, until others agreed"
	case i.Outcome == inject.Applied:
		return "in part STOPPED by " + clean(i.StoppedBy) + ": "
	}
	return "STOPPED by " + clean(i.StoppedBy) + ": "
}

// gained tells what an attacker has now.
func (t *teller) gained(e sim.StoryEvent) row {
	step := &t.Injections[t.Gains[e.Index].Step].Step
	return row{
		mark: "+", colour: yellow, text: clean(step.Name) + " gained: " + haul(t.Gains[e.Index:e.Index+1]),
		key: clean(step.Name) + " gained", rank: weight(step, turns),
	}
}

// haul says what was gained.
func haul(gains []sim.Gain) string {
	var footholds, sessions, known, secrets []string
	for i := range gains {
		g, device := &gains[i], clean(gains[i].Device)
		switch {
		case g.Foothold:
			footholds = append(footholds, device)
		case g.Session:
			sessions = append(sessions, device)
		case g.Known:
			known = append(known, device)
		}
		secrets = append(secrets, g.Credentials...)
	}
	secret := "credential "
	if len(secrets) > 1 {
		secret = "credentials "
	}
	var parts []string
	for _, p := range []struct {
		word  string
		names []string
	}{{"foothold on ", footholds}, {"session on ", sessions}, {secret, secrets}, {"it has heard of ", known}} {
		if len(p.names) > 0 {
			parts = append(parts, p.word+some(p.names))
		}
	}
	return strings.Join(parts, "; ")
}

// namesMost is how many names a sentence has at most.
const namesMost = 6

// some joins names, but not too many.
func some(names []string) string {
	if n := len(names) - namesMost; n > 1 {
		return clean(strings.Join(names[:namesMost], ", ")) + fmt.Sprintf(" and %d more", n)
	}
	return clean(strings.Join(names, ", "))
}

// soonAfter is how soon what comes of a step stands in its line.
const soonAfter = vtime.Second

// join adds a row, and makes one of those that tell one thing: what came of a step
// at once, what came of it bit by bit, and what a check did to it.
func (t *teller) join(list []row, line row) []row {
	switch line.event.Kind {
	case sim.GainedStep:
		return t.joinGain(list, line)
	case sim.StoppedStep:
		return t.joinStop(list, line)
	}
	return append(list, line)
}

// joinGain adds what was gained to the row of the step, or to what was gained before.
func (t *teller) joinGain(list []row, line row) []row {
	n := len(list) - 1
	if n < 0 {
		return append(list, line)
	}
	last, step := &list[n], t.Gains[line.event.Index].Step
	apart := line.event.At.Sub(last.event.At)
	switch kind := last.event.Kind; {
	case kind == sim.AppliedStep && last.event.Index == step && apart <= soonAfter:
		if last.gains == nil {
			last.text += ". Gained: "
			last.before = last.text
		}
	case kind == sim.GainedStep && t.Gains[last.event.Index].Step == step:
		if last.gains == nil {
			last.gains = []sim.Gain{t.Gains[last.event.Index]}
			last.before = clean(t.Injections[step].Step.Name) + " gained: "
		}
	default:
		return append(list, line)
	}
	last.gains = append(last.gains, t.Gains[line.event.Index])
	last.text = last.before + haul(last.gains)
	return list
}

// joinStop adds what stopped a step to its row, with what the check says that did.
func (t *teller) joinStop(list []row, line row) []row {
	i, e := &t.Injections[line.event.Index], &line.event
	why := clean(i.Why)
	if n := len(list) - 1; n >= 0 && list[n].event.Kind == sim.CheckReacted && list[n].event.At == e.At {
		if d := &t.Decisions[list[n].event.Index]; d.Check == i.StoppedBy {
			why, list = t.decided(d), list[:n]
		}
	}
	line.text = label(&i.Step) + " " + halt(i) + why
	n := len(list) - 1
	if n < 0 {
		return append(list, line)
	}
	last := &list[n]
	if last.event.Kind != sim.AppliedStep || last.event.Index != e.Index || e.At.Sub(last.event.At) > soonAfter {
		return append(list, line)
	}
	line.at, line.values = last.at, last.values
	line.text, line.rank = last.text+". "+capital(halt(i))+why, min(line.rank, last.rank)
	list[n] = line
	return list
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// attacksMost is how many attacks the table has at most.
const attacksMost = 12

// attempts lists the attacks, and reports whether a table tells of them: where some
// are earned, or a device checks what it is told.
func attempts(r *sim.Result) (list []*sim.InjectionResult, tabled bool) {
	tabled = len(r.Checks) > 0
	for k := range r.Injections {
		if i := &r.Injections[k]; i.Step.Kind == inject.Attack {
			list, tabled = append(list, i), tabled || i.From != ""
		}
	}
	return list, tabled && len(list) > 0
}

// attacks writes what became of the attacks, where some are earned or a device
// checks what it is told.
func (s *sheet) attacks(r *sim.Result) {
	list, tabled := attempts(r)
	if !tabled {
		return
	}
	more := 0
	if !s.All && len(list) > attacksMost {
		more, list = len(list)-attacksMost+1, list[:attacksMost-1]
	}
	g := grid{sheet: s, titles: []string{"Attack", "From", "Outcome", "Noticed"}}
	if !slices.ContainsFunc(list, func(i *sim.InjectionResult) bool { return i.Detected.At != vtime.Never }) {
		g.titles = g.titles[:3]
	}
	for _, i := range list {
		from := clean(i.From)
		if i.Step.Assumed {
			from = "ASSUMED"
		}
		cells := []string{clean(i.Step.Name), from, fared(i), noticed(i)}
		g.add(cells[:len(g.titles)]...)
	}
	g.write()
	switch {
	case len(r.Checks) == 0:
		s.line("  No device has `checks:`, so none is known to have noticed.")
	case len(g.titles) == 3:
		s.line("  No check noticed anything.")
	}
	if more > 0 {
		s.line("  %s", s.ink(dim, fmt.Sprintf("%d more (--all).", more)))
	}
	s.line("")
}

// fared says what became of an attack.
func fared(i *sim.InjectionResult) string {
	switch {
	case i.Outcome == inject.NotTriggered:
		return "never triggered"
	case i.Outcome == inject.Applied && i.Refused > 0:
		return fmt.Sprintf("took effect; %s stopped by %s", count(int(i.Refused), "message"), clean(i.StoppedBy))
	}
	return outcome(i)
}

// noticed says which check noticed what an attack did, and how soon.
func noticed(i *sim.InjectionResult) string {
	d := &i.Detected
	switch {
	case i.Outcome == inject.NotTriggered, i.Outcome == inject.Stopped && i.Refused == 0: // it sent nothing
		return "-"
	case d.At == vtime.Never:
		return "by nobody"
	}
	began := i.Applied
	again := slices.ContainsFunc(i.Step.Ops, func(op inject.Op) bool { return op.Again })
	if f := i.Step.Footing; again && f != nil && began.Add(f.Takes) <= d.At { // before that it only listened
		began = began.Add(f.Takes)
	}
	return "by " + clean(d.Check) + " of " + clean(d.Device) + " after " + soon(d.At.Sub(began))
}

// soon writes a duration to a tenth of a second, or finer where it is shorter.
func soon(d vtime.Duration) string {
	if d >= vtime.Second {
		d = d.Round(100 * vtime.Millisecond)
	} else if d >= vtime.Millisecond {
		d = d.Round(100 * vtime.Microsecond)
	}
	return span(d)
}

// unnamed lists the footholds from which attacks came through that no log names.
func unnamed(r *sim.Result) (names []string) {
	for k := range r.Injections {
		i := &r.Injections[k]
		named := slices.ContainsFunc(r.Named, func(n logbook.Named) bool {
			return n.How != logbook.Itself && r.Plan.Devices[n.Device].ID == i.From
		})
		if i.Step.Kind == inject.Attack && i.From != "" && i.Outcome == inject.Applied && !named && !slices.Contains(names, clean(i.From)) {
			names = append(names, clean(i.From))
		}
	}
	return names
}
