package repocheck

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

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
	return runs(place) || slices.Contains([]string{"scenarios/expression", "scenarios/custom", "scenarios/compile"}, place)
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
		if of := slices.Concat(p.CgoFiles, p.SFiles, p.IgnoredGoFiles); len(of) > 0 {
			t.Errorf("%s: %v are of one architecture or in another language", p.place(), of)
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
			case *ast.Ident:
				if f, ok := c.info.Uses[n].(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == "time" && slices.Contains(clocks, f.Name()) {
					add(n, "the wall clock")
				}
			case *ast.CallExpr:
				pkg, name := c.callee(n)
				switch {
				case pkg == "slices" && strings.HasPrefix(name, "Sorted"):
					sorted[n.Args[0]] = true
				case pkg == "maps" && slices.Contains([]string{"All", "Keys", "Values"}, name) && !sorted[n]:
					add(n, "maps."+name+" without sorting")
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

// The rules find what they should.
func TestRulesOfChance(t *testing.T) {
	c := open(t).source(t, `package p
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
	_, now := time.Now(), time.Now
	_ = 3 * time.Second
	state = 4
	list[0]++
	whole.n += 2
	n := now().Second()
	n++
}`)
	require.Equal(t, []int{7, 9, 11, 12, 13, 13, 15, 16, 17}, sortedInts(c.lines(c.chancy())))
}

func sortedInts(list []int) []int {
	slices.Sort(list)
	return list
}
