package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Why writes what people read about why one invariant was violated.
func Why(w io.Writer, r *sim.Result, f *why.Finding, o Options) error {
	s := newSheet(o)
	s.endangered(r, f)
	if f.Verdict != monitor.Violated {
		s.block("", "  ", wrap(unneeded(r, f), s.width, s.width-2))
	} else {
		s.tree(r, f)
		s.again(r, f)
		s.candidates(f)
		s.others(r, f)
		s.answers(r, f)
	}
	_, err := io.WriteString(w, s.String())
	return err
}

// unneeded says that there is nothing to explain.
func unneeded(r *sim.Result, f *why.Finding) string {
	if f.Harm != nil {
		return clean(r.Harm[f.Harm.Person].Device) + " was not harmed by " + clean(f.Harm.Exposure) + ": there is nothing to explain."
	}
	if f.Hazard != "" {
		return "The hazard " + clean(f.Hazard) + " never was there: there is nothing more to explain."
	}
	return fmt.Sprintf("%s was not violated (%s): there is nothing to explain.", f.Name, f.Verdict)
}

// befell is what came to be: a violation, or harm to a person.
func befell(r *sim.Result, i *sim.InvariantResult) string {
	if i.Harm != nil {
		return clean(r.Harm[i.Harm.Person].Device) + " was harmed by " + clean(i.Harm.Exposure) + modelAt(r, i) + ": " + graded(i.Harm.Severity)
	}
	if i.Hazard != "" {
		return "the hazard " + clean(i.Hazard) + " was there"
	}
	return i.Name + " was violated"
}

// endangered writes, of a hazard that is to be explained, what became of it: what began it,
// which layers acted and which failed, and who was harmed and how.
func (s *sheet) endangered(r *sim.Result, f *why.Finding) {
	for i := range r.Hazards {
		h := &r.Hazards[i]
		if h.Name != f.Hazard {
			continue
		}
		s.hazard(r, h)
		for _, c := range crowds(r) {
			if c.people[0].Severity > harm.None && slices.ContainsFunc(c.people, func(p *sim.HarmResult) bool { return exposes(h, p) }) {
				s.crowd(&c)
			}
		}
		if f.Verdict == monitor.Violated {
			s.line("")
		}
	}
}

// tree writes the links, each numbered, with the number of what it is a cause of.
func (s *sheet) tree(r *sim.Result, f *why.Finding) {
	s.line("%s", s.bold("Why "+befell(r, f.InvariantResult)+" at "+f.At.Short()))
	if f.Text != "" {
		s.block(plain, plain, wrap("wanted: "+clean(f.Text), s.width-2, s.width-2))
	}
	for _, l := range failed(f.Witness) {
		s.block(l.head, strings.Repeat(" ", len(l.head)), wrap(l.text, s.width-len(l.head), s.width-len(l.head)))
	}
	if len(f.Tree.Roots) == 0 {
		s.block(plain, plain, wrap("Nothing of the timeline had influence on what it reads: the system did this by itself.", s.width-2, s.width-2))
	}
	for k := range f.Tree.Links {
		s.link(r, f.Tree, k)
	}
	s.line("")
}

// link writes a link, and below it those that are told elsewhere and are its causes too.
func (s *sheet) link(r *sim.Result, t *sim.Tree, k int) {
	l := &t.Links[k]
	head := fmt.Sprintf("  %2d  ", k+1)
	if l.Effect >= 0 {
		head += fmt.Sprintf("<- %d  ", l.Effect+1)
	}
	hang := strings.Repeat(" ", len(head))
	lines := wrap(linked(r, &l.Cause), s.width-len(head), s.width-len(head))
	if l.Injection >= 0 {
		lines = s.paint(yellow, lines...)
	}
	s.block(head, hang, lines)
	for n := range t.Links {
		for _, a := range t.Links[n].Also {
			if a.Effect == k {
				s.elsewhere(r, &t.Links[n].Cause, n, k, a.Needed)
			}
		}
	}
}

// elsewhere refers to a link that is told in another place.
func (s *sheet) elsewhere(r *sim.Result, c *sim.Cause, link, effect int, needed string) {
	where, name := "above", ""
	if link > effect {
		where = "below"
	}
	if name, _ = pathOf(c); c.Injection >= 0 {
		name = label(&r.Injections[c.Injection].Step)
	}
	text := fmt.Sprintf("see %d %s: %s", link+1, where, name)
	if needed != "" {
		text += "; needed for this: " + clean(needed)
	}
	head := fmt.Sprintf("      <- %d  ", effect+1)
	s.block(head, strings.Repeat(" ", len(head)), wrap(text, s.width-len(head), s.width-len(head)))
}

// again writes what the runs without a root, and with it alone, came to.
func (s *sheet) again(r *sim.Result, f *why.Finding) {
	if len(f.Roots) > 0 {
		name := len("Root")
		for k := range f.Roots {
			name = max(name, width(clean(f.Roots[k].Name)))
		}
		s.line("%s  %s  %s  In this model", s.bold(left("Root", name+2)), left("Without it", 18), left("Alone", 15))
		for k := range f.Roots {
			root := &f.Roots[k]
			row := fmt.Sprintf("  %s  %s  %s  %s", left(clean(root.Name), name), left(without(root, f.At), 18), left(alone(f, root), 15), role(root))
			s.line("%s", row)
			if root.Broken != "" {
				s.block("      ", "      ", wrap("a run broke: "+clean(root.Broken), s.width-6, s.width-6))
			}
		}
	}
	if text := spellAsked(r, f); text != "" {
		s.block(plain, plain, wrap(text, s.width-2, s.width-2))
	}
	for _, text := range conclusions(r, f) {
		s.block(plain, plain, wrap(text, s.width-2, s.width-2))
	}
	s.line("")
}

// without says what comes of it without a root.
func without(root *why.Root, at vtime.Time) string {
	switch {
	case root.Broken != "":
		return "not known"
	case root.Without == vtime.Never:
		return "does not happen"
	case root.Without == at:
		return "the same"
	}
	return "at " + root.Without.Short()
}

func alone(f *why.Finding, root *why.Root) string {
	switch {
	case root.Broken != "":
		return "not known"
	case root.Sufficient || f.Anyway:
		return "happens"
	}
	return "does not happen"
}

func role(root *why.Root) string {
	switch {
	case root.Necessary && root.Sufficient:
		return "necessary, enough"
	case root.Necessary:
		return "necessary"
	case root.Sufficient:
		return "enough by itself"
	case root.Beside:
		return "enough beside them"
	}
	return "neither"
}

// conclusions says what follows from the runs.
func conclusions(r *sim.Result, f *why.Finding) (list []string) {
	var necessary, sufficient, beside []string
	for k := range f.Roots {
		root := &f.Roots[k]
		if root.Beside {
			beside = append(beside, clean(root.Name))
		}
		if root.Necessary {
			necessary = append(necessary, clean(root.Name))
		}
		if root.Sufficient {
			sufficient = append(sufficient, clean(root.Name))
		}
	}
	switch {
	case f.Anyway:
		return append(list, "It happens without any injection as well: it is not caused by any of them.")
	case len(necessary) > 0:
		list = append(list, "Necessary in this model: "+strings.Join(necessary, ", ")+". Without "+pronoun(necessary)+" it does not happen. That is a fact about this run, no proof.")
		if text := enough(necessary, beside); text != "" {
			list = append(list, text+pairs(f))
		} else if len(f.Cuts) > 0 {
			list = append(list, "Beside "+together(necessary)+" it is over-determined."+pairs(f))
		}
	default:
		list = append(list, overdetermined(f, sufficient))
	}
	for k := range f.Roots {
		root := &f.Roots[k]
		if step := &r.Injections[root.Injection].Step; root.Necessary && (step.Kind != inject.Attack || step.Assumed) {
			list = append(list, rootOf(r, root.Injection))
		}
	}
	return list
}

func pronoun(names []string) string {
	if len(names) == 1 {
		return "it"
	}
	return "any one of them"
}

// overdetermined says what is so where no single root is necessary.
func overdetermined(f *why.Finding, sufficient []string) string {
	text := "No single root is necessary: it is over-determined."
	if len(sufficient) > 0 {
		text += " Enough by itself: " + strings.Join(sufficient, ", ") + "."
	}
	if len(f.Cuts) == 0 && len(f.Roots) > 2 {
		text += " To leave out two does not prevent it either."
	}
	return text + pairs(f)
}

// enough says which roots are each enough beside those that are necessary.
func enough(necessary, beside []string) string {
	switch len(beside) {
	case 0:
		return ""
	case 1:
		return "Beside " + together(necessary) + ", " + beside[0] + " is enough."
	}
	return "Beside " + together(necessary) + ", " + together(beside) + " are each enough."
}

// together joins names: "a, b and c".
func together(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return names[0]
}

// pairs says which pairs it does not happen without.
func pairs(f *why.Finding) (text string) {
	var list []string
	for _, cut := range f.Cuts {
		list = append(list, clean(cut[0])+" and "+clean(cut[1]))
	}
	if len(list) > 0 {
		text = " It does not happen without both " + strings.Join(list, ", nor without both ") + "."
	}
	if f.Untried > 0 {
		text += fmt.Sprintf(" %s were not tried.", count(f.Untried, "pair"))
	}
	return text
}

// tried names the checks that were tried, with the devices on which each was.
func tried(list []why.Check) string {
	var names []string
	on := map[string][]string{}
	for k := range list {
		c := &list[k]
		if len(on[c.Check]) == 0 {
			names = append(names, c.Check)
		}
		on[c.Check] = append(on[c.Check], clean(c.Device))
	}
	for k, name := range names {
		names[k] = clean(name) + " on " + strings.Join(on[name], ", ")
	}
	return strings.Join(names, "; ")
}

// candidates writes which checks would have stopped it.
func (s *sheet) candidates(f *why.Finding) {
	if len(f.Checks) == 0 {
		return
	}
	var stops []string
	for k := range f.Checks {
		if c := &f.Checks[k]; c.Stops {
			stops = append(stops, fmt.Sprintf("%s on %s", clean(c.Check), clean(c.Device)))
		}
	}
	switch {
	case len(stops) == 0 && f.Anyway:
		return // who would expect one to
	case len(stops) == 0 && len(f.Checks) == 1:
		s.block("", "  ", wrap("The one check that was tried would not have stopped it.", s.width, s.width-2))
	case len(stops) == 0:
		s.block("", "  ", wrap(fmt.Sprintf("None of %s that were tried would have stopped it: %s.", count(len(f.Checks), "check"), tried(f.Checks)), s.width, s.width-2))
	default:
		s.line("%s", s.bold("Would have stopped it, the cheapest first"))
		for _, text := range stops {
			s.block(plain, plain, wrap(text, s.width-2, s.width-2))
		}
	}
	s.line("")
}

// answers writes who answers for what.
func (s *sheet) answers(r *sim.Result, f *why.Finding) {
	list := accounts(r, f)
	if len(list) == 0 {
		return
	}
	device, owner := len("Device"), len("Who answers for it")
	for _, a := range list {
		device, owner = max(device, width(clean(a.device))), max(owner, width(clean(a.owner)))
	}
	s.line("%s  %s  What it did", s.bold(left("Device", device+2)), left("Who answers for it", owner))
	for _, a := range list {
		name := clean(a.owner)
		if name == "" {
			name = "nobody named"
		}
		s.line("  %s  %s  %s", left(clean(a.device), device), left(name, owner), a.did)
	}
}
