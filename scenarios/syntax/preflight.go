package syntax

import (
	"bytes"
	"unicode/utf8"

	"github.com/harmproof/harmproof/scenarios/source"
)

// preflight reports whether the file may be YAML text at all.
func preflight(f *source.File, problems *source.Problems) bool {
	switch text := f.Text; {
	case len(text) > MaxBytes:
		problems.Errorf(f.Whole(), "put tables into files of their own (`{from: table.csv}`), and shared parts under `use:`",
			"the file is too large: a scenario has at most %.0f MB", MaxBytes/1e6)
	case bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")):
		problems.Errorf(f.Whole(), "save it as UTF-8", "the file is UTF-16 text")
	case bytes.IndexByte(text, 0) >= 0:
		problems.Errorf(f.Whole(), "a scenario is YAML text; `harmproof new NAME` writes one to begin with",
			"this is not a text file: byte %d is zero", bytes.IndexByte(text, 0)+1)
	default:
		return visible(f, problems)
	}
	return false
}

// visible reports whether every character of the file is one that a reader sees
// and the YAML library counts as we do.
func visible(f *source.File, problems *source.Problems) bool {
	at := source.Pos{Line: 1}
	for i := 0; i < len(f.Text); {
		r, size := rune(f.Text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(f.Text[i:])
		}
		at.Column++
		if why, fix := hidden(r, f.Text[i:], size); why != "" {
			problems.Errorf(f.Span(at.Line, at.Column, 1), fix, "%s", why)
			return false
		}
		if r == '\n' {
			at = source.Pos{Line: at.Line + 1}
		}
		i += size
	}
	return true
}

// hidden says what is wrong with a character, if anything.
func hidden(r rune, text []byte, size int) (why, fix string) {
	switch {
	case r >= ' ' && r < 0x7f, r == '\n', r == '\t':
		return "", ""
	case r == '\r' && (len(text) < 2 || text[1] != '\n'):
		return "a line ends in a lone carriage return", "save the file with the line ends of this system"
	case r == '\r':
		return "", ""
	case r == utf8.RuneError && size == 1:
		return "this is not UTF-8 text", "save the file as UTF-8"
	case r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff:
		return "an invisible character stands here (" + source.Printable(string(r)) + ")", "remove it"
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return "a character here turns the direction of the text (" + source.Printable(string(r)) + ")",
			"remove it: what is read must be what is run"
	}
	return "", ""
}
