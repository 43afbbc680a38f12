package syntax

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/harmproof/harmproof/scenarios/source"
)

// A nameRule says what names look like and how a wrong one is put right.
type nameRule struct {
	what    string
	pattern *regexp.Regexp
	right   func(string) string
	words   []string // reserved
}

// words that mean something else in expressions.
var words = []string{
	"and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith", "let", "if", "else",
	"true", "false", "nil", "time", "message",
}

var (
	identifierPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)
	kebabPattern      = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	pathPattern       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$`)

	identifier = nameRule{"letters, digits and _", identifierPattern, toIdentifier, words}
	kebab      = nameRule{"small letters, digits and -", kebabPattern, toKebab, nil}
	path       = nameRule{"small letters, digits, - and /", pathPattern, toPath, nil}
)

// name checks a name that is given here. A bad one is broken, with its value.
func (p *parser) name(name Text, rule nameRule) Text {
	switch {
	case name.Broken || !name.Present():
		return name
	case name.Value == "":
		p.errorf(name.Span, "write a name", "a name is missing")
	case slices.Contains(rule.words, name.Value):
		p.errorf(name.Span, "write `"+name.Value+"_1`, or another name",
			"%s is a word of the expressions", source.Quote(name.Value))
	case rule.pattern.MatchString(name.Value):
		return name
	default:
		fix := "choose another name"
		if right := rule.right(name.Value); rule.pattern.MatchString(right) && !slices.Contains(rule.words, right) {
			fix = write(right, fix)
		}
		why := "a name here has only " + rule.what
		switch first := name.Value[0]; {
		case rule.words != nil && strings.Contains(name.Value, "-"):
			why = "an expression reads the - in " + source.Quote(name.Value) + " as minus"
		case first >= '0' && first <= '9' && rule.right("a"+name.Value) == "a"+name.Value:
			why = "a name begins with a letter"
			fix = "put a letter before it"
		}
		p.errorf(name.Span, fix, "%s", why)
	}
	name.Broken = true
	return name
}

// toIdentifier returns a name with _ for all that it cannot have, "" where that
// would be no good name.
func toIdentifier(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) {
		return ""
	}
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == '_' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, name), "_")
}

// toKebab returns a name in small letters, its words joined by hyphens.
func toKebab(name string) string {
	var b strings.Builder
	small := false // the last character was a small letter or digit
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			if small {
				b.WriteByte('-')
			}
			b.WriteRune(unicode.ToLower(r))
			small = false
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
			small = true
		default:
			if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
			small = false
		}
	}
	return strings.Trim(b.String(), "-")
}

// toPath returns a path whose parts are in kebab-case.
func toPath(name string) string {
	parts := strings.Split(strings.Trim(name, "/"), "/")
	for i, part := range parts {
		parts[i] = toKebab(part)
	}
	return strings.Join(parts, "/")
}

// anyName is the rule for names that are given elsewhere.
var anyName = nameRule{what: "anything", pattern: regexp.MustCompile(``)}
