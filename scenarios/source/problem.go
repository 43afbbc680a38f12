package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Severity says whether a problem keeps a scenario from running.
type Severity int

// Severities.
const (
	Error   Severity = iota // nothing is run
	Warning                 // probably not what was meant
)

// A Problem is one mistake in a file: where it is, what is wrong and what to
// do next.
type Problem struct {
	Span
	Message  string // the cause in plain words, without a full stop
	Fix      string // the next step in one line; what can be pasted is in `backticks`
	Severity Severity
}

// Errorf returns a mistake that keeps the scenario from running.
func Errorf(at Span, fix, format string, args ...any) Problem {
	return Problem{Span: at, Fix: fix, Message: fmt.Sprintf(format, args...)}
}

// Warnf returns a warning.
func Warnf(at Span, fix, format string, args ...any) Problem {
	return Problem{Span: at, Fix: fix, Message: fmt.Sprintf(format, args...), Severity: Warning}
}

// Problems are the mistakes of one or more files. As an error they read as
// people are shown them.
type Problems []Problem

// Add appends problems.
func (p *Problems) Add(more ...Problem) { *p = append(*p, more...) }

// Errorf appends a mistake that keeps the scenario from running.
func (p *Problems) Errorf(at Span, fix, format string, args ...any) {
	*p = append(*p, Errorf(at, fix, format, args...))
}

// Warnf appends a warning.
func (p *Problems) Warnf(at Span, fix, format string, args ...any) {
	*p = append(*p, Warnf(at, fix, format, args...))
}

// Errors returns the problems that are not warnings.
func (p Problems) Errors() Problems {
	var errors Problems
	for _, one := range p {
		if one.Severity == Error {
			errors = append(errors, one)
		}
	}
	return errors
}

// Err returns the problems as an error, or nil if none keeps the scenario from
// running.
func (p Problems) Err() error {
	if len(p.Errors()) == 0 {
		return nil
	}
	return p
}

// Sorted returns the problems by file, line and column, each once.
func (p Problems) Sorted() Problems {
	sorted := slices.Clone(p)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.fileName(), b.fileName()),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Severity, b.Severity),
			strings.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(sorted, func(a, b Problem) bool {
		return a.fileName() == b.fileName() && a.Pos == b.Pos && a.Message == b.Message
	})
}

func (p Problem) fileName() string {
	if p.File == nil {
		return ""
	}
	return p.File.Name
}
