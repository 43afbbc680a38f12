package repocheck

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// exact are the functions of package math with the same bits on every machine.
var exact = strings.Fields(`Abs Cbrt Ceil Copysign Dim FMA Float32bits Float32frombits Float64bits
Float64frombits Floor Frexp Inf IsInf IsNaN Ldexp Max Min Mod Modf NaN Nextafter Remainder Round RoundToEven
Signbit Sqrt Trunc`)

// clocks are the functions of package time that ask the machine.
var clocks = strings.Fields("After AfterFunc NewTicker NewTimer Now Since Sleep Tick Until")

// runs reports whether a package is part of what runs; computes, whether what it
// computes is.
func runs(place string) bool {
	rank := ranks()
	line, ok := rank[kind(place)]
	return ok && line <= rank[inRun] && place != "scenarios/source" || kind(place) == "twins/<kind>" || place == "twins"
}

func computes(place string) bool {
	return runs(place) || place == "scenarios/expression" || place == "scenarios/custom"
}

// Nothing below a campaign may depend on anything but the plan and the seed: no
// wall clock, no goroutine, no order of a map, no state of a package; and what is
// computed has the same bits on every machine.
func TestNothingButPlanAndSeed(t *testing.T) {
	r := open(t)
	for _, p := range r.own {
		if !computes(p.place()) || len(p.GoFiles) == 0 {
			continue
		}
		c := r.typed(t, p)
		found := c.arithmetic()
		if runs(p.place()) {
			found = append(found, c.chancy()...)
		}
		for _, f := range found {
			t.Errorf("%s: %s", r.at(c.fset, f.pos), f.what)
		}
	}
}

// chancy finds what may be otherwise in another run.
func (c *checked) chancy() (found []finding) {
	add := func(n ast.Node, what string) { found = append(found, finding{n.Pos(), what}) }
	sorted := map[ast.Node]bool{}
	for _, f := range c.files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				add(n, "a goroutine")
			case *ast.SelectStmt:
				add(n, "a select")
			case *ast.RangeStmt:
				if _, ok := c.info.TypeOf(n.X).Underlying().(*types.Map); ok {
					add(n, "a range over a map: use slices.Sorted(maps.Keys(...))")
				}
			case *ast.CallExpr:
				pkg, name := c.callee(n)
				switch {
				case pkg == "slices" && strings.HasPrefix(name, "Sorted"):
					sorted[n.Args[0]] = true
				case pkg == "maps" && slices.Contains([]string{"All", "Keys", "Values"}, name) && !sorted[n]:
					add(n, "maps."+name+" without sorting")
				case pkg == "time" && slices.Contains(clocks, name):
					add(n, "the wall clock")
				}
			case *ast.AssignStmt:
				for _, x := range n.Lhs {
					if c.global(x) {
						add(x, "state of a package")
					}
				}
			case *ast.IncDecStmt:
				if c.global(n.X) {
					add(n, "state of a package")
				}
			}
			return true
		})
	}
	return found
}

// callee returns the package and the name of a function that is called.
func (c *checked) callee(call *ast.CallExpr) (pkg, name string) {
	if s, ok := call.Fun.(*ast.SelectorExpr); ok {
		if f, ok := c.info.Uses[s.Sel].(*types.Func); ok && f.Pkg() != nil && f.Signature().Recv() == nil {
			return f.Pkg().Path(), f.Name()
		}
	}
	return "", ""
}

// global reports whether an expression is, or is part of, a variable of a package.
func (c *checked) global(x ast.Expr) bool {
	for {
		switch e := ast.Unparen(x).(type) {
		case *ast.IndexExpr:
			x = e.X
		case *ast.StarExpr:
			x = e.X
		case *ast.SelectorExpr:
			x = e.X
			if v, ok := c.info.Uses[e.Sel].(*types.Var); ok && !v.IsField() {
				return true // of another package
			}
		case *ast.Ident:
			v, ok := c.info.Uses[e].(*types.Var)
			return ok && v.Parent() == c.pkg.Scope()
		default:
			return false
		}
	}
}

// arithmetic finds what has other bits on other machines: functions of package
// math, and products that the compiler may fuse into a sum, even across statements
// and calls that it inlines, because nothing rounds them.
func (c *checked) arithmetic() (found []finding) {
	rounded := map[ast.Node]bool{}
	round := func(x ast.Expr) { rounded[ast.Unparen(x)] = true }
	for _, f := range c.files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if pkg, name := c.callee(n); pkg == "math" && !slices.Contains(exact, name) {
					found = append(found, finding{n.Pos(), "math." + name + " differs by machine: use sim/detmath"})
				}
				if fun := c.info.Types[n.Fun]; fun.IsType() && len(n.Args) == 1 {
					round(n.Args[0]) // a conversion, to float64 or to an integer
				}
			case *ast.BinaryExpr:
				switch n.Op {
				case token.MUL, token.QUO:
					// An operand of a product cannot be fused, but the product with 2, which
					// the compiler makes a sum.
					if (rounded[n] || n.Op == token.QUO) && !c.isTwo(n.X) && !c.isTwo(n.Y) {
						round(n.X)
						round(n.Y)
					}
				case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
					round(n.X)
					round(n.Y)
				}
				if n.Op == token.MUL && !rounded[n] && c.isVariableFloat(n) {
					found = append(found, finding{n.Pos(), "a product that is not rounded: write float64(x*y)"})
				}
			case *ast.AssignStmt:
				if n.Tok == token.MUL_ASSIGN && c.isVariableFloat(n.Lhs[0]) {
					found = append(found, finding{n.Pos(), "a product that is not rounded: write x = float64(x*y)"})
				}
			}
			return true
		})
	}
	return found
}

func (c *checked) isTwo(x ast.Expr) bool {
	v := c.info.Types[x].Value
	return v != nil && v.Kind() != constant.String && v.Kind() != constant.Bool &&
		constant.Compare(constant.ToFloat(v), token.EQL, constant.MakeInt64(2))
}

func (c *checked) isVariableFloat(x ast.Expr) bool {
	tv := c.info.Types[x]
	if tv.Type == nil {
		tv.Type = c.info.TypeOf(x)
	}
	b, ok := tv.Type.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsFloat != 0 && tv.Value == nil
}

// The rules find what they should.
func TestRulesOfBits(t *testing.T) {
	r := open(t)
	c := r.source(t, `package p
import "math"
const c = 2.0 * 3
func f(x, y, z float64, i int) float64 {
	i = i * i
	z += float64(x*y*z) + float64((x*y)) + x*y/z
	x *= y
	x += float64(2*x*y) + float64(x*y*2) + float64(x*y*4)
	if x*y < z { i += int(x*y) }
	p := x*y
	return p + math.Sqrt(math.Sin(z)) + float64(x*(y+x*z))
}`)
	require.Equal(t, []int{7, 8, 10, 11, 11}, sortedInts(c.lines(c.arithmetic())))
	c = r.source(t, `package p
import ("maps"; "slices"; "time")
var state, list = 0, []int{1}
type s struct{ n int }
var whole s
func f(m map[string]int, ch chan int) {
	for range m {}
	for range list {}
	for range maps.Keys(m) {}
	for range slices.Sorted(maps.Keys(m)) {}
	go f(m, ch)
	select { case <-ch: default: }
	_ = time.Now()
	_ = 3 * time.Second
	state = 4
	list[0]++
	whole.n += 2
	n := 3
	n++
}`)
	require.Equal(t, []int{7, 9, 11, 12, 13, 15, 16, 17}, sortedInts(c.lines(c.chancy())))
}

func sortedInts(list []int) []int {
	slices.Sort(list)
	return list
}
