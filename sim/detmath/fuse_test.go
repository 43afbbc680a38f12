package detmath

import (
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// allowed are the functions of package math that are exact or correctly rounded.
var allowed = map[string]bool{
	"Abs": true, "Copysign": true, "Float64bits": true, "Float64frombits": true, "Floor": true, "Inf": true,
	"IsInf": true, "IsNaN": true, "MaxFloat64": true, "NaN": true, "Pi": true, "Signbit": true, "Sqrt": true,
}

// The compiler may fuse a product into a sum unless the product is converted, even
// across a call that it inlines. So every product here is converted, and none of
// the functions that differ by architecture is called.
func TestNothingFuses(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command: the sources of package math cannot be found")
	}
	fset, files := sources(t)
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	_, err := conf.Check("detmath", fset, files, info)
	require.NoError(t, err)
	for _, f := range files {
		for _, n := range fusable(f, info) {
			t.Errorf("%s: product not converted to float64, or function not allowed", fset.Position(n.Pos()))
		}
	}
	require.Greater(t, len(files), 10)
}

// sources parses the package, tests left out.
func sources(t *testing.T) (*token.FileSet, []*ast.File) {
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	fset := token.NewFileSet()
	var files []*ast.File
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") {
			f, err := parser.ParseFile(fset, e.Name(), nil, 0)
			require.NoError(t, err)
			files = append(files, f)
		}
	}
	return fset, files
}

// Every function is among those that are tested.
func TestEveryFunctionHasACase(t *testing.T) {
	tested := map[string]bool{"Sincos": true} // by TestSincos
	for _, c := range testCases {
		tested[c.name] = true
	}
	_, files := sources(t)
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Name.IsExported() {
				require.True(t, tested[d.Name.Name], d.Name.Name)
			}
		}
	}
}

// fusable returns the products in f that are not converted and the calls that are
// not allowed.
func fusable(f *ast.File, info *types.Info) (found []ast.Node) {
	converted := map[ast.Node]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "math" && !allowed[n.Sel.Name] {
				found = append(found, n)
			}
		case *ast.CallExpr:
			if fun := info.Types[n.Fun]; fun.IsType() && types.Identical(fun.Type, types.Typ[types.Float64]) {
				converted[ast.Unparen(n.Args[0])] = true
			}
		case *ast.BinaryExpr:
			// An operand of a product or quotient cannot be fused, except that of a
			// product with 2: the compiler turns it into a sum.
			if (n.Op == token.MUL && converted[n] || n.Op == token.QUO) && !isTwo(n.X, info) && !isTwo(n.Y, info) {
				converted[ast.Unparen(n.X)], converted[ast.Unparen(n.Y)] = true, true
			}
			if n.Op == token.MUL && !converted[n] && isVariableFloat(info.Types[n]) {
				found = append(found, n)
			}
		case *ast.AssignStmt:
			if n.Tok == token.MUL_ASSIGN {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}

func isTwo(x ast.Expr, info *types.Info) bool {
	v := info.Types[x].Value
	return v != nil && constant.Compare(constant.ToFloat(v), token.EQL, constant.MakeInt64(2))
}

func isVariableFloat(tv types.TypeAndValue) bool {
	b, ok := tv.Type.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsFloat != 0 && tv.Value == nil
}

// The check itself finds what it should.
func TestFusableFinds(t *testing.T) {
	const src = `package p
import "math"
const c = 2.0 * 3
func f(x, y, z float64, i int) float64 {
	i = i * i
	z += float64(x*y*z) + float64((x*y)) + x*y/z
	x *= y
	x += float64(2*x*y) + float64(x*y*2) + float64(x*y*4)
	return x*y + math.Sin(z) + float64(x*(y+x*z))
}`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, 0)
	require.NoError(t, err)
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := conf.Check("p", fset, []*ast.File{f}, info); err != nil {
		t.Skip(err)
	}
	var lines []int
	for _, n := range fusable(f, info) {
		lines = append(lines, fset.Position(n.Pos()).Line)
	}
	require.Equal(t, []int{7, 8, 9, 9, 9}, lines)
}
