package expression

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/parser/lexer"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Other tools have notations of their own for temporal logic: eventually[0,2](p),
// F[0,2] p, p until q, p -> q. They are recognised in the tokens, before expr's
// parser stumbles over them, and what to write instead is made of what is there.

// abbreviations are names of temporal operators elsewhere.
var abbreviations = map[string]string{
	"G": "always", "globally": "always", "alw": "always", "alw_": "always", "box": "always",
	"F": "eventually", "finally": "eventually", "ev": "eventually", "ev_": "eventually", "diamond": "eventually",
	"H": "historically", "O": "once", "P": "once", "U": "until", "W": "weak_until", "R": "release", "V": "release",
	"S": "since", "rose": "rise", "fell": "fall", "weakuntil": "weak_until", "weak": "weak_until", "releases": "release",
	"unless": "weak_until",
}

// temporalName is the operator that a word stands for, or "".
func temporalName(t lexer.Token) string {
	if !t.Is(lexer.Identifier) {
		return ""
	}
	for _, word := range []string{t.Value, strings.ToLower(t.Value)} {
		if f, ok := functions[word]; ok && f.temporal {
			return word
		}
		if meant, ok := abbreviations[t.Value]; ok {
			return meant
		}
	}
	return ""
}

// notation finds a formula in the notation of another tool at a token.
func (s *script) notation(i int) *Error {
	name := temporalName(s.tokens[i])
	arrow, after := s.arrow(i)
	switch {
	case name == "" && arrow == "" || s.brackets() != nil:
		return nil
	case arrow != "":
		return s.joint(i, after, arrow)
	}
	after, window := s.bounds(i + 1)
	binary := !s.unary(i)
	before := i > 0 && endsValue(s.tokens[i-1])
	switch {
	case after < 0 || after >= len(s.tokens) || after == i+1 && s.tokens[after].Is(lexer.Bracket, "(") && !before:
		return nil
	case binary && before && s.opens(after):
		return s.between(i, after, name, window)
	case !binary && !before && s.opens(after):
		return s.ahead(i, after, name, window)
	default:
		return nil
	}
}

// opens reports whether an operand begins at a token. A sign does not count: it may
// follow a signal.
func (s *script) opens(i int) bool {
	t := s.tokens[i]
	if t.Is(lexer.Operator, "not") {
		return i+1 < len(s.tokens) && !s.tokens[i+1].Is(lexer.Operator, "in")
	}
	return t.Is(lexer.Identifier) || t.Is(lexer.Number) || t.Is(lexer.Bracket, "(") || t.Is(lexer.Operator, "!")
}

// unary reports whether a token is an operator with one operand.
func (s *script) unary(i int) bool {
	name := temporalName(s.tokens[i])
	return name != "" && !strings.Contains(functions[name].usage, "(p, q")
}

// bounds reads [a,b] or [a:b] at a token, as arguments, and returns the token after
// it: the same where there is none, -1 where there is something else.
func (s *script) bounds(i int) (after int, window []string) {
	if i >= len(s.tokens) || !s.tokens[i].Is(lexer.Bracket, "[") {
		return i, nil
	}
	end := s.closes(i)
	for j := i + 1; j < end; j++ {
		if t := s.tokens[j]; t.Is(lexer.Operator, ",") || t.Is(lexer.Operator, ":") {
			from, ok := s.bound(i+1, j)
			to, good := s.bound(j+1, end)
			switch {
			case !ok || !good:
				return -1, nil
			case from == `"0 s"` && to == `"forever"`:
				return end + 1, nil
			case from == `"0 s"`:
				return end + 1, []string{to}
			}
			return end + 1, []string{from, to}
		}
	}
	return -1, nil
}

// bound is an end of an interval as an argument: a bare number is in seconds.
func (s *script) bound(from, to int) (string, bool) {
	if from >= to {
		return "", false
	}
	text := strings.Trim(s.slice(s.tokens[from].From, s.tokens[to-1].To), "\"' ")
	switch text {
	case "inf", "Inf", "infinity", "end", forever:
		return `"` + forever + `"`, true
	}
	if _, err := vtime.ParseDuration(text + " s"); err == nil {
		text += " s"
	} else if _, err := vtime.ParseDuration(text); err != nil {
		return "", false
	}
	return `"` + text + `"`, true
}

// closes returns the token that closes a bracket.
func (s *script) closes(i int) int {
	depth := 0
	for ; i < len(s.tokens); i++ {
		if depth += bracket(s.tokens[i]); depth == 0 {
			return i
		}
	}
	return len(s.tokens) - 1
}

// ahead explains an operator before its operand.
func (s *script) ahead(i, first int, name string, window []string) *Error {
	last := s.reach(first, 1)
	if s.tokens[first].Is(lexer.Bracket, "(") {
		if end := s.closes(first); end == last || s.loose(end+1) {
			last = end
		}
	}
	operand := first // always eventually[0,2] p
	for operand >= 0 && operand < last && s.unary(operand) {
		operand, _ = s.bounds(operand + 1)
	}
	if operand < 0 || !s.plain(operand, last) {
		return s.rewrite(i, first-1, name, []string{"..."}, window)
	}
	return s.rewrite(i, last, name, []string{s.inside(first, last)}, window)
}

// between explains an operator between its operands.
func (s *script) between(i, first int, name string, window []string) *Error {
	from, to := s.reach(i-1, -1), s.reach(first, 1)
	if !s.plain(from, i-1) || !s.plain(first, to) {
		return s.rewrite(i, first-1, name, []string{"p", "q"}, window)
	}
	return s.rewrite(from, to, name, []string{s.inside(from, i-1), s.inside(first, to)}, window)
}

// arrow is the function that -> or <-> at a token stands for, or "", and the token
// after it.
func (s *script) arrow(i int) (name string, after int) {
	adjacent := func(j int, value string) bool {
		return j < len(s.tokens) && s.tokens[j].Is(lexer.Operator, value) && s.tokens[j].From == s.tokens[j-1].To
	}
	switch {
	case s.tokens[i].Is(lexer.Operator, "-") && adjacent(i+1, ">"):
		return "implies", i + 2
	case s.tokens[i].Is(lexer.Operator, "<") && adjacent(i+1, "-") && adjacent(i+2, ">"):
		return "iff", i + 3
	default:
		return "", i
	}
}

// joint explains an arrow, which binds least.
func (s *script) joint(i, after int, name string) *Error {
	if i == 0 || after >= len(s.tokens) || !endsValue(s.tokens[i-1]) {
		at := s.tokens[i]
		at.To = s.tokens[after-1].To
		return s.at(at, "write `"+name+"(p, q)`", "`%s` is not an operator", s.slice(at.From, at.To))
	}
	from, to := s.reach(i-1, -1), s.reach(after, 1)
	e := s.rewrite(from, to, name, []string{s.inside(from, i-1), s.inside(after, to)}, nil)
	if e == nil {
		return nil
	}
	e.Message = "`" + s.slice(s.tokens[i].From, s.tokens[after-1].To) + "` is not an operator"
	return e
}

// reach is the last token from one on, in a direction, up to a comma or the bracket
// around it.
func (s *script) reach(i, step int) int {
	depth := 0
	for last := i; ; i += step {
		if i < 0 || i >= len(s.tokens) {
			return last
		}
		t := s.tokens[i]
		if depth += step * bracket(t); depth < 0 || depth == 0 && t.Is(lexer.Operator, ",") {
			return last
		}
		last = i
	}
}

// plain reports whether some tokens are one operand whatever is around them.
func (s *script) plain(from, to int) bool {
	depth := 0
	for i := from; i <= to; i++ {
		depth += bracket(s.tokens[i])
		if depth == 0 && s.loose(i) {
			return false
		}
	}
	return from <= to
}

// loose reports whether a token may end an operand: an operator that binds less
// than comparisons, or one of another notation.
func (s *script) loose(i int) bool {
	t := s.tokens[i]
	call := i+1 < len(s.tokens) && s.tokens[i+1].Is(lexer.Bracket, "(") && (i == 0 || !endsValue(s.tokens[i-1]))
	arrow := t.Is(lexer.Operator, "-") && i+1 < len(s.tokens) && s.tokens[i+1].Is(lexer.Operator, ">")
	return t.Is(lexer.Operator) && slices.Contains(looser, t.Value) || arrow || !call && temporalName(t) != ""
}

// looser are operators that bind less than comparisons.
var looser = []string{"and", "or", "&&", "||", "?", ":", "|", "&", "="}

// inside is the text of some tokens, without the brackets around all of it.
func (s *script) inside(from, to int) string {
	for from < to && s.tokens[from].Is(lexer.Bracket, "(") && s.closes(from) == to {
		from, to = from+1, to-1
	}
	if from > to {
		return ""
	}
	return s.slice(s.tokens[from].From, s.tokens[to].To)
}

// rewrite says how some tokens are written in function form, or nothing where an
// operand is missing.
func (s *script) rewrite(from, to int, name string, operands, window []string) *Error {
	if slices.Contains(operands, "") {
		return nil
	}
	at := s.tokens[from]
	at.To = s.tokens[to].To
	fix := "write `" + name + "(" + strings.Join(append(operands, window...), ", ") + ")`"
	if f := functions[name]; f.temporal && !s.timed {
		fix = "write a condition on what is now, or make it an invariant: `" + strings.TrimPrefix(fix, "write `")
	}
	return s.at(at, fix, "operators on conditions are written as functions")
}
