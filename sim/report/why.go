package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/unit"
)

// whys writes the causes of one violation, or of all of them.
func (s *sheet) whys(r *sim.Result) {
	list := suspects(r)
	more := 0
	if len(list) > 1 && !s.All {
		more, list = len(list)-1, list[:1]
	}
	for n, i := range list {
		s.why(r, i)
		if more > 0 && n == 0 {
			s.line("  %s", s.ink(dim, fmt.Sprintf("--all says why for %s more.", count(more, "violation"))))
		}
		s.line("")
	}
}

// suspects lists the violations as they are shown and explained: first those that
// were not expected, then those with a margin, that is of physics rather than of
// what is true or false, then by time.
func suspects(r *sim.Result) []*sim.InvariantResult {
	rank := func(i *sim.InvariantResult) (n int) {
		if i.Expected {
			n += 2
		}
		if math.IsInf(i.Margin, 0) {
			n++
		}
		return n
	}
	list := r.Violations()
	slices.SortStableFunc(list, func(a, b *sim.InvariantResult) int { return rank(a) - rank(b) })
	return list
}

// why writes the chain of causes of one violation.
func (s *sheet) why(r *sim.Result, i *sim.InvariantResult) {
	s.line("%s", s.bold("Why "+i.Name+" was violated at "+i.At.Short()))
	for _, line := range chain(r, i) {
		hang := strings.Repeat(" ", len(line.head))
		s.block(line.head, hang, wrap(line.text, s.width-len(line.head), s.width-len(line.head)))
	}
}

// A sentence is one line of a chain of causes.
type sentence struct{ head, text string }

// plain is how a sentence begins, cause how one does that is the cause of the one
// before.
const (
	plain = "  "
	cause = "  <- "
)

// chain is the causes of a violation in words, from what was violated back to
// the root and who answers for what.
func chain(r *sim.Result, i *sim.InvariantResult) (list []sentence) {
	if i.Text != "" {
		list = append(list, sentence{plain, "wanted: " + clean(i.Text)})
	}
	list = append(list, failed(i.Witness)...)
	for k := range i.Causes {
		head := cause
		if len(list) == 0 {
			head = plain
		}
		c := &i.Causes[k]
		text := linked(r, c)
		list = append(list, sentence{head, text})
	}
	var last *sim.Cause
	if n := len(i.Causes); n > 0 {
		last = &i.Causes[n-1]
	}
	text := root(r, last)
	if last == nil || last.Injection < 0 {
		if other := unclear(r, i); other != "" {
			text = other
		}
	}
	list = append(list, sentence{plain, text})
	if text = besides(r, i); text != "" {
		list = append(list, sentence{plain, text})
	}
	if text = owners(r, i.Causes); text != "" {
		list = append(list, sentence{plain, text})
	}
	return list
}

// because says what one cause is.
func because(r *sim.Result, c *sim.Cause) string {
	path, place := pathOf(c)
	x := value(c.Value, c.Signal.Type, c.Signal.Unit, c.Signal.Labels)
	switch c.Kind {
	case sim.PhysicsCause:
		return path + " was " + x + moving(c)
	case sim.ComputedCause:
		return fmt.Sprintf("%s was %s %s", path, x, since(c))
	case sim.DecisionCause:
		return fmt.Sprintf("%s set %s to %s at %s", clean(c.Who), path, x, c.At.Short())
	case sim.MessageCause:
		if c.Signal.Device == "" { // a figure, which messages make
			break
		}
		return fmt.Sprintf("%s told %s: %s = %s, at %s", clean(c.Who), clean(c.Signal.Device), clean(c.Signal.Signal), x, c.At.Short())
	case sim.InjectionCause:
		return injected(r, c, path, place, x)
	case sim.CheckCause:
		if c.Check != "" {
			return fmt.Sprintf("%s, so %s was %s %s", clean(c.Check), path, x, since(c))
		}
	}
	return fmt.Sprintf("%s was %s %s", path, x, since(c))
}

// since says from when on a signal had its value.
func since(c *sim.Cause) string {
	if c.At == 0 {
		return "from the start"
	}
	return "from " + c.At.Short()
}

// pathOf returns the signal that people know of a cause, and where it was seen
// where that is not the signal itself: "told", "wired" or "factor".
func pathOf(c *sim.Cause) (path, place string) {
	path = strings.TrimPrefix(clean(c.Signal.Path()), ".") // a signal of no device
	for _, place := range []string{"told", "wired", "factor"} {
		if name, ok := strings.CutPrefix(c.Signal.Signal, place+"("); ok && strings.HasSuffix(name, ")") {
			return strings.Replace(path, clean(c.Signal.Signal), clean(strings.TrimSuffix(name, ")")), 1), place
		}
	}
	return path, ""
}

// moving says which way a continuous signal went.
func moving(c *sim.Cause) string {
	if c.Rate == 0 || math.IsNaN(c.Rate) {
		return ", steady"
	}
	verb := ", rising "
	if c.Rate < 0 {
		verb = ", falling "
	}
	u, err := unit.Parse(c.Signal.Unit.Delta().Symbol + "/s")
	if c.Signal.Unit.Symbol == "" || err != nil {
		u, err = unit.Parse("1/s")
	}
	if err != nil {
		return ""
	}
	return verb + figure(math.Abs(c.Rate), u)
}

// injected says what an injection did to a signal.
func injected(r *sim.Result, c *sim.Cause, path, place, x string) string {
	step := &r.Injections[c.Injection].Step
	what := step.What
	if step.Technique != "" {
		what = strings.TrimSpace(what + ", " + step.Technique)
	}
	text := label(step)
	if what = strings.Trim(what, ", "); what != "" {
		text += " (" + clean(what) + ")"
	}
	otherwise := value(c.Otherwise, c.Signal.Type, c.Signal.Unit, c.Signal.Labels)
	switch place {
	case "told":
		text += " made " + path + " read " + x
	case "wired":
		text += " made the wire of " + path + " say " + x
	case "factor":
		return text + " changed how fast " + path + " moves, from " + c.At.Short()
	default:
		text += " made " + path + " " + x
		if c.Signal.Role == device.RoleTold { // a command: what it would be is not known
			return text + " from " + c.At.Short()
		}
	}
	if !math.IsNaN(c.Otherwise) && otherwise != x {
		text += " instead of " + otherwise
	}
	return text + ", from " + c.At.Short()
}

// unclear says that an injection may be behind a chain that does not lead to one.
func unclear(r *sim.Result, i *sim.InvariantResult) string {
	var names []string
	for k := range r.Injections {
		in := &r.Injections[k]
		if in.Outcome == inject.Applied && in.Applied <= i.At && !slices.Contains(i.Untouched, k) {
			names = append(names, clean(in.Step.Name))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "It leads no further back. What this reads was under the influence of " + strings.Join(names, ", ") + "."
}

// root says what stands at the end of a chain: an assumption, a fault, an act,
// or nothing that was injected.
func root(r *sim.Result, last *sim.Cause) string {
	if last == nil || last.Injection < 0 {
		return "No injection is in this chain: as far as it goes, the system did this by itself."
	}
	return rootOf(r, last.Injection)
}

// rootOf says whose doing an injection is.
func rootOf(r *sim.Result, injection int) string {
	switch step := &r.Injections[injection].Step; {
	case step.Kind == inject.Fault:
		return clean(step.Name) + " is a fault: it needs no adversary."
	case step.Kind == inject.Act:
		return clean(step.Name) + " is an act of people or the world."
	case step.Assumed:
		return clean(step.Name) + " is ASSUMED: it has no foothold. `from:` makes an attack earn what it does."
	}
	return clean(r.Injections[injection].Step.Name) + " came from its foothold."
}

// owners says who answers for the devices in a chain.
func owners(r *sim.Result, causes []sim.Cause) string {
	var names, parts []string
	for k := len(causes) - 1; k >= 0; k-- {
		for _, name := range []string{causes[k].Signal.Device, causes[k].Who} {
			if name == "" || slices.Contains(names, name) {
				continue
			}
			names = append(names, name)
			if owner := ownerOf(r.Plan, name); owner != "" {
				parts = append(parts, clean(name)+": "+clean(owner))
			}
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case len(parts) == 0:
		return "Nobody is named who answers for " + clean(names[0]) + " (`owner:`)."
	}
	return "Who answers for " + strings.Join(parts, ", for ") + "."
}

func ownerOf(p *sim.Plan, name string) string {
	if d := p.Device(name); d != nil {
		return d.Owner
	}
	return ""
}
