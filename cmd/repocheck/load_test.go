package repocheck

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/harmproof/harmproof"

// A pkg is what go list says of a package.
type pkg struct {
	ImportPath, Name, Dir, Export      string
	GoFiles, TestGoFiles, XTestGoFiles []string
	CgoFiles, SFiles, IgnoredGoFiles   []string
	Imports                            []string
	Standard                           bool
	Error                              *struct{ Err string }
}

// place is the package's path in the repository: "sim/des".
func (p *pkg) place() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

// A repository is its packages, and where compiled ones are.
type repository struct {
	root    string
	own     []*pkg
	exports map[string]string
}

var load = sync.OnceValues(func() (*repository, error) {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return nil, errors.Join(errors.New("go list -m"), err)
	}
	r := &repository{root: strings.TrimSpace(string(root)), exports: map[string]string{}}
	list := exec.Command("go", "list", "-e", "-export", "-deps",
		"-json=ImportPath,Name,Dir,Export,GoFiles,CgoFiles,SFiles,IgnoredGoFiles,TestGoFiles,XTestGoFiles,Imports,Standard,Error", "./...", "math/cmplx") // for the test of the rules
	list.Dir = r.root
	out, err := list.Output()
	if err != nil {
		return nil, errors.Join(errors.New("go list"), err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		p := &pkg{}
		if err := d.Decode(p); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Export != "" {
			r.exports[p.ImportPath] = p.Export
		}
		if p.ImportPath == module || strings.HasPrefix(p.ImportPath, module+"/") {
			r.own = append(r.own, p)
		}
	}
	slices.SortFunc(r.own, func(a, b *pkg) int { return strings.Compare(a.ImportPath, b.ImportPath) })
	return r, nil
})

func open(t *testing.T) *repository {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command")
	}
	r, err := load()
	require.NoError(t, err)
	require.Greater(t, len(r.own), 20)
	return r
}

// checked is a package with its syntax and its types, tests left out.
type checked struct {
	fset  *token.FileSet
	files []*ast.File
	info  *types.Info
	pkg   *types.Package
}

// check reads a package's sources; what it imports is taken as compiled.
func (r *repository) check(fset *token.FileSet, path string, files []*ast.File) (*checked, error) {
	c := &checked{fset: fset, files: files, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
	}}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if r.exports[path] == "" {
			return nil, errors.New("no compiled package " + path)
		}
		return os.Open(r.exports[path])
	})}
	var err error
	c.pkg, err = conf.Check(path, fset, files, c.info)
	return c, err
}

// typed checks a package of the repository.
func (r *repository) typed(t *testing.T, p *pkg) *checked {
	fset, files := parse(t, p.Dir, p.GoFiles)
	c, err := r.check(fset, p.ImportPath, files)
	require.NoError(t, err, p.ImportPath)
	return c
}

func parse(t *testing.T, dir string, names []string) (*token.FileSet, []*ast.File) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, f)
	}
	return fset, files
}

// source checks the text of a file that imports only what the repository does.
func (r *repository) source(t *testing.T, text string) *checked {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", text, parser.ParseComments)
	require.NoError(t, err)
	c, err := r.check(fset, "p", []*ast.File{f})
	require.NoError(t, err)
	return c
}

// at returns the place of a node in the repository.
func (r *repository) at(fset *token.FileSet, pos token.Pos) string {
	p := fset.Position(pos)
	if name, err := filepath.Rel(r.root, p.Filename); err == nil {
		p.Filename = name
	}
	return p.String()
}

// lines returns the lines of the places of nodes, for tests of the rules.
func (c *checked) lines(found []finding) (list []int) {
	for _, f := range found {
		list = append(list, c.fset.Position(f.pos).Line)
	}
	return list
}

// A finding is something against a rule.
type finding struct {
	pos  token.Pos
	what string
}
