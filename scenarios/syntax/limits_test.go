package syntax

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/scenarios/source"
)

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"10 MB":     {"a: " + strings.Repeat("x", 10<<20), "the file is too large: a scenario has at most 1 MB"},
		"NUL":       {"scenario: a\x00b", "this is not a text file: byte 12 is zero"},
		"ELF":       {"\x7fELF\x02\x01\x01\x00\x00", "this is not a text file: byte 8 is zero"},
		"UTF-16":    {"\xff\xfea\x00", "the file is UTF-16 text"},
		"Latin-1":   {"about: caf\xe9\n", "a.yaml:1:11  this is not UTF-8 text"},
		"escape":    {"about: a\n\nrun: \x1b[31mred\n", `a.yaml:3:6  an invisible character stands here (\x1b)`},
		"bell":      {"about: \"\\a\"\nrun: 1m\nscenario: a\n", `a.yaml:1:8  an invisible character stands here (\a)`},
		"NEL":       {"about: a\u0085b\n", `a.yaml:1:9  an invisible character stands here (\u0085)`},
		"old Mac":   {"about: a\rrun: 1m\r", "a.yaml:1:9  a line ends in a lone carriage return"},
		"bidi":      {"about: a\u202eb\n", `a.yaml:1:9  a character here turns the direction of the text (\u202e)`},
		"nodes":     {"a: [" + strings.Repeat("1,", 250_000) + "]", "the file holds more than 200 000 values"},
		"flow":      {strings.Repeat("[", 1000), "a.yaml:1:65  this is nested more than 64 levels deep"},
		"blocks":    {strings.Repeat("- ", 1000), "this is nested more than 64 levels deep"},
		"keys":      {strings.Repeat("? ", 1000), "this is nested more than 64 levels deep"},
		"empty":     {"", "a.yaml  the file is empty"},
		"blank":     {" \n\n", "a.yaml  the file is empty"},
		"null":      {"---\n...\n", "a.yaml  the file holds no scenario"},
		"only mark": {"\ufeff", "a.yaml  the file is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			file, problems := Parse(source.New("a.yaml", []byte(c.text)))
			if name != "bell" {
				assert.Nil(t, file)
			}
			assert.Len(t, problems, 1)
			assert.Contains(t, problems.Error(), c.want)
			assert.NotContains(t, problems.Error(), "\x1b")
			assert.Less(t, strings.Count(problems.Error(), "\n"), 24, "one screen")
		})
	}
}

func TestByteOrderMarkAndWindowsLines(t *testing.T) {
	text := "\ufeffscenario: a\r\nrun: 1\r\nabout: x\r\n"
	_, problems := Parse(source.New("a.yaml", []byte(text)))
	assert.Len(t, problems, 1)
	assert.Equal(t, "a.yaml:2:6", problems[0].Span.String())
	assert.NotContains(t, problems.Error(), "\r")
}

// What grows with the square of the mistakes would not end while anybody waits.
func TestManyMistakesEnd(t *testing.T) {
	for name, text := range map[string]string{
		"YAML":   strings.Repeat("a: b: c\n", 100_000),
		"keys":   strings.Repeat("seedd: 3\n", 90_000),
		"split":  "a: [" + strings.Repeat("(a,", 60_000) + "]",
		"braces": "a: {" + strings.Repeat("(a,", 60_000) + "}",
		"long":   "about: " + strings.Repeat("x: ", 300_000),
	} {
		_, problems := Parse(source.New("a.yaml", []byte(text)))
		assert.NotEmpty(t, problems, name)
		assert.NotEmpty(t, problems.Error(), name)
	}
}

func TestPasteableFixesPaste(t *testing.T) {
	for bad, good := range map[string]string{
		"seed: 00010":         "seed: 10",
		"about: Attack: open": `about: "Attack: open"`,
		"invariants: {x: {always: max(a, b) < 3}}": `invariants: {x: {always: "max(a, b) < 3"}}`,
		"invariants: {x: {always: !a.b}}":          "invariants: {x: {always: not a.b}}",
	} {
		head := []byte("scenario: a\nrun: 1m\n")
		_, problems := Parse(source.New("a.yaml", append(bytes.Clone(head), bad...)))
		assert.Len(t, problems, 1, bad)
		_, problems = Parse(source.New("a.yaml", append(bytes.Clone(head), good...)))
		assert.Empty(t, problems, good)
	}
}
