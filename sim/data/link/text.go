package link

import (
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Text says what is done in the steps of a recipe about a person, a line each.
func (l *Linker) Text(r Recipe, person int32) (lines []string) {
	for i := range r.Steps {
		lines = append(lines, l.text(&r.Steps[i], person))
	}
	return lines
}

func (l *Linker) text(s *Step, person int32) string {
	attribute := l.m.Attributes[s.Attribute].Name
	switch store := l.m.Stores[s.Store].Name; s.Kind {
	case Read:
		return attribute + " is in " + store + l.series(s, person)
	case ByKey:
		return store + " is joined to " + l.m.Stores[s.With].Name + " by " + l.m.Domains[s.Key]
	case ByTraits:
		return store + " is joined to " + l.m.Stores[s.With].Name + " by " + l.columns(s) + ": " + alike(s.Alike) + ", if they are known to be in it"
	case Together:
		how := number(s.Sure) + " sure"
		if l.m.How != nil {
			how = l.m.How(s.With, s.Store, person)
		}
		return store + " is joined to " + l.m.Stores[s.With].Name + " by times and places: " + how
	}
	r := &l.m.Rules[s.Rule]
	return attribute + " is inferred from " + l.premises(r) + ": " + r.Right()
}

// Right says how often a rule is right, and who says so.
func (r *Rule) Right() string { return right(r.Least, r.Most, r.Source, r.Assumed) }

func right(least, most float64, source string, assumed bool) string {
	text := "accuracy " + number(most)
	if least < most {
		text = "accuracy " + number(least) + " to " + number(most)
	}
	if assumed {
		text += ", an assumption"
	}
	if source != "" {
		text += " (" + source + ")"
	}
	return text
}

// series says how much of an attribute there is.
func (l *Linker) series(s *Step, person int32) string {
	if l.m.Series == nil {
		return ""
	}
	long, fine := l.m.Series(s.Store, s.Attribute, person)
	if long == 0 || fine == 0 {
		return ""
	}
	lasts := span(long)
	if long >= 2*vtime.Day {
		lasts = number(float64(long)/float64(vtime.Day)) + " d"
	}
	return ", every " + span(fine) + " for " + lasts
}

func (l *Linker) columns(s *Step) string {
	names := make([]string, len(s.Traits))
	for i, a := range s.Traits {
		if names[i] = l.m.Attributes[a].Name; s.Levels[i] > 0 {
			names[i] += " (" + l.m.Attributes[a].level(s.Levels[i]) + ")"
		}
	}
	return list(names)
}

func (l *Linker) premises(r *Rule) string {
	names := make([]string, len(r.From))
	for i := range r.From {
		names[i] = l.m.Attributes[r.From[i].Attribute].Name
	}
	return list(names)
}

// list is "a", "a and b", or "a, b and c".
func list(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

func alike(records int32) string {
	if records == 1 {
		return "no other record is like it"
	}
	return strconv.Itoa(int(records)) + " records are alike"
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

// span is a duration in its largest whole unit.
func span(d vtime.Duration) string {
	for _, u := range []struct {
		name string
		unit vtime.Duration
	}{{"d", vtime.Day}, {"h", vtime.Hour}, {"min", vtime.Minute}, {"s", vtime.Second}} {
		if d >= u.unit && d%u.unit == 0 {
			return strconv.FormatInt(int64(d/u.unit), 10) + " " + u.name
		}
	}
	return d.String()
}
