package unit

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numberForm is a decimal number at the start of a text: no digit separators,
// no hexadecimals, no words.
var numberForm = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?`)

// commaForm is a number with commas in it.
var commaForm = regexp.MustCompile(`^([+-]?[0-9]+)((?:,[0-9]+)+)(\.[0-9]+)?`)

// cutNumber splits a text after the number at its start. What only looks like
// a number is an error that says what to write.
func cutNumber(text string) (number, rest string, err error) {
	number = numberForm.FindString(text)
	rest = text[len(number):]
	switch {
	case number == "":
		return "", "", noNumber(text)
	case rest == "":
		return number, "", nil
	case commaForm.MatchString(text):
		return "", "", commas(text)
	case rest[0] == '_' || rest[0] == '\'':
		return "", "", fmt.Errorf("%q has %q in its number: write the digits alone, as in 1500 mm", text, rest[:1])
	case rest[0] == '.' || rest[0] == ',':
		return "", "", fmt.Errorf("%q is not a number: write one decimal point, as in 1.5 m", text)
	case based(number, rest):
		return "", "", fmt.Errorf("%q is not decimal: write the number in decimal digits, as in 16 m", text)
	}
	return number, rest, nil
}

// noNumber explains a text that begins with no number.
func noNumber(text string) error {
	word := strings.ToLower(strings.TrimLeft(text, "+-−"))
	switch {
	case text == "":
		return fmt.Errorf("a quantity is missing: write a number and a unit, such as 4 m or 50 L/s")
	case strings.HasPrefix(text, "−"):
		return fmt.Errorf("%q begins with a typographic minus: write - from the keyboard, as in -1 mm/s", text)
	case strings.HasPrefix(word, "nan"), strings.HasPrefix(word, "inf"), strings.HasPrefix(word, ".nan"), strings.HasPrefix(word, ".inf"):
		return fmt.Errorf("%q is not a finite number: write one, such as 4 m", text)
	default:
		return fmt.Errorf("%q does not begin with a number: write a number and a unit, such as 4 m or 50 L/s", text)
	}
}

// commas explains a number with a decimal comma or with thousands set off.
func commas(text string) error {
	parts := commaForm.FindStringSubmatch(text)
	rest := printable(text[len(parts[0]):])
	joined := parts[1] + strings.ReplaceAll(parts[2], ",", "") + parts[3] + rest
	pointed := parts[1] + "." + parts[2][1:] + rest
	switch one := strings.Count(parts[2], ",") == 1 && parts[3] == ""; {
	case one && len(parts[2]) == 4:
		return fmt.Errorf("%q has a comma in its number: write %s, or %s", text, pointed, joined)
	case one:
		return fmt.Errorf("%q has a comma in its number: write %s", text, pointed)
	default:
		return fmt.Errorf("%q has commas in its number: write %s", text, joined)
	}
}

// based reports whether number and rest are a hexadecimal, octal or binary
// number such as 0x1F.
func based(number, rest string) bool {
	digits := strings.TrimLeft(number, "+-")
	return digits == "0" && len(rest) > 1 && strings.ContainsRune("xXoObB", rune(rest[0])) &&
		strings.ContainsRune("0123456789abcdefABCDEF", rune(rest[1]))
}

// printable drops what must not reach a terminal from a text that is shown
// without quotes.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
}
