package monitor

import "github.com/harmproof/harmproof/sim/monitor/formula"

// A Plan is an invariant, ready to be followed through many runs. It never changes.
type Plan struct {
	Formula *formula.Formula
	// Asked are what must come true for the formula to be put to the test: the left
	// sides of implications.
	Asked []*formula.Formula
	// Atoms is how many conditions the formula and what is asked read.
	Atoms int

	// body must hold at all times; nil where the formula is not about all times. Where
	// it is no more than an atom, or the opposite of one, each instant decides alone.
	body     *formula.Formula
	simple   bool
	negative bool

	truth, margin formula.Program
	asked         []formula.Program // empty of an atom
}

// Compile makes a plan of a formula. Besides what is asked, the left sides of
// implications with time in them count as asked.
func Compile(f *formula.Formula, asked []*formula.Formula) (*Plan, error) {
	p := &Plan{Formula: f}
	p.Asked = append(append(p.Asked, asked...), implied(f)...)
	p.body = alwaysOf(f)
	decided := f
	if p.body != nil {
		decided = p.body
		p.simple, p.negative = single(p.body)
	}
	var err error
	if p.truth, err = formula.Lower(decided); err != nil {
		return nil, err
	}
	if p.margin, err = formula.Lower(f); err != nil {
		return nil, err
	}
	p.Atoms = atoms(f)
	for _, a := range p.Asked {
		p.Atoms = max(p.Atoms, atoms(a))
		var of formula.Program
		if a.Op != formula.Atom {
			if of, err = formula.Lower(a); err != nil {
				return nil, err
			}
		}
		p.asked = append(p.asked, of)
	}
	return p, nil
}

// Simple reports whether every instant decides by itself, by the first atom:
// then Lowest takes the place of margins between instants.
func (p *Plan) Simple() bool { return p.simple }

// Negative reports whether a simple invariant's margin is the opposite of that of
// its atom.
func (p *Plan) Negative() bool { return p.negative }

// alwaysOf returns what must hold at all times of a run, if that is what the
// formula says.
func alwaysOf(f *formula.Formula) *formula.Formula {
	switch {
	case f.Op == formula.Always && f.Over == formula.All:
		if inner := alwaysOf(f.Args[0]); inner != nil {
			return inner
		}
		return f.Args[0]
	case f.Op == formula.Not && f.Args[0].Op == formula.Eventually && f.Args[0].Over == formula.All:
		return formula.New(formula.Not, f.Args[0].Args[0])
	case f.Op == formula.And:
		all := make([]*formula.Formula, len(f.Args))
		for i, a := range f.Args {
			if all[i] = alwaysOf(a); all[i] == nil {
				return nil
			}
		}
		return formula.New(formula.And, all...)
	}
	return nil
}

// single reports whether a formula is the first atom, or its opposite.
func single(f *formula.Formula) (is, negative bool) {
	for f.Op == formula.Not {
		f, negative = f.Args[0], !negative
	}
	return f.Op == formula.Atom && f.Atom == 0, negative
}

// implied lists the left sides of implications in a formula that looks at other
// instants than its own.
func implied(f *formula.Formula) (list []*formula.Formula) {
	if f.Op == formula.Implies {
		list = append(list, f.Args[0])
	}
	for _, a := range f.Args {
		list = append(list, implied(a)...)
	}
	return list
}

// atoms returns by how many atoms the highest number of one is reached.
func atoms(f *formula.Formula) (n int) {
	if f.Op == formula.Atom {
		return f.Atom + 1
	}
	for _, a := range f.Args {
		n = max(n, atoms(a))
	}
	return n
}
