package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/harden"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Harden writes which barriers would do, for people.
func Harden(w io.Writer, a *harden.Answer, o Options) error {
	s := hardened{newSheet(o), a}
	s.before()
	if !a.Before.Holds() {
		s.ranking()
		for i := range a.Sets {
			s.set(i)
		}
		s.alone()
		s.disturbing()
		s.worse()
	}
	s.conclusion()
	_, err := io.WriteString(w, s.String())
	return err
}

// hardened is a sheet about an answer.
type hardened struct {
	*sheet
	*harden.Answer
}

// before says what happens without any barrier.
func (s hardened) before() {
	switch {
	case s.Before.Holds() && !s.Complete:
		s.line("INTERRUPTED before anything was known.")
		return
	case s.Before.Holds():
		s.line("Without any barrier all invariants hold: there is nothing to prevent.")
		return
	}
	s.line("%s", s.bold("Without any barrier"))
	for i := range s.Before.Harms {
		h := &s.Before.Harms[i]
		text := s.harmed(h)
		if len(h.Hosts) > 0 {
			text += "; malware was on " + strings.Join(cleaned(h.Hosts), ", ")
		}
		if i == hostsMost && !s.All {
			s.line("  %s", s.ink(dim, fmt.Sprintf("%d more runs (--all).", len(s.Before.Harms)-i)))
			break
		}
		s.bullet("  "+clean(s.Names[h.Scenario]), text)
	}
	s.passed()
	s.line("")
}

// harmed says what a run came to: first, and by its end.
func (s hardened) harmed(h *harden.Harmed) string {
	text := fmt.Sprintf("%s is violated at %s, with seed %d", clean(h.Invariant), h.At.Short(), h.Seed)
	var then []string
	for _, v := range h.Then {
		if v.Invariant != h.Invariant {
			then = append(then, clean(v.Invariant))
		}
	}
	if len(then) > 0 {
		text += "; then " + strings.Join(then, ", ")
	}
	return text
}

// passed says what every way of malware passes, whatever way it takes.
func (s hardened) passed() {
	for _, p := range s.Passed {
		s.bullet("  "+clean(s.Names[p.Scenario]), "every way of malware to "+clean(p.To)+" passes "+strings.Join(cleaned(p.Hosts), ", "))
	}
}

func cleaned(list []string) (out []string) {
	for _, text := range list {
		out = append(out, clean(text))
	}
	return out
}

// ranking is the table of the sets that hold.
func (s hardened) ranking() {
	if len(s.Sets) == 0 {
		return
	}
	g := grid{sheet: s.sheet, titles: []string{"Barriers that hold", "Cost", "Still in reach", "Useful stopped", "Barriers"}, numbers: []bool{false, true, true, true, false}}
	for i := range s.Sets {
		set := &s.Sets[i]
		g.add(strconv.Itoa(i+1), plainNumber(set.Cost), strconv.Itoa(len(set.InReach())), strconv.Itoa(len(set.Useful)), s.listed(set.Barriers))
	}
	g.write()
	s.line("")
}

// listed names the barriers of a set.
func (s hardened) listed(m harden.Mask) string {
	return strings.Join(s.of(m), ", ")
}

func (s hardened) of(m harden.Mask) (names []string) {
	for i := range s.Barriers {
		if m>>i&1 != 0 {
			names = append(names, clean(s.Barriers[i].Name))
		}
	}
	return names
}

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'g', 10, 64) }

// set says what one set does.
func (s hardened) set(i int) {
	set := &s.Sets[i]
	s.block(s.bold(strconv.Itoa(i+1)+"  "), "   ", []string{s.bold(fmt.Sprintf("%s, for %s", s.listed(set.Barriers), plainNumber(set.Cost)))})
	for k := range s.Barriers {
		if b := &s.Barriers[k]; set.Barriers>>k&1 != 0 {
			text := clean(b.Text)
			if b.About != "" {
				text = clean(b.About) + " (" + text + ")"
			}
			s.bullet("   "+clean(b.Name), text)
		}
	}
	var ways, steps, useful []string
	others := 0
	for _, w := range set.Ways {
		switch took := s.took(w); {
		case took || s.All:
			ways = append(ways, fmt.Sprintf("%s from %s to %s by %s", clean(w.Malware), clean(w.From), clean(w.To), clean(w.By)))
		default:
			others++
		}
	}
	if others > 0 {
		ways = append(ways, counted(others, "way that it did not take (--all)", "ways that it did not take (--all)"))
	}
	for _, o := range set.Steps {
		steps = append(steps, fmt.Sprintf("%s: %s", clean(o.Step), clean(o.Why)))
	}
	for _, o := range set.Useful {
		useful = append(useful, untold(o)+": "+clean(o.Why))
	}
	s.several("stops", ways)
	s.several("stops step", steps)
	s.several("keeps from", cleaned(set.Spared))
	s.several("leaves to malware", cleaned(set.Reached))
	s.several("leaves to attackers", cleaned(set.Standing))
	s.several("leaves violated", cleaned(set.Beside))
	s.several("stops useful", useful)
	switch {
	case set.Unknown:
		s.bullet("   parts", fmt.Sprintf("with any one of its %d barriers left out it does not hold; smaller parts were not run", set.Subsets))
	case set.Subsets > 1:
		s.bullet("   parts", fmt.Sprintf("no proper subset holds: all %d were run", set.Subsets))
	}
	s.line("")
}

// took reports whether malware took a way in a run without barriers.
func (s hardened) took(w sim.Spread) bool {
	return slices.ContainsFunc(s.Before.Harms, func(h harden.Harmed) bool {
		return slices.ContainsFunc(h.Took, func(t sim.Spread) bool { return t.Passage() == w.Passage() })
	})
}

// several writes what there is of something, in one line where that is short.
func (s hardened) several(what string, list []string) {
	if len(list) == 0 {
		return
	}
	more := ""
	if len(list) > hostsMost && !s.All {
		more = fmt.Sprintf("; %d more (--all)", len(list)-hostsMost)
		list = list[:hostsMost]
	}
	sep := "; "
	if !strings.Contains(strings.Join(list, ""), " ") {
		sep = ", "
	}
	s.bullet("   "+what, strings.Join(list, sep)+more)
}

// untold says which message devices cannot tell one another.
func untold(o sim.Obstacle) string {
	text := clean(o.From) + " cannot " + o.Verb.String() + " "
	if len(o.Signals) == 0 {
		return text + "anything at " + clean(o.To)
	}
	return text + strings.Join(cleaned(o.Signals), ", ") + " of " + clean(o.To)
}

// alone says what each barrier does by itself, and which everyday life does not stand.
func (s hardened) alone() {
	if len(s.Alone)+len(s.Harmful) == 0 {
		return
	}
	g := grid{sheet: s.sheet, titles: []string{"Each alone", "Cost", "What comes of it"}, numbers: []bool{false, true, false}}
	for k := range s.Barriers {
		if text := s.lonely(k); text != "" {
			g.add("  "+clean(s.Barriers[k].Name), plainNumber(s.Barriers[k].Cost), text)
		}
	}
	g.write()
	s.line("")
}

// lonely says what a barrier does by itself; nothing where that is not known.
func (s hardened) lonely(barrier int) string {
	if i := slices.IndexFunc(s.Harmful, func(h harden.Harm) bool { return h.Barrier == barrier }); i >= 0 {
		h := &s.Harmful[i]
		return fmt.Sprintf("cannot be raised: %s of %s is violated", clean(h.Invariant), clean(s.Names[h.Scenario]))
	}
	i := slices.IndexFunc(s.Alone, func(t harden.Trial) bool { return t.Raised == 1<<barrier })
	switch {
	case i < 0:
		return ""
	case s.Alone[i].Broken != "":
		return "not known: " + clean(s.Alone[i].Broken)
	case len(s.Alone[i].Harms) == 0:
		return "holds"
	}
	return s.besides(&s.Alone[i].Harms[0])
}

// besides says what a run came to with one barrier; in short where that is what it comes to
// without it.
func (s hardened) besides(h *harden.Harmed) string {
	i := slices.IndexFunc(s.Before.Harms, func(b harden.Harmed) bool { return b.Scenario == h.Scenario && b.Seed == h.Seed })
	if i < 0 || len(h.Then) == 0 || len(h.Then) != len(s.Before.Harms[i].Then) {
		return s.harmed(h)
	}
	bare := &s.Before.Harms[i]
	for _, v := range h.Then {
		if !slices.ContainsFunc(bare.Then, func(b harden.Violation) bool { return b.Invariant == v.Invariant }) {
			return s.harmed(h)
		}
	}
	text := "nothing is prevented"
	if attacks := slices.DeleteFunc(slices.Clone(s.Normal), func(normal bool) bool { return normal }); len(attacks) > 1 {
		text += " in " + clean(s.Names[h.Scenario])
	}
	if h.At == bare.At && h.Invariant == bare.Invariant {
		return text
	}
	if h.At > bare.At {
		text = strings.Replace(text, "nothing is prevented", "nothing is prevented, it only comes later", 1)
	}
	return text + fmt.Sprintf(": %s is violated at %s", clean(h.Invariant), h.At.Short())
}

// disturbing says why everyday life does not stand some barriers.
func (s hardened) disturbing() {
	for i := range s.Harmful {
		h := &s.Harmful[i]
		b := &s.Barriers[h.Barrier]
		text := fmt.Sprintf("%s: %s cannot be raised: with it %s of %s is violated at %s, though nobody attacks", clean(b.At), clean(b.Name),
			clean(h.Invariant), clean(s.Names[h.Scenario]), h.At.Short())
		for _, o := range h.Stopped {
			text += "; " + untold(o) + ": " + clean(o.Why)
		}
		s.block("", "  ", s.paint(yellow, wrap(text, s.width, s.width-2)...))
	}
	if len(s.Harmful) > 0 {
		s.line("")
	}
}

// worse says which barriers did harm.
func (s hardened) worse() {
	told := map[int]bool{}
	for i := range s.Worse {
		w := &s.Worse[i]
		if told[w.Barrier] && !s.All {
			continue
		}
		told[w.Barrier] = true
		beside := "alone"
		if rest := w.Raised &^ (1 << w.Barrier); rest != 0 {
			beside = "beside " + s.listed(rest)
		}
		did, instead := "does harm", "without it that holds"
		if w.Before < vtime.Never {
			did, instead = "has it come earlier", "without it at "+w.Before.Short()
		}
		text := fmt.Sprintf("%s %s, raised %s: in %s %s; %s", clean(s.Barriers[w.Barrier].Name), did, beside, clean(s.Names[w.Scenario]), s.harmed(&w.Harmed), instead)
		s.block("", "  ", s.paint(yellow, wrap(text, s.width, s.width-2)...))
	}
	if len(s.Worse) > 0 {
		s.line("")
	}
}

// conclusion says how sure that is.
func (s hardened) conclusion() {
	runs := fmt.Sprintf("%s of %s of barriers.", count(s.Runs, "run"), count(s.Tried, "set"))
	if s.Before.Holds() {
		s.line("%s", runs)
		return
	}
	var text string
	switch {
	case !s.Complete && len(s.Sets) == 0:
		text = "INTERRUPTED: none was found yet."
	case !s.Complete:
		text = "INTERRUPTED: these hold; whether a cheaper set does is not known."
	case len(s.Sets) == 0:
		text = "No set of these barriers holds."
	case slices.ContainsFunc(s.Worse, func(w harden.Worse) bool { return w.Before == vtime.Never }):
		text = "No cheaper set holds, as far as no barrier does harm but those that were seen to."
	default:
		text = "No cheaper set holds, as far as no barrier has violated what holds without it; none was seen to."
	}
	if len(s.Contrary) > 0 {
		text += " But " + strings.Join(cleaned(s.Contrary), ", ") + " held without barriers: where that only says that the attack succeeds, name the invariants that count, with --invariant."
	}
	if len(s.Sets) > 0 && !slices.Contains(s.Normal, true) {
		text += " Whether everyday life holds with them was not asked: --normal names a scenario for that."
	}
	text += " That is so in this model, with these seeds: " + runs
	s.block("", "", wrap(text, s.width, s.width))
}
