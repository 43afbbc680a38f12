package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// spells say from when to when an exposure harmed, where that is more than the head line says; of others
// what was behind them, where that is not what was behind the worst.
func spells(r *sim.Result, h *sim.HarmResult) (list []sentence) {
	for k := range h.Harms {
		by := &h.Harms[k]
		any := &by.Levels[0]
		switch {
		case by.Exposure != h.Exposure:
			text := fmt.Sprintf("%s: %s at %s; %s", clean(by.Exposure), graded(by.Severity), by.At.Short(), violations(any, r)) + atWorst(h, by.Exposure, "")
			for _, more := range append(modelled(h, by.Exposure), dosed(h, by.Exposure)...) {
				text += "; " + more.head + " " + more.text
			}
			if n := worstSpell(by); n >= 0 {
				text += behind(r, h.As(&by.Spells[n]), []*sim.HarmResult{h})
			}
			list = append(list, sentence{"and by", text})
		case by.Exposure == "collision" || by.Exposure == "overpressure": // done in an instant
		case any.Count > 1 || len(h.Harms) > 1 || len(any.Violations) > 0 && any.Violations[0].To < r.Ended:
			list = append(list, sentence{"lasted", eachSpell(r, by)})
		}
	}
	return list
}

// eachSpell says from when to when an exposure harmed, and how badly each time where that was not the same.
func eachSpell(r *sim.Result, by *sim.HarmedBy) string {
	any := &by.Levels[0]
	same := !slices.ContainsFunc(by.Spells, func(s sim.Spell) bool { return s.Severity != by.Severity })
	if same || len(by.Spells) < any.Count {
		return violations(any, r)
	}
	var parts []string
	for k := range by.Spells {
		s := &by.Spells[k]
		parts = append(parts, interval(s.Span, r)+" ("+s.Severity.String()+")")
	}
	return strings.Join(parts, ", ")
}

// worstSpell is the place of the spell in which an exposure harmed most, the first of several, or -1.
func worstSpell(by *sim.HarmedBy) int {
	return slices.IndexFunc(by.Spells, func(s sim.Spell) bool { return s.Severity == by.Severity && s.Causes != nil })
}

// repeats tell of further times at which a person was harmed as badly as at worst, as far as something
// else was behind them.
func repeats(r *sim.Result, h *sim.HarmResult) (list []sentence) {
	told := []*sim.HarmResult{h}
	for k := range h.Harms {
		by := &h.Harms[k]
		first := worstSpell(by)
		for n := range by.Spells {
			s := &by.Spells[n]
			if s.Severity != h.Severity || s.Causes == nil {
				continue
			}
			one := h.As(s)
			text := behind(r, one, told)
			if told = append(told, one); n == first || text == "" { // that is told above
				continue
			}
			list = append(list, sentence{"again", fmt.Sprintf("%s at %s", clean(s.Exposure), s.At.Short()) + amountOf(one) + text})
		}
	}
	return list
}

// behind says which machine harmed, and what began it where that names a step that was not named with
// those that are told already.
func behind(r *sim.Result, one *sim.HarmResult, told []*sim.HarmResult) (text string) {
	same := func(h *sim.HarmResult) bool { return machineOf(r, h) == machineOf(r, one) }
	if machine := machineOf(r, one); machine != "" && !slices.ContainsFunc(told, same) {
		text = "; machine " + machine
	}
	named := func(h *sim.HarmResult) bool {
		all := append(slices.Clone(h.Let), blamed(h).injection)
		return !slices.ContainsFunc(append(slices.Clone(one.Let), blamed(one).injection), func(step int) bool { return !slices.Contains(all, step) })
	}
	if !slices.ContainsFunc(told, named) {
		b := beginning(r, blamed(one).injection, one.Let, one.Means)
		text += "; " + b.head + " " + b.text
	}
	return text
}

// machineOf is the machine that is blamed for harm, with what moved it and who answers for it.
func machineOf(r *sim.Result, h *sim.HarmResult) string {
	b := blamed(h)
	if b.machine == "" {
		return ""
	}
	return b.machine + b.command + answers(r, b.machine)
}

// amountOf is how much of it there was, after a colon.
func amountOf(h *sim.HarmResult) string {
	if b := blamed(h); b.amount != "" {
		return ": " + b.amount
	}
	return ""
}

// A jsonSpell is a time at which an exposure harmed without a break.
type jsonSpell struct {
	From     *float64     `json:"from_seconds"`
	To       *float64     `json:"to_seconds"` // null where it lasted to the end of the run
	Severity int          `json:"severity"`
	Word     string       `json:"severity_word"`
	At       *float64     `json:"at_seconds"` // when it was so bad first
	Machine  *string      `json:"machine"`
	Command  *string      `json:"commanded_by"`
	Root     *jsonOrigin  `json:"began_with"`
	Let      []jsonOrigin `json:"let_through_by"`
	Means    []jsonOrigin `json:"made_possible_by"`
}

// spellsJSON are the first few times at which an exposure harmed, each with what was behind it.
func spellsJSON(r *sim.Result, h *sim.HarmResult, by *sim.HarmedBy) []jsonSpell {
	list := []jsonSpell{}
	for k := range by.Spells {
		s := &by.Spells[k]
		b := blamed(h.As(s))
		list = append(list, jsonSpell{
			jsonTime(s.From), jsonTime(s.To), int(s.Severity), s.Severity.String(), jsonTime(s.At),
			jsonText(b.machine), jsonText(b.teller), rootJSON(r, b.injection), rootsJSON(r, s.Let), rootsJSON(r, s.Means),
		})
	}
	return list
}
