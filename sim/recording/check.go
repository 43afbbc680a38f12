package recording

import (
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/unit"
)

// An Atom is a condition at one instant, on a row of cells.
type Atom struct {
	Text   string
	Holds  func(cells []float64) bool
	Margin func(cells []float64) float64 // never NaN
	// Affine says that the margin goes along a straight line where the cells do.
	Affine bool
	Cells  []int // that it reads
	// Decides returns which of its comparisons decides the margin; nil where there is
	// but one.
	Decides func(cells []float64) int
	// Unit is that of the margin where a comparison decides, -1 where none is known to;
	// nil where no margin has a unit.
	Unit func(comparison int) unit.Unit
}

// An Input is a cell that the atoms read, and the field that it takes its values
// from.
type Input struct{ Field, Cell int }

// A Rule is a formula, ready to be followed: its plan, its atoms by number, and the
// cells that they read.
type Rule struct {
	Plan   *monitor.Plan
	Atoms  []Atom
	Inputs []Input
	Cells  int // how many there are
}

// Show returns the text of an atom.
func (r *Rule) Show(atom int) string { return r.Atoms[atom].Text }

// A Check is a formula that is to be followed through a file.
type Check struct {
	Name, Text string
	Fields     []int // that it reads: it begins where all have a value
	// Make makes it ready once the types of its fields are known.
	Make func(fields []Field) (Rule, error)
	// Unchecked says why it is not followed, empty where it is.
	Unchecked string
}

// A Sheet is what is asked of a file whose header is known.
type Sheet struct {
	*Header
	Mistakes
	Fields []Field
	Checks []*Check
}

// field returns the number of a field, which is read once.
func (s *Sheet) field(f Field) int {
	for i := range s.Fields {
		if g := &s.Fields[i]; g.Column == f.Column && g.Type == f.Type && g.Unit == f.Unit && g.Steps == f.Steps && g.Tick == f.Tick && len(g.Labels) == len(f.Labels) {
			return i
		}
	}
	s.Fields = append(s.Fields, f)
	return len(s.Fields) - 1
}
