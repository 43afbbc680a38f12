package stl

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Problem is one mistake in a formula: where it is, what is wrong and what to do
// next.
type Problem struct {
	Line, Column int    // of its first character, from 1 on
	Width        int    // in characters, at least 1
	Cause        string // without a full stop
	Next         string // the next step; what can be pasted is in `backticks`
	offset       int
}

// Error implements error.
func (p Problem) Error() string {
	place := fmt.Sprintf("column %d: ", p.Column)
	if p.Line > 1 {
		place = fmt.Sprintf("line %d, ", p.Line) + place
	}
	if p.Next == "" {
		return place + p.Cause
	}
	return place + p.Cause + ": " + p.Next
}

// fail records a problem with a part of the text, in bytes.
func (s *source) fail(from, to int, next, cause string, args ...any) {
	p := Problem{Cause: fmt.Sprintf(cause, args...), Next: next, offset: from}
	for _, known := range s.problems {
		if known.offset == from { // one mistake, one problem
			return
		}
	}
	if s.stopped || len(s.problems) == maxProblems {
		return
	}
	before := s.original[:min(from, len(s.original))]
	p.Line = 1 + strings.Count(before, "\n")
	p.Column = 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	p.Width = max(1, utf8.RuneCountInString(s.text[min(from, len(s.text)):min(to, len(s.text))]))
	s.problems = append(s.problems, p)
}

// stop records a problem after which nothing else is looked for.
func (s *source) stop(from, to int, next, cause string, args ...any) {
	s.fail(from, to, next, cause, args...)
	s.stopped = true
}

// show returns a part of the text for a message.
func (s *source) show(from, to int) string {
	const most = 40
	if text := s.text[from:to]; utf8.RuneCountInString(text) <= most && !strings.Contains(text, "`") {
		return "`" + text + "`"
	}
	return "this"
}
