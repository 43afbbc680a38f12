package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/unit"
)

// A blame is what a chain of causes says of harm: by what, by which machine, at whose word.
type blame struct {
	machine   string
	amount    string // in words
	command   string // who told whom last, on the way to the machine
	teller    string
	injection int // what began it, or -1
}

// blamed reads the causes of harm to a person. What harms through blood or air is no machine
// itself, and neither is what holds the air: that is the next device on the way that does not
// do so by the same quantity.
func blamed(h *sim.HarmResult) blame {
	b := blame{injection: -1}
	through := slices.Contains([]string{"glucose", "temperature", "co", "gas"}, h.Exposure)
	var media []string
	of := unit.One
	for k := range h.Causes {
		c := &h.Causes[k]
		if id := c.Signal.Device; id != h.Of && id != "" {
			if b.amount == "" {
				path, _ := pathOf(c)
				b.amount = path + " was " + value(c.Value, c.Signal.Type, c.Signal.Unit, c.Signal.Labels)
				of = c.Signal.Unit
			}
			if through && (len(media) == 0 || c.Signal.Unit.SameDim(of)) {
				media = append(media, id)
			}
			if b.machine == "" && !slices.Contains(media, id) {
				b.machine = clean(id)
			}
		}
		if c.Kind == sim.MessageCause && b.machine != "" && b.command == "" && c.Who != "" {
			b.teller, b.command = clean(c.Who), clean(c.Who)+" told "+clean(c.Signal.Device)
		}
		if c.Kind == sim.InjectionCause {
			b.injection = c.Injection
		}
	}
	if b.machine == "" && len(media) > 0 {
		b.machine = clean(media[0])
	}
	return b
}

// harmed writes who was harmed, and how near those came who were not.
func (s *sheet) harmed(r *sim.Result) {
	if len(r.Harm) == 0 {
		return
	}
	s.line("%s", s.bold("Harm"))
	unharmed, judged := 0, []string(nil)
	for i := range r.Harm {
		h := &r.Harm[i]
		if h.Severity > harm.None && !slices.Contains(judged, h.Exposure) {
			judged = append(judged, h.Exposure)
		}
		if h.Severity == harm.None && unharmed >= someHold && !s.All {
			unharmed++
			continue
		}
		if h.Severity == harm.None {
			unharmed++
		}
		s.person(r, h)
	}
	if more := unharmed - someHold; more > 0 && !s.All {
		s.line("  %s", s.ink(dim, counted(more, "person more is unharmed (--all).", "people more are unharmed (--all).")))
	}
	s.unasked(r)
	for _, exposure := range judged {
		s.bullet("  "+clean(exposure)+" judged by", harm.Source(exposure))
	}
	s.line("")
}

// unasked says that somebody was harmed and all invariants held all the same.
func (s *sheet) unasked(r *sim.Result) {
	for i := range r.Invariants {
		if r.Invariants[i].Verdict == monitor.Violated {
			return
		}
	}
	for i := range r.Harm {
		if h := &r.Harm[i]; h.Severity > harm.None {
			s.bullet("  no invariant forbids this", "add `unharmed: {always: "+clean(h.Device)+".worst == 0}`")
			return
		}
	}
}

// person writes what became of one person.
func (s *sheet) person(r *sim.Result, h *sim.HarmResult) {
	name := "  " + clean(h.Device) + " (" + clean(h.Role) + ")"
	if h.Severity == harm.None {
		s.block(name+"  ", "    ", s.paint(green, wrap("unharmed"+nearest(h), s.width-width(name)-2, s.width-4)...))
		return
	}
	text := fmt.Sprintf("%s (%d of 4) at %s", strings.ToUpper(h.Severity.String()), h.Severity, h.At.Short())
	if h.Began < h.At {
		text += ", harmed since " + h.Began.Short()
	}
	s.block(name+"  ", "    ", s.paint(red, wrap(text, s.width-width(name)-2, s.width-4)...))
	b := blamed(h)
	text = clean(h.Exposure)
	if b.amount != "" {
		text += ": " + b.amount
	}
	s.bullet("    by", text)
	if b.machine != "" {
		s.bullet("    machine", b.machine+commanded(&b)+answers(r, b.machine))
	}
	s.bullet("    began with", began(r, b.injection))
	for k := range h.Margins {
		if m := &h.Margins[k]; m.Verdict == monitor.Violated && (len(h.Exposed[k].Spared) > 0 || h.Exposed[k].Name == sim.ProtectiveDistance) {
			head, what := "    beyond", "the limit of "+exposureOf(h, k)
			if h.Exposed[k].Name == sim.ProtectiveDistance { // beyond that is safe
				head, what = "    short of", "the "+sim.ProtectiveDistance
			}
			s.bullet(head, what+" by "+strings.TrimPrefix(margin(m.Margin, m.Unit), "-")+" at "+m.Closest.Short())
		}
	}
}

// endangered tells that somebody is harmed, or that a hazard came or is gone.
func (t *teller) endangered(e sim.StoryEvent) row {
	switch e.Kind {
	case sim.HazardBegan:
		name := clean(t.Hazards[e.Index].Name)
		return row{mark: "!", colour: yellow, text: "hazard " + name, key: "hazard " + name + " came", rank: turns}
	case sim.HazardEnded:
		name := clean(t.Hazards[e.Index].Name)
		return row{mark: "v", colour: dim, text: "hazard " + name + " is gone", key: "hazard " + name + " gone", rank: turns}
	}
	h := t.Plan.Harms()[e.Index]
	text := clean(t.Harm[h.Person].Device) + " HARMED by " + clean(h.Exposure) + ": " + h.Severity.String()
	return row{mark: "X", colour: red, text: text, key: text, rank: ends}
}

func commanded(b *blame) string {
	if b.command == "" {
		return ""
	}
	return ", after " + b.command
}

func answers(r *sim.Result, machine string) string {
	if owner := ownerOf(r.Plan, machine); owner != "" {
		return "; " + clean(owner) + " answers for it"
	}
	return ""
}

// began says which step of the timeline began what a chain of causes ends in.
func began(r *sim.Result, injection int) string {
	if injection < 0 {
		return "nothing that was injected: as far as the causes go, the system did this by itself"
	}
	i := &r.Injections[injection]
	text := label(&i.Step)
	if what := strings.Trim(i.Step.What+", "+i.Step.Technique, ", "); what != "" {
		text += " (" + clean(what) + ")"
	}
	switch {
	case i.Step.Kind == inject.Attack && i.Step.Assumed:
		text += ", ASSUMED"
	case i.Attacker != "":
		text += ", by " + clean(i.Attacker) + " from " + clean(i.From)
	}
	return text + ", at " + i.Applied.Short()
}

// exposureOf is the name of an exposure of a person.
func exposureOf(h *sim.HarmResult, k int) string { return clean(h.Exposed[k].Name) }

// nearest says how near somebody came to harm by each exposure.
func nearest(h *sim.HarmResult) string {
	if len(h.Exposed) == 0 {
		return ", as nothing is wired that could harm them"
	}
	var parts []string
	for k := range h.Margins {
		m := &h.Margins[k]
		if math.IsInf(m.Margin, 0) || m.Closest == 0 && len(h.Margins) > 1 { // it never came nearer
			continue
		}
		relation := "from harm by " + exposureOf(h, k)
		switch {
		case exposureOf(h, k) != sim.ProtectiveDistance && m.Margin < 0 && len(h.Exposed[k].Spared) == 0: // its force is known
			relation = "past contact by " + exposureOf(h, k)
		case exposureOf(h, k) != sim.ProtectiveDistance && m.Margin < 0: // it did not last
			relation = "beyond the limit of " + exposureOf(h, k) + ", but not for long enough to harm,"
		case exposureOf(h, k) != sim.ProtectiveDistance:
		case m.Margin < 0:
			relation = "short of the " + sim.ProtectiveDistance
		default:
			relation = "beyond the " + sim.ProtectiveDistance
		}
		parts = append(parts, strings.TrimLeft(margin(m.Margin, m.Unit), "+-")+" "+relation+" at "+m.Closest.Short())
	}
	if len(parts) == 0 {
		return ""
	}
	return "; closest " + strings.Join(parts, ", ")
}
