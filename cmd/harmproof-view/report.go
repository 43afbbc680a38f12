//go:build !js

package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

// mostLines is how many lines of a story stand in a page, mostPages how much of a trace is
// read for them.
const mostLines, mostPages = 2000, 512

// A teller writes a run as HTML, for who cannot see the picture or would rather read.
type teller struct{ strings.Builder }

// line writes a format; its arguments, as %s, are texts that mean nothing to a browser.
func (b *teller) line(format string, args ...any) {
	for i, a := range args {
		args[i] = html.EscapeString(fmt.Sprint(a))
	}
	fmt.Fprintf(b, format+"\n", args...)
}

// asText writes a run as HTML.
func asText(name string, t *trace.Trace) (string, error) {
	b, h := &teller{}, &t.Header
	b.line("<h2>%s</h2>\n<p>%s</p>", h.Scenario, h.About)
	b.line("<p>%s, seed %s, %s of %s, recorded by harmproof %s.</p>", name, h.Seed, t.Last().Short(), h.Run.Short(), h.Tool)
	if t.Warning != nil {
		b.line("<p><strong>Warning:</strong> %s.</p>", t.Warning)
	}
	if r := t.Result; r != nil {
		verdict := "As expected."
		if !r.AsExpected {
			verdict = "NOT as expected: " + strings.Join(r.Unmet, "; ")
		}
		b.line("<p><strong>%s</strong></p>", verdict)
		b.invariants(h, r)
		b.steps(h, r)
		b.tables(r.Tables)
	}
	err := b.story(t)
	return b.String(), err
}

func (b *teller) table(title string, heads ...string) { b.tableOf("words", title, heads...) }

// tableOf begins a table of words, or of figures, which stand to the right.
func (b *teller) tableOf(class, title string, heads ...string) {
	b.line(`<h3>%s</h3>`+"\n"+`<table class="%s">`+"\n<thead><tr>", title, class)
	for _, head := range heads {
		b.line(`<th scope="col">%s</th>`, head)
	}
	b.WriteString("</tr></thead><tbody>\n")
}

func (b *teller) row(cells ...string) {
	b.WriteString("<tr>")
	for _, c := range cells {
		b.WriteString("<td>" + html.EscapeString(c) + "</td>")
	}
	b.WriteString("</tr>\n")
}

func (b *teller) done() { b.WriteString("</tbody></table>\n") }

// invariants says how each ended.
func (b *teller) invariants(h *trace.Header, r *trace.Result) {
	if len(h.Invariants) != len(r.Invariants) || len(h.Invariants) == 0 {
		return
	}
	b.table("Invariants", "Invariant", "Must hold", "Verdict", "Margin", "When")
	for i := range h.Invariants {
		x, margin := &r.Invariants[i], ""
		if x.Margin != nil {
			margin = strings.TrimSpace(fmt.Sprintf("%+.4g %s", scene.In(&trace.Unit{Scale: x.Unit.Scale}, *x.Margin), x.Unit.Symbol))
		}
		verdict := x.Verdict
		if verdict == "violated" {
			verdict = "VIOLATED"
		}
		if x.Because != "" {
			verdict += " (known: " + x.Because + ")"
		}
		b.row(h.Invariants[i].Name, h.Invariants[i].Text, verdict, margin, when(x.At))
	}
	b.done()
}

// tables are those of the report that stand in the trace, as it has them.
func (b *teller) tables(list []trace.Table) {
	lines := 0
	for i := range list {
		t := &list[i]
		if len(t.Heads) == 0 || lines > mostLines {
			continue
		}
		b.tableOf("figures", t.Heads[0], t.Heads...)
		for _, row := range t.Rows[:min(len(t.Rows), mostLines)] {
			b.row(row...)
		}
		b.done()
		for _, note := range t.Notes {
			b.line("<p>%s</p>", note)
		}
		lines += len(t.Rows)
	}
}

// steps says what became of each.
func (b *teller) steps(h *trace.Header, r *trace.Result) {
	if len(h.Steps) != len(r.Injections) || len(h.Steps) == 0 {
		return
	}
	b.table("Timeline", "Step", "What", "Outcome", "From", "To", "Why")
	for i := range h.Steps {
		s, x := &h.Steps[i], &r.Injections[i]
		b.row(s.Name, strings.TrimSpace(s.Kind+" "+s.Technique+" "+s.Summary), x.Outcome, when(x.Applied), when(x.Reverted), x.Why)
	}
	b.done()
}

// story tells what happened, with a link to each time.
func (b *teller) story(t *trace.Trace) error {
	story := scene.Of(t).Story
	for i := 0; i < mostPages && !story.Done() && len(story.Lines) < mostLines; i++ {
		story.Read()
	}
	b.line("<h3>Story</h3>\n<ol>")
	lines := story.Lines[:min(len(story.Lines), mostLines)]
	for i := range lines {
		l := &lines[i]
		b.line(`<li><a href="#t=%s">%s</a> %s</li>`, exactly(l.At), l.At.Short(), story.Sentences(l))
	}
	b.line("</ol>")
	if len(lines) < len(story.Lines) || !story.Done() {
		b.line("<p>There is more: see the picture.</p>")
	}
	return story.Err()
}

// when is a time in words, empty of none.
func when(at *vtime.Time) string {
	if at == nil {
		return ""
	}
	return at.Short()
}

// exactly is a time in seconds, to the nanosecond.
func exactly(at vtime.Time) string { return fmt.Sprintf("%d.%09d", at/1e9, at%1e9) }
