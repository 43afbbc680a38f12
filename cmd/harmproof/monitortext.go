package main

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/recording"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A watchedFile is what people are told of a file.
type watchedFile struct {
	strings.Builder
	*recording.Report
	colour bool
}

// watched tells of a file: a line for each formula, then why those that were violated
// are.
func (w *watcher) watched(name string, rep *recording.Report) string {
	f := &watchedFile{Report: rep, colour: w.colour}
	held := "values are held"
	if w.options.Linear {
		held = "straight lines between values"
	}
	head := fmt.Sprintf("%s: %s, %s to %s, %s", name, counted(rep.Rows, "row"), f.full(0), f.full(rep.Last), held)
	f.block("", "  ", head)
	f.table()
	for i := range rep.Results {
		if r := &rep.Results[i]; r.Unchecked == "" && r.Verdict == monitor.Violated {
			f.why(r)
		}
	}
	return f.String()
}

// counted is a number of things.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// table writes a line for each formula.
func (f *watchedFile) table() {
	const most = 30 // a longer name has a line of its own
	name, wide := len("Formula"), len("Margin")
	for i := range f.Results {
		r := &f.Results[i]
		if n := len(r.Name) + 2; n <= most {
			name = max(name, n)
		}
		wide = max(wide, len([]rune(f.margin(r))))
	}
	fmt.Fprintf(f, "%-*s  Verdict      %-*s  When\n", name, "Formula", wide, "Margin")
	for i := range f.Results {
		r := &f.Results[i]
		first := "  " + source.Printable(r.Name)
		if len(first) > name {
			fmt.Fprintln(f, first)
			first = ""
		}
		word, ink := verdictOf(r)
		margin := f.margin(r)
		head := fmt.Sprintf("%-*s  %s%s  %s%s  ", name, first, f.ink(ink, word), strings.Repeat(" ", len("not checked")-len(word)),
			margin, strings.Repeat(" ", wide-len([]rune(margin))))
		f.block(head, strings.Repeat(" ", name+wide+len("not checked")+6), f.when(r))
	}
}

// verdictOf is the verdict as people read it, and its colour.
func verdictOf(r *recording.Result) (word, ink string) {
	switch {
	case r.Unchecked != "":
		return "not checked", "33"
	case r.Verdict == monitor.Violated:
		return "VIOLATED", "31"
	case r.Verdict == monitor.Undecided:
		return "undecided", "33"
	case r.Vacuous:
		return "vacuous", "33"
	}
	return "holds", "32"
}

// ink colours a word, where there are colours.
func (f *watchedFile) ink(code, word string) string {
	if !f.colour {
		return word
	}
	return "\x1b[" + code + "m" + word + "\x1b[0m"
}

// margin writes the margin, "-" where there is no number for it.
func (f *watchedFile) margin(r *recording.Result) string {
	if r.Unchecked != "" || r.Vacuous || math.IsInf(r.Margin, 0) || math.IsNaN(r.Margin) {
		return "-"
	}
	u, margin := r.Unit().Delta(), r.Margin
	if math.Abs(u.FromSI(margin)) < 1e-9 { // a rounding error
		margin = 0
	}
	return bound(r) + short(unit.FormatSigned(margin, unit.Pick(margin, u), 4))
}

// bound says on which side of its number a margin may still lie.
func bound(r *recording.Result) string {
	switch {
	case r.Verdict != monitor.Undecided || r.Low == r.High:
		return ""
	case r.Margin == r.High:
		return "<= "
	}
	return ">= "
}

// short is a number with its unit, without zeros at the end of a fraction.
func short(text string) string {
	number, tail, spaced := strings.Cut(text, " ")
	if strings.Contains(number, ".") && !strings.ContainsAny(number, "e%") {
		number = strings.TrimSuffix(strings.TrimRight(number, "0"), ".")
	}
	if spaced {
		number += " "
	}
	return number + tail
}

// when says when a formula was violated, or how close it came.
func (f *watchedFile) when(r *recording.Result) string {
	switch {
	case r.Unchecked != "":
		return r.Unchecked
	case r.Verdict == monitor.Violated:
		return f.violations(r)
	case r.Verdict == monitor.Undecided:
		return waits(&f.Clock, r)
	case r.Vacuous:
		return "nothing put it to the test"
	case math.IsInf(r.Margin, 0) || r.At == vtime.Never:
		return "throughout"
	}
	return "closest at " + f.full(r.At)
}

// waits says what an undecided verdict waits for, in the times of the data.
func waits(c *recording.Clock, r *recording.Result) string {
	switch {
	case r.OpenSince == vtime.Never:
		return r.Result.Missing
	case r.OpenUntil == vtime.Never:
		return fmt.Sprintf("open since %s, and the data ends", c.Written(r.OpenSince))
	}
	return fmt.Sprintf("open since %s, and the data ends before %s", c.Written(r.OpenSince), c.Written(r.OpenUntil))
}

// violations says when a formula was violated.
func (f *watchedFile) violations(r *recording.Result) string {
	text := "at " + f.full(r.At)
	if len(r.Violations) > 0 {
		text = f.span(r.Violations[0].From, r.Violations[0].To)
	}
	if f.Clock.Dates {
		text += ": " + strings.Trim(strings.TrimPrefix(f.full(r.At), f.at(r.At)+" "), "()")
	}
	switch r.Count {
	case 0, 1:
		return text
	case 2:
		return text + ", and once more"
	}
	return fmt.Sprintf("%s, and %d times more", text, r.Count-1)
}

// span is a time in which something went on.
func (f *watchedFile) span(from, to vtime.Time) string {
	switch to {
	case from:
		return "at " + f.at(from)
	case vtime.Never:
		return "from " + f.at(from) + " on"
	}
	return "from " + f.at(from) + " to " + f.at(to)
}

func (f *watchedFile) at(t vtime.Time) string { return f.Clock.Seconds(t) + " s" }

// full is a time with its date, if it has one.
func (f *watchedFile) full(t vtime.Time) string { return f.Clock.Written(t) }

// why says why a formula was violated.
func (f *watchedFile) why(r *recording.Result) {
	f.WriteString("\n")
	if r.Witness == nil {
		f.block(r.Name+": ", "    ", r.Text+" did not hold "+f.span(r.Violations[0].From, r.Violations[0].To))
		return
	}
	f.block(r.Name+": ", "    ", r.Text)
	f.witness(r, r.Witness, "  ")
}

// witness writes which part of a formula held, or did not, and why that is so.
func (f *watchedFile) witness(r *recording.Result, w *monitor.Witness, indent string) {
	text := w.Formula.Show(r.Show) + " did not hold "
	if w.Holds {
		text = w.Formula.Show(r.Show) + " held "
	}
	text += f.span(w.From, w.To)
	if u := unitOf(r, w); !math.IsNaN(w.Least) && !math.IsInf(w.Least, 0) && !math.IsInf(w.Most, 0) {
		far, near := w.Most, w.Least
		farAt := w.MostAt
		if !w.Holds {
			far, near, farAt = -w.Least, -w.Most, w.LeastAt
		}
		if text += ", by " + short(unit.Format(far, unit.Pick(far, u), 4)); far != near {
			text += " at most, at " + f.at(farAt)
		}
	}
	if len(w.Parts) > 0 {
		text += ", because"
	}
	f.block(indent, indent+"    ", text)
	for _, p := range w.Parts {
		f.witness(r, p, indent+"  ")
	}
}

// unitOf is the unit of the margins in a witness.
func unitOf(r *recording.Result, w *monitor.Witness) unit.Unit {
	if w.Formula.Op != formula.Atom || w.Formula.Atom >= len(r.Units) {
		return unit.Unit{}
	}
	return r.Units[w.Formula.Atom].Delta()
}

// number is one with a unit of time, which a line does not break.
var number = regexp.MustCompile(`([0-9]) s\b`)

// block writes a text behind a head, broken into lines.
func (f *watchedFile) block(head, margin, text string) {
	const joint = "\x00" // Printable leaves none
	text = number.ReplaceAllString(source.Printable(text), "$1"+joint+"s")
	lines := wrapped(text, max(20, columns-1-max(width(head), len(margin))))
	fmt.Fprintf(f, "%s%s\n", head, strings.ReplaceAll(strings.Join(lines, "\n"+margin), joint, " "))
}

// width is how many columns a text takes without its colours.
func width(text string) int {
	n, ink := 0, false
	for _, r := range text {
		switch {
		case r == '\x1b':
			ink = true
		case ink:
			ink = r != 'm'
		default:
			n++
		}
	}
	return n
}
