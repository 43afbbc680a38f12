package recording

import (
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/monitor/stl"
)

// Formula asks whether a formula in the notation of STL tools is true at the start.
// Its bounds are in the unit of the file's time.
func (s *Sheet) Formula(name, text string) {
	spec, problems := stl.Parse(text, s.Tick)
	for _, p := range problems {
		s.add(Mistake{Cause: name + ": " + p.Error()})
	}
	c := &Check{Name: name, Text: text}
	fields := map[string]int{}
	for _, column := range spec.Columns {
		f := Field{Type: Moment, Tick: s.Tick}
		if column != s.Columns[0].Name {
			at, wrong := s.Find(column)
			if wrong != nil {
				wrong.Cause = name + ": " + wrong.Cause
				s.add(*wrong)
				continue
			}
			f = Field{Column: at}
		}
		fields[column] = s.field(f)
		c.Fields = append(c.Fields, fields[column])
	}
	c.Make = func(types []Field) (Rule, error) {
		var truths []string
		for _, column := range spec.Columns {
			if types[fields[column]].Type == Truth {
				truths = append(truths, column)
			}
		}
		spec, problems := stl.Parse(text, s.Tick, truths...)
		if len(problems) > 0 {
			return Rule{}, problems[0]
		}
		return ruleOf(&spec, fields)
	}
	s.Checks = append(s.Checks, c)
}

// ruleOf makes a formula ready: its cells are its columns.
func ruleOf(spec *stl.Spec, fields map[string]int) (r Rule, err error) {
	r.Cells = len(spec.Columns)
	for cell, column := range spec.Columns {
		r.Inputs = append(r.Inputs, Input{fields[column], cell})
	}
	for _, a := range spec.Atoms {
		r.Atoms = append(r.Atoms, Atom{Text: a.Text, Holds: a.Holds, Margin: a.Margin, Affine: a.Affine, Cells: a.Columns})
	}
	r.Plan, err = monitor.Compile(spec.Formula, nil)
	return r, err
}
