package syntax

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/harmproof/harmproof/scenarios/source"
)

// scalar reads a single value.
func (r *reader) scalar(n *yaml.Node, at source.Span, flow bool) Value {
	v := Value{Shape: Scalar, Text: Text{Value: n.Value, Span: at}}
	switch {
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		v.Text.Quoted = true
		if r.hole(n) || !r.quoted(n, at) {
			return broken(at)
		}
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		v.Text.Value = strings.TrimRight(n.Value, "\n")
		if head := r.raw(n, flow); v.Text.Value == "" || strings.ContainsAny(head, "0123456789") {
			r.problems.Add(blockProblem(at, head))
			return broken(at)
		}
	default:
		if p, ok := plain(n.Value, at); ok {
			r.problems.Add(p)
			return broken(at)
		}
	}
	return v
}

// hole reports whether a node stands for a value that is reported already.
func (r *reader) hole(n *yaml.Node) bool {
	return n.Value == "" && r.draft.holes[n.Line]
}

// quoted reports whether a quoted text is one that can be shown.
func (r *reader) quoted(n *yaml.Node, at source.Span) bool {
	if strings.TrimSpace(n.Value) == "" {
		r.problems.Errorf(at, "write a value, or remove it", "nothing is written between the quotes")
		return false
	}
	for _, c := range n.Value {
		if why, fix := hidden(c, []byte(string(c)+"\n"), utf8.RuneLen(c)); why != "" {
			r.problems.Errorf(at, fix, "%s", why)
			return false
		}
	}
	return true
}

// plain finds values that mean something else to YAML than to people.
func plain(value string, at source.Span) (source.Problem, bool) {
	switch value {
	case "null", "Null", "NULL", "~":
		return source.Errorf(at, "write a value, or remove the line", "%s is no value", source.Quote(value)), true
	case "yes", "Yes", "YES", "True", "TRUE":
		return truth(value, "true", at), true
	case "no", "No", "NO", "False", "FALSE":
		return truth(value, "false", at), true
	}
	if value == "" || !strings.ContainsRune("0123456789+-.nNiI", rune(value[0])) {
		return source.Problem{}, false
	}
	if notFinite(value) {
		return source.Errorf(at, "write a finite number with its unit",
			"%s is not a number that can be simulated", source.Quote(value)), true
	}
	return oddNumber(value, at)
}

func truth(value, meant string, at source.Span) source.Problem {
	return source.Errorf(at, "write `"+meant+"`, or `"+inQuotes(value)+"` if it is a text",
		"%s is %s"+toOthers, source.Quote(value), meant)
}

// toOthers ends what is said of a word that is a truth to some.
const toOthers = " to some readers of YAML, a text to others"

// notFinite reports whether a value is NaN or infinite, with or without a unit.
func notFinite(value string) bool {
	word, _, _ := strings.Cut(strings.ToLower(value), " ")
	switch strings.TrimLeft(word, "+-.") {
	case "nan", "inf", "infinity":
		return true
	}
	return false
}

// numberPattern is a whole number in any notation, with or without a unit.
var numberPattern = regexp.MustCompile(`^([-+]?)(0[xob][0-9a-fA-F_]+|[0-9][0-9_]*)(\s+[^\s<>=+*()-]+)?$`)

// oddNumber finds octal and hexadecimal numbers, and digits with underscores.
func oddNumber(value string, at source.Span) (source.Problem, bool) {
	m := numberPattern.FindStringSubmatch(value)
	if m == nil || m[2] == "0" || m[2][0] != '0' && !strings.Contains(m[2], "_") {
		return source.Problem{}, false
	}
	digits := strings.ReplaceAll(m[2], "_", "")
	why := source.Quote(value) + " is written with underscores"
	switch {
	case len(digits) > 1 && digits[0] == '0' && (digits[1] < '0' || digits[1] > '9'):
		n, err := strconv.ParseUint(digits, 0, 64)
		if err != nil {
			return source.Problem{}, false
		}
		digits = strconv.FormatUint(n, 10)
		why = source.Quote(value) + " is not a decimal number"
	case digits[0] == '0':
		why = source.Quote(value) + " begins with a zero"
		if n, err := strconv.ParseUint(digits, 8, 64); err == nil {
			why = source.Quote(value) + " is " + strconv.FormatUint(n, 10) + " to some readers of YAML"
		}
		digits = strings.TrimLeft(digits[:len(digits)-1], "0") + digits[len(digits)-1:]
	}
	fixed := strings.TrimPrefix(m[1], "+") + digits + m[3]
	return source.Errorf(at, "write `"+fixed+"`, or `"+inQuotes(value)+"` if it is a text", "%s", why), true
}
