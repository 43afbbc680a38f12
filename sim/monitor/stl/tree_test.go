package stl

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A tree is a formula that knows by itself how it is written, what operations it is
// made of and what it comes to at a row.
type tree struct {
	op       string
	args     []*tree
	value    float64 // of a number
	window   string
	from, to vtime.Duration
	spelling string
}

// tight is how tightly operators bind, as doc.go says.
var tight = map[string]int{
	"iff": 1, "xor": 1, "implies": 2, "or": 3, "and": 4, "until": 5, "since": 5, "weak_until": 5, "release": 5,
	"not": 6, "always": 6, "eventually": 6, "historically": 6, "once": 6, "rise": 6, "fall": 6,
	"<": 7, "<=": 7, ">": 7, ">=": 7, "==": 7, "!=": 7, "+": 8, "-": 8, "*": 9, "/": 9, "neg": 10, "^": 11,
}

const operand = 12

func (f *tree) binds() int {
	if n, ok := tight[f.op]; ok {
		return n
	}
	return operand
}

// spellings of operators.
var spellings = map[string][]string{
	"iff": {"iff", "<->", "<=>", "↔", "⇔"}, "xor": {"xor", "⊕"}, "implies": {"implies", "->", "=>", "→", "⇒"},
	"or": {"or", "||", "|", `\/`, "∨"}, "and": {"and", "&&", "&", `/\`, "∧"}, "until": {"until", "U"}, "since": {"since", "S"},
	"weak_until": {"weak_until", "W", "unless"}, "release": {"release", "R"}, "not": {"not", "!", "~", "¬"},
	"always": {"always", "G", "globally", "alw", "[]", "□"}, "eventually": {"eventually", "F", "finally", "ev", "<>", "◇", "◊"},
	"historically": {"historically", "H"}, "once": {"once", "O"}, "!=": {"!=", "!==", "~=", "≠"}, "<=": {"<=", "≤"},
	">=": {">=", "≥"}, "-": {"-", "−"}, "neg": {"-", "−"}, "*": {"*", "·"}, "^": {"^", "**"}, "true": {"true", "TRUE", "⊤"}, "false": {"false", "FALSE", "⊥"},
}

// write writes the tree, with brackets around everything or only where they are
// needed.
func (f *tree) write(all bool) string {
	bracket := func(a *tree, least int) string {
		if all || a.binds() < least {
			return "(" + a.write(all) + ")"
		}
		return a.write(all)
	}
	own := f.binds()
	switch {
	case f.op == "number":
		return strconv.FormatFloat(f.value, 'g', -1, 64)
	case own == operand && len(f.args) > 0:
		var args []string
		for _, a := range f.args {
			args = append(args, a.write(all))
		}
		return f.op + "(" + strings.Join(args, ", ") + ")"
	case own == operand:
		return f.spelling
	case len(f.args) == 1 && f.op == "neg":
		return f.spelling + bracket(f.args[0], own)
	case len(f.args) == 1:
		text := bracket(f.args[0], own)
		if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−") { // not that of a column F
			text = "(" + text + ")"
		}
		return f.spelling + f.window + " " + text
	case f.op == "^":
		return bracket(f.args[0], own+1) + f.spelling + bracket(f.args[1], own)
	}
	left := own + 1
	if own >= tight["+"] {
		left = own
	}
	text := bracket(f.args[0], left)
	for _, a := range f.args[1:] {
		text += " " + f.spelling + f.window + " " + bracket(a, own+1)
	}
	return text
}

func (f *tree) numeric() bool { return f.binds() >= tight["+"] && f.op != "true" && f.op != "false" }

func (f *tree) temporal() bool {
	return f.binds() == 5 || f.binds() == 6 && f.op != "not" || slices.ContainsFunc(f.args, (*tree).temporal)
}

func (f *tree) measured() bool {
	if f.op == "true" || f.op == "false" || f.op == "on" {
		return false
	}
	return f.binds() >= 7 || !slices.ContainsFunc(f.args, func(a *tree) bool { return !a.measured() })
}

// atom reports whether the tree is one atom.
func (f *tree) atom() bool {
	return f.numeric() || f.binds() == 7 || (f.op == "iff" || f.op == "xor") && !f.temporal() && f.measured()
}

// structure is the tree in function form, an atom by what it comes to at some rows.
func (f *tree) structure(rows []map[string]float64) string {
	if f.op == "true" || f.op == "false" {
		return f.op
	}
	if f.atom() {
		text := ""
		for _, row := range rows {
			text += fmt.Sprintf("{%v %v}", f.holds(row), f.margin(row))
		}
		return text
	}
	args := ""
	for _, a := range f.args {
		args += a.structure(rows) + ","
	}
	return fmt.Sprintf("%s[%d,%d](%s)", f.op, f.from, f.to, args)
}

func structureOf(f *formula.Formula, s Spec, rows []map[string]float64) string {
	switch f.Op {
	case formula.Constant:
		return strconv.FormatBool(f.Value)
	case formula.Atom:
		text := ""
		for _, row := range rows {
			var values []float64
			for _, c := range s.Columns {
				values = append(values, row[c])
			}
			a := s.Atoms[f.Atom]
			text += fmt.Sprintf("{%v %v}", a.Holds(values), a.Margin(values))
		}
		return text
	}
	args := ""
	for _, a := range f.Args {
		args += structureOf(a, s, rows) + ","
	}
	return fmt.Sprintf("%s[%d,%d](%s)", f.Op, f.Over.From, f.Over.To, args)
}

// number is what a term comes to.
func (f *tree) number(row map[string]float64) float64 {
	var of []float64
	for _, a := range f.args {
		of = append(of, a.number(row))
	}
	switch f.op {
	case "number":
		return f.value
	case "neg":
		return -of[0]
	case "+":
		return of[0] + of[1]
	case "-":
		return of[0] - of[1]
	case "*":
		return float64(of[0] * of[1])
	case "/":
		return of[0] / of[1]
	case "^", "pow":
		return detmath.Pow(of[0], of[1])
	case "abs":
		return math.Abs(of[0])
	case "sqrt":
		return math.Sqrt(of[0])
	case "max":
		return max(of[0], of[1], of[2])
	}
	return row[f.op]
}

// sides are the numbers or margins of the arguments.
func (f *tree) sides(row map[string]float64) (x, y, gap float64) {
	value := func(a *tree) float64 {
		if f.binds() == 7 {
			return a.number(row)
		}
		return a.margin(row)
	}
	x, y = value(f.args[0]), value(f.args[1])
	switch gap = y - x; {
	case x == y:
		gap = 0
	case math.IsNaN(gap):
		gap = math.Inf(-1)
	}
	return x, y, gap
}

func (f *tree) margin(row map[string]float64) float64 {
	if f.op == "on" {
		return math.Inf(int(2*row["on"] - 1))
	}
	if f.numeric() {
		if v := f.number(row); !math.IsNaN(v) {
			return v
		}
		return math.Inf(-1)
	}
	switch f.op {
	case "not":
		return 0 - f.args[0].margin(row)
	case "implies":
		return math.Max(0-f.args[0].margin(row), f.args[1].margin(row))
	case "and", "or":
		all := []float64{}
		for _, a := range f.args {
			all = append(all, a.margin(row))
		}
		if f.op == "and" {
			return slices.Min(all)
		}
		return slices.Max(all)
	}
	_, _, gap := f.sides(row)
	switch f.op {
	case ">", ">=":
		return (&tree{op: "<", args: []*tree{f.args[1], f.args[0]}}).margin(row)
	case "==", "iff":
		return 0 - math.Abs(gap)
	case "!=", "xor":
		return math.Abs(gap)
	}
	return gap
}

func (f *tree) holds(row map[string]float64) bool {
	if f.numeric() {
		return f.number(row) > 0
	}
	if f.binds() == 7 {
		x, y, _ := f.sides(row)
		return map[string]bool{"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y, "==": x == y, "!=": x != y}[f.op]
	}
	some, all := false, true
	for _, a := range f.args {
		some, all = some || a.holds(row), all && a.holds(row)
	}
	switch f.op {
	case "not":
		return !some
	case "and":
		return all
	case "or":
		return some
	case "implies":
		return !f.args[0].holds(row) || f.args[1].holds(row)
	}
	return (f.args[0].holds(row) == f.args[1].holds(row)) == (f.op == "iff")
}

var columns = []string{"a", "tower.level", "drive[3].speed", "on", "with blank"}

func (f *tree) spell(t *rapid.T) *tree {
	f.to = formula.Forever
	f.spelling = f.op
	if f.op == "with blank" {
		f.spelling = "`with blank`"
	}
	if list := spellings[f.op]; list != nil {
		f.spelling = rapid.SampledFrom(list).Draw(t, "spelling")
	}
	if f.binds() == 5 || f.binds() == 6 && f.op != "not" && f.op != "rise" && f.op != "fall" {
		from, span := rapid.Int64Range(0, 40).Draw(t, "from"), rapid.Int64Range(0, 40).Draw(t, "span")
		f.from = vtime.Duration(from) * vtime.Millisecond
		switch rapid.IntRange(0, 3).Draw(t, "window") {
		case 0:
			f.from = 0
		case 1:
			f.window = fmt.Sprintf("[%d, inf]", from)
		case 2:
			f.to = f.from + vtime.Duration(span)*vtime.Millisecond
			f.window = fmt.Sprintf("[%d:%d]", from, from+span)
		case 3:
			f.to = f.from + vtime.Duration(span)*vtime.Second
			f.window = fmt.Sprintf("[%dms, %gs]", from, f.to.Seconds())
		}
	}
	return f
}

// drawTerm draws a term.
func drawTerm(t *rapid.T, depth int) *tree {
	op := rapid.SampledFrom([]string{"number", "column", "column", "neg", "+", "-", "*", "/", "^", "abs", "sqrt", "pow", "max"}).Draw(t, "term")
	if depth == 0 && op != "number" {
		op = "column"
	}
	f := &tree{op: op}
	count := map[string]int{"neg": 1, "abs": 1, "sqrt": 1, "max": 3, "+": 2, "-": 2, "*": 2, "/": 2, "^": 2, "pow": 2}[op]
	switch op {
	case "number":
		f.value = math.Abs(rapid.SampledFrom([]float64{0, 1, 2, 0.5, 3.25, 1e-3, 1e300, 7}).Draw(t, "value"))
	case "column":
		f.op = rapid.SampledFrom(columns).Draw(t, "column")
	}
	for range count {
		f.args = append(f.args, drawTerm(t, depth-1))
	}
	return f.spell(t)
}

func drawFormula(t *rapid.T, depth int) *tree {
	ops := []string{"<", "<=", ">", ">=", "==", "!=", "bare", "true", "false"}
	if depth > 0 {
		for op, level := range tight {
			if level < 7 {
				ops = append(ops, op, op)
			}
		}
		slices.Sort(ops)
	}
	f := &tree{op: rapid.SampledFrom(ops).Draw(t, "op")}
	count := 2
	switch level := f.binds(); {
	case f.op == "bare":
		f.op, count = rapid.SampledFrom(columns).Draw(t, "column"), 0
	case f.op == "true" || f.op == "false":
		count = 0
	case level == 7:
		f.args, count = []*tree{drawTerm(t, 2), drawTerm(t, 2)}, 0
	case level == 6:
		count = 1
	case f.op == "and" || f.op == "or":
		count = rapid.IntRange(2, 4).Draw(t, "count")
	}
	for range count {
		f.args = append(f.args, drawFormula(t, depth-1))
	}
	return f.spell(t)
}

// TestTrees writes random formulas, with all brackets and with as few as can be, and
// compares what is read with what they are.
func TestTrees(t *testing.T) {
	trials.Make(t, 5000)
	rapid.Check(t, func(t *rapid.T) {
		f := drawFormula(t, 4)
		var rows []map[string]float64
		for range 3 {
			row := map[string]float64{}
			for _, c := range columns {
				row[c] = rapid.SampledFrom([]float64{0, 1, -1, 2.5, -3, math.Inf(1), math.Inf(-1), math.NaN()}).Draw(t, c)
			}
			row["on"] = float64(rapid.IntRange(0, 1).Draw(t, "on"))
			rows = append(rows, row)
		}
		for _, all := range []bool{false, true} {
			text := f.write(all)
			s, problems := Parse(text, vtime.Millisecond, "on")
			require.Empty(t, problems, text)
			require.Equal(t, f.structure(rows), structureOf(s.Formula, s, rows), text)
		}
	})
}
