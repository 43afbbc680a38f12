package expression

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/parser/lexer"
	"github.com/harmproof/harmproof/sim/unit"
)

// screen looks through the tokens for what expr would read in another way than
// its writer, refuse without a next step, or not survive.
func (s *script) screen() *Error {
	if mistake := s.comments(); mistake != nil {
		return mistake
	}
	for i, t := range s.tokens {
		if mistake := s.notation(i); mistake != nil {
			return mistake
		}
		if mistake := s.quantity(i); mistake != nil {
			if infix := s.notation(i + 1); infix != nil { // in x > 1 W y > 1, W is no unit
				return infix
			}
			return mistake
		}
		if mistake := s.foreign(i); mistake != nil {
			return mistake
		}
		if t.Is(lexer.Bytes) {
			return s.at(t, "write it without the `b`", "bytes have no place in an expression")
		}
	}
	if mistake := s.brackets(); mistake != nil {
		return mistake
	}
	return s.prefixes()
}

func (s *script) at(t lexer.Token, fix, format string, args ...any) *Error {
	return &Error{Offset: t.From, Width: max(t.To-t.From, 1), Message: fmt.Sprintf(format, args...), Fix: fix}
}

// comments refuses them: a // b reads like a division, and YAML has its own.
func (s *script) comments() *Error {
	end := 0
	for i := 0; i <= len(s.tokens); i++ {
		next := len(s.runes)
		if i < len(s.tokens) {
			next = s.tokens[i].From
		}
		if at := s.comment(end, next); at >= 0 {
			return &Error{Offset: at, Width: 2, Message: "`" + s.slice(at, at+2) + "` starts a comment",
				Fix: "write `floor(a / b)` for a whole quotient; a comment begins with ` #` after the value"}
		}
		if i < len(s.tokens) {
			end = s.tokens[i].To
		}
	}
	return nil
}

// quantity finds 20 mm without quotes.
func (s *script) quantity(i int) *Error {
	t := s.tokens[i]
	if !t.Is(lexer.Number) || i+1 == len(s.tokens) {
		return nil
	}
	next := s.tokens[i+1]
	percent := next.Is(lexer.Operator, "%") && (i+2 == len(s.tokens) || !startsValue(s.tokens[i+2]))
	if !percent && !next.Is(lexer.Identifier) {
		return nil
	}
	text, end := s.longestQuantity(t.From, next.To)
	if text == "" {
		return nil
	}
	fix := "write `\"" + text + "\"`"
	if q, err := unit.ParseQuantity(text); err == nil && q.Unit.Dim == unit.Second.Dim && s.clock(i) {
		fix = "`time` is a pure number of seconds: write `" + strconv.FormatFloat(q.Value, 'g', -1, 64) + "`"
	}
	return &Error{Offset: t.From, Width: end - t.From, Message: "a number with a unit stands in quotes in an expression", Fix: fix}
}

// clock reports whether a token is compared with the time.
func (s *script) clock(i int) bool {
	return i >= 2 && s.tokens[i-2].Is(lexer.Identifier, "time") && s.tokens[i-1].Is(lexer.Operator, "<", "<=", ">", ">=", "==", "!=", "+", "-")
}

// startsValue reports whether a value can begin with a token.
func startsValue(t lexer.Token) bool {
	return t.Is(lexer.Number) || t.Is(lexer.Identifier) || t.Is(lexer.String) ||
		t.Is(lexer.Bracket, "(", "[") || t.Is(lexer.Operator, "-", "+", "not", "!")
}

// longestQuantity returns the longest piece of text from a number on that is a
// quantity, and where it ends; least is the end of its unit's first word.
func (s *script) longestQuantity(from, least int) (string, int) {
	end := least
	for end < len(s.runes) && end-from < longestQuantity && !isSpace(s.runes[end]) && !strings.ContainsRune(",<>=!&|?:+-", s.runes[end]) {
		end++
	}
	for ; end >= least; end-- {
		text := s.slice(from, end)
		q, err := unit.ParseQuantity(text)
		if err != nil || q.Unit.Symbol == "" || end < len(s.runes) && isLetter(s.runes[end]) {
			continue
		}
		digits := strings.IndexFunc(text, func(r rune) bool { return isLetter(r) && r != 'e' && r != 'E' || r == '%' })
		if digits > 0 && text[digits-1] != ' ' && text[digits] != '%' {
			text = text[:digits] + " " + text[digits:]
		}
		return text, end
	}
	return "", 0
}

// foreign finds operators of other languages and those of expr that have no
// use here.
func (s *script) foreign(i int) *Error {
	t := s.tokens[i]
	if !t.Is(lexer.Operator) {
		return nil
	}
	if i+1 < len(s.tokens) && s.tokens[i+1].From == t.To {
		pair := lexer.Token{Location: t.Location, Value: t.Value + s.tokens[i+1].Value}
		pair.To = s.tokens[i+1].To
		if meant, ok := pairs[pair.Value]; ok {
			fix := "write `" + meant + "`"
			if pair.Value == "=>" {
				fix += ", or `implies(a, b)` where it means that b follows"
			}
			return s.at(pair, fix, "`%s` is not an operator", pair.Value)
		}
	}
	switch t.Value {
	case "=":
		return s.at(t, "write `==`", "`=` does not compare")
	case "|":
		if i+2 < len(s.tokens) && s.tokens[i+2].Is(lexer.Bracket, "(") {
			name := s.tokens[i+1].Value
			return s.at(t, "write `"+name+"(...)`", "there are no pipes")
		}
	case "let", ";":
		return s.at(t, "give a part a name: a computed signal of a custom device (`value:`)", "an expression has no variables")
	}
	if known, ok := strangers[t.Value]; ok {
		return s.at(t, known.fix, "%s", known.message)
	}
	if !operators[t.Value] {
		return s.at(t, "", "`%s` is not an operator", t.Value)
	}
	return nil
}

// pairs are operators that expr's lexer splits in two.
var pairs = map[string]string{
	"<>": "!=", "=<": "<=", "=>": ">=", "===": "==", "!==": "!=", "=!": "!=", "~=": "!=",
}

// strangers are operators of expr and others, and what to do instead.
var strangers = map[string]struct{ message, fix string }{
	"&":          {"`&` is not an operator", "write `and`"},
	"|":          {"`|` is not an operator", "write `or`"},
	"?.":         {"every signal has a value", "write `.`"},
	"??":         {"every signal has a value, so `??` has no use", "write `if(condition, a, b)`"},
	"#":          {"`#` has no place in an expression", "reduce over members with `all(drive.speed < 5)`, `count(...)` or `max(...)`"},
	"::":         {"`::` has no place in an expression", "write `c ? a : b`, or `if(c, a, b)`"},
	"matches":    {"signals are not texts", "compare with `==`, or `in [\"a\", \"b\"]`"},
	"contains":   {"signals are not texts", "compare with `==`, or `in [\"a\", \"b\"]`"},
	"startsWith": {"signals are not texts", "compare with `==`, or `in [\"a\", \"b\"]`"},
	"endsWith":   {"signals are not texts", "compare with `==`, or `in [\"a\", \"b\"]`"},
}

// operators are those that the grammar has.
var operators = map[string]bool{
	"or": true, "||": true, "and": true, "&&": true, "not": true, "!": true,
	"==": true, "!=": true, "<": true, ">": true, ">=": true, "<=": true, "in": true, "..": true,
	"+": true, "-": true, "*": true, "/": true, "%": true, "^": true, "**": true,
	"?": true, ":": true, ",": true, ".": true,
}

// brackets checks that they match and how deep they are nested.
func (s *script) brackets() *Error {
	var open []lexer.Token
	for _, t := range s.tokens {
		switch bracket(t) {
		case 1:
			if t.Value == "{" {
				return s.at(t, "write `if(condition, a, b)`, or `condition ? a : b`", "`{` has no place in an expression")
			}
			open = append(open, t)
			if len(open) > maxDepth {
				return s.at(t, "give a part a name: a computed signal of a custom device (`value:`)",
					"brackets are nested deeper than %d", maxDepth)
			}
		case -1:
			if len(open) == 0 {
				return s.at(t, "remove it, or add the opening one", "`%s` closes nothing", t.Value)
			}
			last := open[len(open)-1]
			if want := closing[last.Value]; want != t.Value {
				return s.at(t, "write `"+want+"`", "`%s` closes a `%s`", t.Value, last.Value)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		last := open[len(open)-1]
		return s.at(last, "add `"+closing[last.Value]+"`", "`%s` is never closed", last.Value)
	}
	return nil
}

var closing = map[string]string{"(": ")", "[": "]", "{": "}"}

// prefixes limits runs of - and not, for which expr's parser recurses too.
func (s *script) prefixes() *Error {
	run := 0
	for _, t := range s.tokens {
		if !t.Is(lexer.Operator, "-", "+", "not", "!") {
			run = 0
			continue
		}
		if run++; run > maxDepth {
			return s.at(t, "remove them in pairs", "more than %d signs in a row", maxDepth)
		}
	}
	return nil
}
