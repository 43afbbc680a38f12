package recording

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// Invariants asks whether the invariants of a plan hold. The columns are signals by
// their paths, in the unit that the header says, or else in the one in which they are
// declared. What reads signals that the file does not have is not checked.
func (s *Sheet) Invariants(p *sim.Plan) {
	columns := s.signals(p)
	for _, rule := range p.Rules() {
		s.invariant(p, &rule, columns)
	}
}

// signals finds the columns that are signals.
func (s *Sheet) signals(p *sim.Plan) map[signal.Slot]int {
	columns := map[signal.Slot]int{}
	for i := 1; i < len(s.Columns); i++ {
		if slot, ok := p.Slot(s.Columns[i].Name); ok {
			if _, again := columns[slot]; !again {
				columns[slot] = i
			}
		}
	}
	return columns
}

func (s *Sheet) invariant(p *sim.Plan, rule *sim.Rule, columns map[signal.Slot]int) {
	c := &Check{Name: rule.Name, Text: rule.Text}
	s.Checks = append(s.Checks, c)
	var missing []string
	var inputs []Input
	for _, slot := range rule.Reads {
		info := p.Signals.At(slot)
		column, ok := columns[slot]
		switch {
		case slot == signal.Clock:
			inputs = append(inputs, Input{s.field(Field{Type: Moment, Tick: second}), int(slot)})
		case p.Windowed(slot):
			missing = append(missing, info.Signal)
		case !ok:
			missing = append(missing, strings.TrimPrefix(info.Path(), "."))
		default:
			inputs = append(inputs, Input{s.field(s.fieldOf(&info, column)), int(slot)})
		}
	}
	if len(missing) > 0 {
		c.Unchecked = "the data has no " + list(missing)
		return
	}
	for _, in := range inputs {
		c.Fields = append(c.Fields, in.Field)
	}
	c.Make = func([]Field) (Rule, error) {
		r := Rule{Plan: rule.Plan, Inputs: inputs, Cells: p.Signals.Len()}
		for _, condition := range rule.Conditions {
			r.Atoms = append(r.Atoms, atomOf(condition))
		}
		return r, nil
	}
}

// fieldOf is the field of a signal that a column has.
func (s *Sheet) fieldOf(info *sim.SignalInfo, column int) Field {
	f := Field{Column: column, Type: Number, Unit: info.Unit, Steps: !info.Continuous}
	switch info.Type {
	case signal.Bool:
		return Field{Column: column, Type: Switch}
	case signal.Enum:
		return Field{Column: column, Type: Label, Labels: info.Labels}
	case signal.Int, signal.Hash:
		f.Unit = unit.Unit{}
		return f
	}
	written := s.Columns[column].Unit
	if written == "" {
		return f
	}
	u, err := unit.Parse(written)
	switch {
	case err != nil:
		s.add(Mistake{Line: 1, Column: info.Path(), Cause: err.Error()})
	case !u.SameDim(info.Unit):
		s.add(Mistake{Line: 1, Column: info.Path(), Cause: fmt.Sprintf("it is in %s, but the signal in %s", u.Symbol, name(info.Unit))})
	default:
		f.Unit = u
	}
	return f
}

// name is a unit for people.
func name(u unit.Unit) string {
	if u.Symbol == "" {
		return "no unit"
	}
	return u.Symbol
}

// atomOf makes a condition of a scenario an atom.
func atomOf(c *signal.Condition) Atom {
	a := Atom{
		Text:  c.Text,
		Holds: func(cells []float64) bool { return c.Holds(cells, 0) }, Margin: func(cells []float64) float64 { return c.Margin(cells, 0) },
		Affine: c.Sense != signal.Mixed && len(c.Atoms) == 1 && c.Atoms[0].Curve == signal.Straight,
	}
	for _, r := range c.Reads {
		for k := range max(1, int(r.Count)) {
			a.Cells = append(a.Cells, int(r.Slot)+k)
		}
	}
	slices.Sort(a.Cells)
	if c.Decide != nil && len(c.Atoms) > 1 {
		a.Decides = func(cells []float64) int {
			_, k := c.Decide(cells, 0)
			return k
		}
	}
	a.Unit = func(comparison int) unit.Unit { return unitOf(c.Atoms, comparison) }
	return a
}

// unitOf is the unit of a comparison, of the first one of numbers where it is none.
func unitOf(list []signal.Atom, comparison int) unit.Unit {
	if comparison >= 0 && comparison < len(list) && list[comparison].Gap != nil {
		return list[comparison].Unit
	}
	for k := range list {
		if list[k].Gap != nil {
			return list[k].Unit
		}
	}
	return unit.Unit{}
}

// list joins the first names of several.
func list(names []string) string {
	const most = 4
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}
