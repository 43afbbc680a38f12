package main

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// explain writes what there is to know about a kind.
func explain(k *device.Kind) (string, error) {
	var b strings.Builder
	b.WriteString(strings.Join(wrapped(k.Name+": "+k.Summary, columns), "\n  ") + "\n")
	if k.Text != "" {
		b.WriteString("\n" + indented("", k.Text))
	}
	section(&b, "Parameters", parameterRows(k))
	if k.Sample != nil {
		decl, err := device.Declare(k.Sample)
		if err != nil {
			return "", fmt.Errorf("%s: %w", k.Name, err)
		}
		for _, g := range groups() {
			section(&b, g.title, g.rows(decl.Signals))
		}
	}
	if k.Source != "" {
		b.WriteString("\n" + strings.Join(wrapped("Source: "+k.Source, columns), "\n  ") + "\n")
	}
	if k.Example != "" {
		b.WriteString("\nExample, to paste below `devices:`\n" + indented("  ", k.Example))
		besides(&b, k.Example)
	}
	return b.String(), nil
}

// besides writes what an example is wired to, so that it can be pasted.
func besides(b *strings.Builder, example string) {
	devices, system := scenarios.Companions(example)
	for _, what := range []struct {
		title string
		lines []string
	}{{"What it is wired to, where the file has nothing of that name", devices}, {"And below `system:`", system}} {
		if len(what.lines) > 0 {
			b.WriteString(what.title + "\n")
			for _, line := range what.lines {
				b.WriteString(indented("  ", line))
			}
		}
	}
}

// indented writes a text line by line behind a margin.
func indented(margin, text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.Trim(text, "\n") + "\n") {
		for _, part := range broken(strings.TrimRight(line, " \n"), columns-len(margin)) {
			b.WriteString(strings.TrimRight(margin+part, " ") + "\n")
		}
	}
	return b.String()
}

// parameterRows lists the parameters: name, what they take, what they mean.
func parameterRows(k *device.Kind) (rows [][3]string) {
	for i := range k.Parameters {
		p := &k.Parameters[i]
		rows = append(rows, [3]string{p.Name, takes(p), meaning(p)})
		for j := range p.Fields {
			f := &p.Fields[j]
			rows = append(rows, [3]string{"  " + f.Name, takes(f), meaning(f)})
		}
	}
	return rows
}

// fewChoices is how many choices stand in one line.
const fewChoices = 4

// meaning is what a parameter means, with what can be chosen where that is much, and where its range comes from.
func meaning(p *device.Parameter) string {
	text := p.Doc
	if len(p.Choices) > fewChoices {
		text += ": " + strings.Join(p.Choices, ", ")
	}
	if p.Why != "" {
		text += "; its range: " + p.Why
	}
	return text
}

// can is what a signal means, and what it can be at all.
func can(s *device.Signal) string {
	if s.Reach == nil || s.Reach.Why == "" {
		return s.Doc
	}
	return s.Doc + "; " + s.Reach.Why
}

// takes says what a parameter takes: unit, range, default.
func takes(p *device.Parameter) string {
	parts := []string{[...]string{"a number", "true or false", "a whole number", "a word", "a duration", "a table over time", "a map of names", "named entries, each with:"}[p.Type]}
	switch {
	case p.Type == device.NumberParameter && p.Unit.Symbol != "":
		parts[0] = "in " + p.Unit.Symbol
	case p.Type == device.SeriesParameter && p.Unit.Symbol != "":
		parts[0] += " in " + p.Unit.Symbol
	case len(p.Choices) > 0 && len(p.Choices) <= fewChoices:
		parts[0] = strings.Join(p.Choices, " or ")
	}
	switch {
	case p.Min != "" && p.Above:
		parts = append(parts, "above "+p.Min)
	case p.Min != "":
		parts = append(parts, "from "+p.Min)
	}
	if p.Max != "" {
		parts = append(parts, "to "+p.Max)
	}
	switch {
	case p.Required:
		parts = append(parts, "required")
	case p.Default != "":
		parts = append(parts, "default "+p.Default)
	}
	return strings.Join(parts, ", ")
}

// A group is signals of some roles below one heading.
type group struct {
	title string
	roles []device.Role
}

// groups returns the headings in the order in which an author needs them.
func groups() []group {
	return []group{
		{"Inputs, physical: wire another's physical signal", []device.Role{device.RoleInput}},
		{"Inputs, told: by message, or {wired: ...}", []device.Role{device.RoleTold}},
		{"Reports: told to whoever is wired to them", []device.Role{device.RoleReport}},
		{"Physical signals", []device.Role{device.RoleContinuous, device.RoleState, device.RoleComputed}},
		{"Set points and limits: what an attack or an act may change", []device.Role{device.RoleTunable}},
	}
}

func (g group) rows(signals []device.Signal) (rows [][3]string) {
	for i := range signals {
		s := &signals[i]
		for _, role := range g.roles {
			if s.Role == role && !s.Internal {
				rows = append(rows, [3]string{s.Name, holds(s), can(s)})
			}
		}
	}
	return rows
}

// holds says what a signal is: its type or unit, and how it changes.
func holds(s *device.Signal) string {
	text := [...]string{"a number", "true or false", "a whole number", strings.Join(s.Labels, ", "), "a hash"}[s.Type]
	if s.Type == signal.Number && s.Unit.Symbol != "" {
		text = s.Unit.Symbol
	}
	switch {
	case s.Role == device.RoleContinuous:
		text += ", continuous"
	case s.Role == device.RoleComputed:
		text += ", computed"
	case s.Role == device.RoleTold && s.Optional, s.Role == device.RoleInput && s.Optional:
		text += ", optional"
	case s.Role.Listens():
		text += ", required"
	}
	return text
}

// section writes rows below a heading, none where there are no rows.
func section(b *strings.Builder, title string, rows [][3]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	first, second := 0, 0
	for _, row := range rows {
		first, second = max(first, len(row[0])), max(second, len(row[1]))
	}
	second = min(second, 38)
	for _, row := range rows {
		head := fmt.Sprintf("  %-*s  %-*s  ", first, row[0], second, row[1])
		if len(row[1]) > second {
			fmt.Fprintln(b, strings.TrimRight(head, " "))
			head = strings.Repeat(" ", first+second+6)
		}
		for i, line := range wrapped(row[2], columns-first-second-6) {
			if i > 0 {
				head = strings.Repeat(" ", first+second+6)
			}
			fmt.Fprintln(b, strings.TrimRight(head+line, " "))
		}
	}
}
