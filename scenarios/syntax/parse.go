package syntax

import (
	"fmt"

	"github.com/harmproof/harmproof/scenarios/source"
)

// Limits. A scenario file is untrusted input.
const (
	MaxBytes    = 1 << 20 // of a file
	maxNodes    = 200_000 // values and keys
	maxDepth    = 64      // levels of nesting
	maxProblems = 500     // of one file that are looked for
)

// Parse reads a scenario or system file. It returns as much of the tree as is
// usable, nil if nothing is, with everything that is wrong.
func Parse(f *source.File) (file *File, problems source.Problems) {
	defer func() {
		if r := recover(); r != nil {
			file = nil
			problems.Errorf(f.Whole(), "please report it with the file", "this file broke the reader (%v)", r)
		}
		problems = problems.Sorted()
	}()
	if !preflight(f, &problems) {
		return nil, problems
	}
	d := newDraft(f, &problems)
	root := d.compose()
	if root == nil {
		return nil, problems
	}
	r := reader{file: f, problems: &problems, draft: d, cursor: source.Cursor{File: f}}
	value := r.value(root, false)
	if r.nodes > maxNodes {
		problems = nil
		problems.Errorf(f.Whole(), "share systems between files with `use:`, and many equal devices with `count:`",
			"the file holds more than %s values", thousands(maxNodes))
		return nil, problems
	}
	p := parser{problems: &problems}
	return p.file(f, value), problems
}

// thousands writes a number as people read it.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s %03d", thousands(n/1000), n%1000)
}
