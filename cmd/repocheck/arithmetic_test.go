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
var exact = strings.Fields(`Abs Ceil Copysign Dim FMA Float32bits Float32frombits Float64bits Float64frombits Floor
Frexp Inf IsInf IsNaN Ldexp Max Min Mod Modf NaN Nextafter Remainder Round RoundToEven Signbit Sqrt Trunc`)

// An arithmetic looks for what has other bits on other machines: functions of
// package math, called or handed on, and products that the compiler may fuse into
// a sum, even across statements and calls that it inlines, because nothing rounds
// them.
//
// It reads what is written, so that it can say what to write instead. What the
// compiler makes of constants that only it knows, of x*y/z where z is 1, say,
// .ci/bytes finds: it looks for fused instructions in the tool itself.
type arithmetic struct {
	*checked
	rounded map[ast.Node]bool
	found   []finding
}

func (c *checked) arithmetic() []finding {
	a := &arithmetic{checked: c, rounded: map[ast.Node]bool{}}
	for _, f := range c.files {
		ast.Inspect(f, a.visit)
	}
	return a.found
}

func (a *arithmetic) add(n ast.Node, what string) {
	a.found = append(a.found, finding{n.Pos(), what})
}

func (a *arithmetic) round(x ast.Expr) { a.rounded[ast.Unparen(x)] = true }

func (a *arithmetic) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		a.name(n)
	case *ast.CallExpr:
		if fun := a.info.Types[n.Fun]; fun.IsType() && len(n.Args) == 1 && !isParameter(fun.Type) {
			a.round(n.Args[0]) // a conversion, to float64 or to an integer
		}
	case *ast.BinaryExpr:
		a.operation(n)
	case *ast.AssignStmt:
		switch {
		case n.Tok != token.MUL_ASSIGN && n.Tok != token.QUO_ASSIGN:
		case a.varies(n.Lhs[0], types.IsComplex):
			a.add(n, "a product of complex numbers has sums in it: compute its parts")
		case n.Tok == token.MUL_ASSIGN && a.varies(n.Lhs[0], types.IsFloat):
			a.add(n, "a product that is not rounded: write x = float64(x*y)")
		}
	}
	return true
}

// name looks at the use of a name.
func (a *arithmetic) name(n *ast.Ident) {
	f, ok := a.info.Uses[n].(*types.Func)
	if !ok || f.Pkg() == nil {
		return
	}
	switch pkg := f.Pkg().Path(); {
	case pkg == "math" && !slices.Contains(exact, f.Name()), pkg == "math/cmplx":
		a.add(n, f.Pkg().Name()+"."+f.Name()+" differs by machine: use sim/detmath")
	}
}

func (a *arithmetic) operation(n *ast.BinaryExpr) {
	switch n.Op {
	case token.MUL, token.QUO:
		if a.varies(n, types.IsComplex) {
			a.add(n, "a product of complex numbers has sums in it: compute its parts")
		}
		// An operand of a product or a quotient cannot be fused, unless the compiler
		// makes something else of it.
		if (a.rounded[n] || n.Op == token.QUO) && !a.vanishes(n) {
			a.round(n.X)
			a.round(n.Y)
		}
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		a.round(n.X)
		a.round(n.Y)
	}
	if n.Op == token.MUL && !a.rounded[n] && a.varies(n, types.IsFloat) {
		a.add(n, "a product that is not rounded: write float64(x*y)")
	}
}

// vanishes reports whether the compiler computes no product or quotient: x*2 and
// x/0.5 are x+x, x/1 is x.
func (a *arithmetic) vanishes(n *ast.BinaryExpr) bool {
	if n.Op == token.MUL {
		return a.is(n.X, 2) || a.is(n.Y, 2)
	}
	return a.is(n.Y, 0.5) || a.is(n.Y, 1) || a.is(n.Y, -1)
}

func (a *arithmetic) is(x ast.Expr, value float64) bool {
	v := a.info.Types[x].Value
	return v != nil && v.Kind() != constant.String && v.Kind() != constant.Bool &&
		constant.Compare(constant.ToFloat(v), token.EQL, constant.MakeFloat64(value))
}

// varies reports whether an expression is of such a type, or of a type parameter
// that may be, and not a constant.
func (a *arithmetic) varies(x ast.Expr, of types.BasicInfo) bool {
	return a.info.Types[x].Value == nil && may(a.info.TypeOf(x), of)
}

func isParameter(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// may reports whether a type, or one of those that a constraint allows, is of a
// kind.
func may(t types.Type, of types.BasicInfo) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&of != 0
	case *types.Interface:
		for i := range u.NumEmbeddeds() {
			if may(u.EmbeddedType(i), of) {
				return true
			}
		}
	case *types.Union:
		for i := range u.Len() {
			if may(u.Term(i).Type(), of) {
				return true
			}
		}
	}
	return false
}

// The rules find what they should: the lines that end in "bad".
func TestRulesOfArithmetic(t *testing.T) {
	const text = `package p
import ("math"; "math/cmplx"; "slices"; m "math")
import . "math"
const c = 2.0 * 3
const half, two = 1.0/2, 1 + 1
type metre float64
type box struct{ a, b float64 }
type real interface{ ~float32 | ~float64 }
type whole interface{ ~int | ~int64 }
func f(x, y, z float64, i int) float64 {
	i = i * i
	z += float64(x*y*z) + float64((x*y)) + x*y/z
	x *= y // bad
	x += float64(2*x*y) + float64(x*y*4)
	x += float64(x*y*two) // bad
	if x*y < z { i += int(x*y) }
	p := x*y // bad
	z = float64(x*(y+x*z)) // bad
	return p + math.Sqrt(math.Sin(z)) // bad
}
func inlined(b box) float64 { return b.a * b.b } // bad
func quotients(x, y, z float64) float64 {
	z += x*y/half // bad
	z += x*y/1.0 // bad
	z -= x*y/-1 // bad
	return z + x*y/3
}
func values(list []float64) {
	g := math.Exp // bad
	slices.SortFunc(list, func(x, y float64) int { return int(m.Log(x) - g(y)) }) // bad
	table := map[string]func(float64) float64{"cos": Cos, "floor": Floor} // bad
	_, _ = table, math.FMA(1, 2, 3)
}
func narrow(x, y float32, a, b metre) (float32, metre) {
	x += x*y // bad
	a -= a*b // bad
	return x + float32(x*y), a + metre(a*b)
}
func complicated(x, y complex128) complex128 {
	x /= y // bad
	x = complex128(x*y) // bad
	return cmplx.Exp(x) // bad
}
func generic[T real](x, y, z T) T { return T(x*y) + z } // bad
func integers[T whole](x, y, z T) T { return x*y + z }
func steps(n int) float64 { return float64(n*n) + float64(n)*0.5 } // bad
`
	var want []int
	for i, line := range strings.Split(text, "\n") {
		if strings.HasSuffix(line, "// bad") {
			want = append(want, i+1)
		}
	}
	c := open(t).source(t, text)
	got := sortedInts(c.lines(c.arithmetic()))
	require.Equal(t, want, slices.Compact(got))
}
