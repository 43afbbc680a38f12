package recording

import (
	"fmt"
	"slices"
)

// MaxMistakes is how many mistakes of a file are kept; the others are counted.
const MaxMistakes = 20

// A Mistake is one thing that is wrong with a file.
type Mistake struct {
	Line   int    // from 1 on; 0 where it is about no line
	Column string // its name, empty where it is about none
	Cause  string // without a full stop
	Next   string // what to do about it, may be empty
}

// Error implements error.
func (m Mistake) Error() string {
	text := m.Cause
	if m.Column != "" {
		text = "column " + m.Column + ": " + text
	}
	if m.Line > 0 {
		text = fmt.Sprintf("line %d: %s", m.Line, text)
	}
	if m.Next != "" {
		text += "; " + m.Next
	}
	return text
}

// Mistakes are what is wrong with a file.
type Mistakes struct {
	List  []Mistake // the first MaxMistakes
	Count int       // of all
}

// add adds mistakes, each once.
func (m *Mistakes) add(list ...Mistake) {
	for _, one := range list {
		if slices.Contains(m.List, one) {
			continue
		}
		if m.Count++; len(m.List) < MaxMistakes {
			m.List = append(m.List, one)
		}
	}
}
