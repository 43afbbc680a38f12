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
	amount    string // in words: of the signal that comes from somewhere else
	own       string // how much of the exposure itself there was, where that is not the same quantity; or empty
	command   string // in words: what moved the machine
	teller    string
	injection int // what began it, or -1
}

// blamed reads the causes of harm to a person. What harms through blood or air is no machine
// itself, and neither is what holds the air: that is the next device on the way that does not
// do so by the same quantity. In a collision it is the one that ran into the other.
func blamed(h *sim.HarmResult) blame {
	b := blame{injection: -1}
	through := slices.Contains([]string{"glucose", "temperature", "co", "gas"}, h.Exposure)
	var media []string
	of := unit.One
	for k := range h.Causes {
		c := &h.Causes[k]
		if c.Signal.Device == h.Of && c.Signal.Signal == h.Exposure && b.amount == "" {
			b.own = value(settled(h.Exposure, c.Value), c.Signal.Type, c.Signal.Unit, c.Signal.Labels)
		}
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
			b.teller, b.command = clean(c.Who), ", after "+clean(c.Who)+" told "+clean(c.Signal.Device)
		}
		if c.Kind == sim.InjectionCause {
			b.injection = c.Injection
		}
	}
	if b.machine == "" && len(media) > 0 {
		b.machine = clean(media[0])
	}
	b.wired(h)
	if h.Wired.Machine != "" && !through {
		b.machine = clean(h.Wired.Machine)
	}
	if h.Strike.Machine != "" {
		b.struck(&h.Strike)
		if h.Strike.Step > 0 {
			b.injection = h.Strike.Step - 1
		}
	}
	return b
}

// settled is a distance that is none where it is less than an instant's way, which is found to the nanosecond.
func settled(exposure string, x float64) float64 {
	if exposure == "separation" && math.Abs(x) < 1e-6 {
		return 0
	}
	return x
}

// of is the exposure with how much of it there was. What made it so much, where that is another quantity, is told beside
// it: a distance is not the place of what comes near.
func (b *blame) of(h *sim.HarmResult) string {
	text := clean(h.Exposure)
	switch {
	case b.amount != "" && b.own != "":
		return text + ": " + b.own + ", as " + b.amount + atWorst(h, h.Exposure, " was "+b.own)
	case b.amount != "":
		return text + ": " + b.amount + atWorst(h, h.Exposure, b.amount)
	}
	return text + strings.Replace(atWorst(h, h.Exposure, ""), "; ", ": ", 1)
}

// wired blames what is wired to the exposure, where the chain of causes does not lead over it: it
// may tell why somebody was there still.
func (b *blame) wired(h *sim.HarmResult) {
	x := &h.Wired.Signal
	over := func(c sim.Cause) bool { return c.Signal.Device == x.Device }
	if x.Device == "" || slices.ContainsFunc(h.Causes, over) {
		return
	}
	c := sim.Cause{Signal: *x}
	path, _ := pathOf(&c)
	b.amount = path + " was " + value(h.Wired.Value, x.Type, x.Unit, x.Labels)
	b.machine, b.teller, b.command = clean(x.Device), "", ""
}

// struck blames the machine that ran into another, and what drives it.
func (b *blame) struck(s *sim.Strike) {
	b.machine, b.teller, b.command = clean(s.Machine), clean(s.Teller), ""
	if s.Into != "" {
		b.command = ", which ran into " + clean(s.Into)
	}
	switch {
	case s.Teller != "":
		b.command += ", after " + clean(s.Teller) + " told " + clean(s.By)
	case s.By != "":
		b.teller = clean(s.By)
		b.command += ", driven by " + clean(s.By)
	}
}

// harmed writes who was harmed, and how near those came who were not.
func (s *sheet) harmed(r *sim.Result) {
	if len(r.Harm) == 0 {
		return
	}
	s.line("%s", s.bold("Harm"))
	unharmed, hidden, judged := 0, 0, []verdictOn(nil)
	for _, c := range crowds(r) {
		for k := range c.people[0].Harms {
			judged = judges(judged, &c.people[0].Harms[k])
		}
		if c.people[0].Severity == harm.None {
			if unharmed++; unharmed > someHold && !s.All {
				hidden += len(c.people)
				continue
			}
		}
		s.crowd(&c)
	}
	if hidden > 0 {
		s.line("  %s", s.ink(dim, counted(hidden, "person more is unharmed (--all).", "people more are unharmed (--all).")))
	}
	s.unasked(r)
	s.undecided(r)
	for _, by := range judged {
		s.bullet("  "+clean(by.exposure)+" judged by", harm.Source(by.exposure, by.models...))
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

// A crowd are people of whom the same is to be said.
type crowd struct {
	people []*sim.HarmResult
	fate   string
	notes  []sentence
}

// crowds brings people together of whom the same is to be said, as those are who sit in one car.
func crowds(r *sim.Result) (list []crowd) {
	for i := range r.Harm {
		h := &r.Harm[i]
		one := crowd{people: []*sim.HarmResult{h}, fate: fate(h), notes: notes(r, h)}
		at := slices.IndexFunc(list, func(c crowd) bool { return c.fate == one.fate && slices.Equal(c.notes, one.notes) })
		if at < 0 {
			list = append(list, one)
			continue
		}
		list[at].people = append(list[at].people, h)
	}
	return list
}

// crowd writes what became of people.
func (s *sheet) crowd(c *crowd) {
	var names []string
	for _, h := range c.people {
		names = append(names, clean(h.Device)+" ("+clean(h.Role)+")")
	}
	colour := red
	if c.people[0].Severity == harm.None {
		colour = green
	}
	name := "  " + s.few(names)
	if len(names) == 1 {
		s.block(name+"  ", "    ", s.paint(colour, wrap(c.fate, s.width-width(name)-2, s.width-4)...))
	} else {
		s.block("  ", "    ", wrap(name, s.width-4, s.width-4))
		s.block("    ", "    ", s.paint(colour, wrap(c.fate, s.width-4, s.width-4)...))
	}
	for _, n := range c.notes {
		s.bullet("    "+n.head, n.text)
	}
}

// someNamed is how many are named where there are more.
const someNamed = 6

// few lists names, or some of them.
func (s *sheet) few(names []string) string {
	if more := len(names) - someNamed; more > 1 && !s.All {
		return strings.Join(names[:someNamed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// fate is what became of a person.
func fate(h *sim.HarmResult) string {
	if h.Severity == harm.None {
		return "unharmed" + nearest(h)
	}
	text := fmt.Sprintf("%s (%d of 4) at %s", strings.ToUpper(h.Severity.String()), h.Severity, h.At.Short())
	since := harmedSince(h)
	if since < h.At {
		text += ", harmed since " + since.Short()
	}
	if h.Began < since {
		text += ", and before, first at " + h.Began.Short()
	}
	return text
}

// notes say by what a person was harmed, for how long, by which machine, who began it and by how
// much it was too much.
func notes(r *sim.Result, h *sim.HarmResult) (list []sentence) {
	if h.Severity == harm.None {
		return append(owned(h), unknown(r, h)...)
	}
	b := blamed(h)
	list = append(list, sentence{"by", b.of(h)})
	list = append(list, owned(h)...)
	list = append(list, modelled(h, h.Exposure)...)
	list = append(list, dosed(h, h.Exposure)...)
	list = append(list, spells(r, h)...)
	if b.machine != "" {
		list = append(list, sentence{"machine", b.machine + b.command + answers(r, b.machine)})
	}
	list = append(list, beginning(r, b.injection, h.Let, h.Means))
	list = append(list, repeats(r, h)...)
	list = append(list, outside(r, h)...)
	for k := range h.Margins {
		if m := &h.Margins[k]; m.Verdict == monitor.Violated && (len(h.Exposed[k].Spared) > 0 || h.Exposed[k].Name == sim.ProtectiveDistance) {
			head, what := "beyond", "the limit of "+limited(exposureOf(h, k))
			if h.Exposed[k].Name == sim.ProtectiveDistance { // beyond that is safe
				head, what = "short of", "the "+sim.ProtectiveDistance
			}
			list = append(list, sentence{head, what + " by " + strings.TrimPrefix(margin(m.Margin, m.Unit), "-") + " at " + m.Closest.Short() + anotherTime(h, k, m.Closest)})
		}
	}
	return list
}

// owned says which limits of a person are not the published ones.
func owned(h *sim.HarmResult) (list []sentence) {
	for k := range h.Exposed {
		if own := h.Exposed[k].Own; own != "" {
			list = append(list, sentence{"limit of " + exposureOf(h, k), clean(own)})
		}
	}
	return list
}

// limited is what an exposure has a limit of.
func limited(exposure string) string {
	if exposure == "co" {
		return "carbon monoxide in the blood"
	}
	return exposure
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

func answers(r *sim.Result, machine string) string {
	if owner := ownerOf(r.Plan, machine); owner != "" {
		if strings.HasSuffix(owner, "s") { // several may be: households
			return "; answered for by " + clean(owner)
		}
		return "; " + clean(owner) + " answers for it"
	}
	return ""
}

// originOf is a step of the timeline and whose it is.
func originOf(r *sim.Result, injection int) string {
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
	return text
}

// exposureOf is the name of an exposure of a person.
func exposureOf(h *sim.HarmResult, k int) string { return clean(h.Exposed[k].Name) }
