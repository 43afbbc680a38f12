package expression

import (
	"errors"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
	"github.com/harmproof/harmproof/scenarios/source"
)

// lexical says in words what expr's lexer could not read.
func (s *script) lexical(err error) *Error {
	var e *file.Error
	if !errors.As(err, &e) {
		return &Error{Width: len(s.runes), Message: "the expression cannot be read"}
	}
	from := s.unread()
	rest := s.slice(from, len(s.runes))
	switch {
	case strings.HasPrefix(e.Message, "unrecognized character"):
		return s.character(e.From)
	case strings.HasPrefix(e.Message, "bad number syntax") && s.hyphenated(from):
		from, to := s.run(from, from)
		return &Error{Offset: from, Width: to - from, Message: "a name has no hyphen: `-` is a subtraction", Fix: s.underscored(from, to)}
	case strings.HasPrefix(e.Message, "bad number syntax"):
		if text, end := s.longestQuantity(from, e.To); text != "" {
			return &Error{Offset: from, Width: end - from, Message: "a number with a unit stands in quotes in an expression",
				Fix: "write `\"" + text + "\"`"}
		}
		word := s.word(from)
		return &Error{Offset: from, Width: len([]rune(word)), Message: "`" + word + "` is not a number",
			Fix: "write a number such as `1.5`, or a quantity such as `\"1.5 m\"`"}
	case strings.HasPrefix(e.Message, "literal not terminated"):
		return &Error{Offset: from, Width: 1, Message: "a quote is never closed", Fix: "add `" + rest[:1] + "` at its end"}
	case strings.HasPrefix(e.Message, "unclosed comment"):
		return &Error{Offset: from, Width: 2, Message: "`/*` starts a comment", Fix: "a comment begins with ` #` after the value"}
	default: // an escape
		return &Error{Offset: max(e.From, 0), Width: 1, Message: "a text in an expression has no such escape",
			Fix: "write the character itself"}
	}
}

// unread is where the first text begins that no token holds.
func (s *script) unread() int {
	from := 0
	if n := len(s.tokens); n > 0 {
		from = s.tokens[n-1].To
	}
	for from < len(s.runes)-1 && isSpace(s.runes[from]) {
		from++
	}
	return from
}

// hyphenated reports whether a digit follows a hyphen that follows a letter.
func (s *script) hyphenated(at int) bool {
	return at >= 2 && s.runes[at-1] == '-' && isLetter(s.runes[at-2])
}

// run widens a range to the letters, digits, points and hyphens around it. What
// begins with a hyphen is a negative, not a name.
func (s *script) run(from, to int) (int, int) {
	part := func(r rune) bool {
		return isLetter(r) || r == '.' || r == '-' || r >= '0' && r <= '9'
	}
	for from > 0 && part(s.runes[from-1]) {
		from--
	}
	for to < len(s.runes) && part(s.runes[to]) {
		to++
	}
	for from < to && s.runes[from] == '-' {
		from++
	}
	return from, to
}

// underscored is the fix for a name with a hyphen.
func (s *script) underscored(from, to int) string {
	return "write `" + strings.ReplaceAll(s.slice(from, to), "-", "_") + "` if that is one name"
}

// word returns the letters, digits and points from a place on.
func (s *script) word(from int) string {
	to := from
	for to < len(s.runes) && (isLetter(s.runes[to]) || s.runes[to] == '.' || s.runes[to] >= '0' && s.runes[to] <= '9') {
		to++
	}
	return s.slice(from, max(to, from+1))
}

// character explains one that no expression has.
func (s *script) character(at int) *Error {
	at = min(max(at, 0), len(s.runes)-1)
	r := s.runes[at]
	e := &Error{Offset: at, Width: 1, Message: "`" + source.Printable(string(r)) + "` has no place in an expression"}
	if meant, ok := keyboard[r]; ok {
		e.Fix = "write `" + meant + "`"
	}
	return e
}

// keyboard is what word processors and formula editors write otherwise.
var keyboard = map[rune]string{
	'“': `"`, '”': `"`, '„': `"`, '‘': `'`, '’': `'`, '«': `"`, '»': `"`,
	'≤': "<=", '≥': ">=", '≠': "!=", '×': "*", '·': "*", '÷': "/", '−': "-", '–': "-",
	'²': "^2", '³': "^3", '∧': "and", '∨': "or", '¬': "not", '~': "not", '@': "told(path, receiver)",
	'°': `"20 degC"`, '\\': "/",
}

// syntactic says in words what expr's parser could not read.
func (s *script) syntactic(err error) *Error {
	var e *file.Error
	if !errors.As(err, &e) {
		return &Error{Width: len(s.runes), Message: "the expression cannot be read"}
	}
	i := s.tokenAt(e.From)
	last := s.tokens[len(s.tokens)-1]
	switch {
	case strings.Contains(e.Message, "maximum allowed nodes"):
		return &Error{Width: 1, Message: "the expression is too big",
			Fix: "give parts of it a name: computed signals of a custom device (`value:`)"}
	case strings.HasPrefix(e.Message, "invalid integer"), strings.HasPrefix(e.Message, "invalid float"),
		strings.HasPrefix(e.Message, "invalid hex"), strings.HasPrefix(e.Message, "invalid binary"),
		strings.Contains(e.Message, "literal is too large"):
		return s.badNumber(i)
	case strings.Contains(e.Message, "EOF"), strings.HasPrefix(e.Message, "unexpected end"):
		return &Error{Offset: last.From, Width: max(last.To-last.From, 1), Message: "the expression ends after `" + clip(last) + "`",
			Fix: "something is missing"}
	case i < 0:
		return &Error{Width: max(len(s.runes), 1), Message: "the expression cannot be read"}
	case e.Message == "expected name":
		return s.at(s.tokens[i], "write a name, such as `tower.level`", "a name is missing after the point")
	default:
		return s.unexpected(i)
	}
}

// badNumber explains a number that float64 cannot hold. expr reports the token
// after it.
func (s *script) badNumber(i int) *Error {
	if i < 0 {
		i = len(s.tokens)
	}
	for i = min(i, len(s.tokens)-1); i > 0 && !s.tokens[i].Is(lexer.Number); i-- {
	}
	t := s.tokens[i]
	x, err := strconv.ParseFloat(t.Value, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return s.at(t, "1.8e308 is the largest number", "`%s` is too large", clip(t))
	case err != nil:
		return s.at(t, "write a number such as `1.5` or `1e6`", "`%s` is not a number", clip(t))
	default:
		return s.at(t, "write `"+strconv.FormatFloat(x, 'g', -1, 64)+"`", "`%s` is too large for a whole number", clip(t))
	}
}

// unexpected explains a token that cannot stand where it does.
func (s *script) unexpected(i int) *Error {
	t := s.tokens[i]
	if meant, ok := spoken[strings.ToLower(t.Value)]; ok && t.Is(lexer.Identifier) {
		return s.at(t, "write `"+meant+"`", "`%s` is not an operator", clip(t))
	}
	if i > 0 && s.tokens[i-1].Is(lexer.Identifier) {
		before := s.tokens[i-1]
		if meant, ok := spoken[strings.ToLower(before.Value)]; ok {
			return s.at(before, "write `"+meant+"`", "`%s` is not an operator", clip(before))
		}
	}
	switch {
	case i > 0 && endsValue(s.tokens[i-1]) && startsValue(t):
		return s.at(t, "write one between them: `+ - * / == < and or`", "two values stand side by side without an operator")
	case i == 0:
		return s.at(t, "something is missing before it", "an expression cannot begin with `%s`", clip(t))
	default:
		return s.at(t, "something is missing between them", "`%s` cannot follow `%s`", clip(t), clip(s.tokens[i-1]))
	}
}

func endsValue(t lexer.Token) bool {
	return t.Is(lexer.Number) || t.Is(lexer.Identifier) || t.Is(lexer.String) || t.Is(lexer.Bracket, ")", "]")
}

// spoken are operators that people write in words.
var spoken = map[string]string{
	"and": "and", "or": "or", "not": "not", "in": "in", "implies": "implies(a, b)", "iff": "iff(a, b)", "xor": "xor(a, b)",
	"is": "==", "equals": "==", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
	"mod": "%", "div": "floor(a / b)", "then": "if(c, a, b)", "else": "if(c, a, b)", "if": "if(c, a, b)",
	"between": "in low..high", "within": "in low..high",
}

// clip returns the text of a token, short enough for a message.
func clip(t lexer.Token) string {
	const most = 24
	text := t.Value
	if t.Is(lexer.String) {
		text = `"` + text + `"`
	}
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most-1]) + "…"
	}
	return text
}
