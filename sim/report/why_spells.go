package report

import (
	"fmt"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/vtime"
)

// otherSpells are the times at which the person was harmed whose harm is explained, but for the one that is.
func otherSpells(r *sim.Result, f *why.Finding) (list []sim.Spell) {
	if f.Harm == nil {
		return nil
	}
	for _, s := range r.Spells(f.Harm.Person, -1) {
		if s.Exposure != f.Harm.Exposure || f.At < s.From || f.At > s.To {
			list = append(list, s)
		}
	}
	return list
}

// others says when else the person was harmed, and how to ask for that.
func (s *sheet) others(r *sim.Result, f *why.Finding) {
	list := otherSpells(r, f)
	if len(list) == 0 {
		return
	}
	name := clean(r.Harm[f.Harm.Person].Device)
	s.line("%s", s.bold("When else "+name+" was harmed"))
	for k := range list {
		x := &list[k]
		s.bullet("  "+clean(x.Exposure), fmt.Sprintf("%s, %s", graded(x.Severity), interval(x.Span, r)))
		s.line("    harmproof why %s %s.%s --at %s%s", shell(source(r.Plan)), name, clean(x.Exposure), x.From.Short(), seeded(r))
	}
	h := &r.Harm[f.Harm.Person]
	for k := range h.Harms {
		if by := &h.Harms[k]; by.Levels[0].Count > len(by.Spells) {
			s.bullet("  "+clean(by.Exposure), fmt.Sprintf("and %d times more, which are not explained", by.Levels[0].Count-len(by.Spells)))
		}
	}
	s.line("")
}

// seeded is what has a verb take the seed of a run, where that is not the scenario's.
func seeded(r *sim.Result) string {
	if r.Seed == r.Plan.Seed {
		return ""
	}
	return fmt.Sprintf(" --seed %d", r.Seed)
}

// spellAsked says what counts as the same harm in the other runs, where one of several times is explained.
func spellAsked(r *sim.Result, f *why.Finding) string {
	if f.Spell == nil {
		return ""
	}
	text := fmt.Sprintf("It happens where %s is harmed so while that lasted (%s), or where such harm begins",
		clean(r.Harm[f.Harm.Person].Device), interval(f.Violations[f.Spell.Nth], r))
	after, before := f.Between()
	switch {
	case after < 0:
		return text + " before " + before.Short() + "."
	case before == vtime.Never:
		return text + " after " + after.Short() + "."
	}
	return text + " between " + after.Short() + " and " + before.Short() + "."
}

// A jsonOther is a time at which the person was harmed as well.
type jsonOther struct {
	Exposure string   `json:"exposure"`
	Severity int      `json:"severity"`
	Word     string   `json:"severity_word"`
	From     *float64 `json:"from_seconds"`
	To       *float64 `json:"to_seconds"`
	At       *float64 `json:"at_seconds"`
}

// othersJSON lists when else the person was harmed.
func othersJSON(r *sim.Result, f *why.Finding) []jsonOther {
	list := []jsonOther{}
	for _, s := range otherSpells(r, f) {
		list = append(list, jsonOther{s.Exposure, int(s.Severity), s.Severity.String(), jsonTime(s.From), jsonTime(s.To), jsonTime(s.At)})
	}
	return list
}
