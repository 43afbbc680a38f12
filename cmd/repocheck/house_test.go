package repocheck

import (
	"bytes"
	"go/ast"
	"go/token"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The tail is cut: no long functions, no long files, tests included.
const (
	mostFunctionLines = 70
	mostFileLines     = 500
)

func (p *pkg) allFiles() []string { return slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles) }

func TestSizes(t *testing.T) {
	r := open(t)
	for _, p := range r.own {
		fset, files := parse(t, p.Dir, p.allFiles())
		for _, f := range files {
			if n := fset.Position(f.FileEnd).Line; n > mostFileLines {
				t.Errorf("%s has %d lines, more than %d: divide it", r.at(fset, f.Package), n, mostFileLines)
			}
			for _, long := range functions(fset, f) {
				t.Errorf("%s: %s", r.at(fset, long.pos), long.what)
			}
		}
	}
}

func functions(fset *token.FileSet, f *ast.File) (found []finding) {
	for _, d := range f.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
			if fset.Position(d.End()).Line-fset.Position(d.Pos()).Line+1 > mostFunctionLines {
				found = append(found, finding{d.Pos(), d.Name.Name + " is longer than a function should be: divide it"})
			}
		}
	}
	return found
}

// Packages are one noun that says what is in them.
func TestNames(t *testing.T) {
	for _, p := range open(t).own {
		if slices.Contains([]string{"util", "utils", "common", "core", "types", "helper", "helpers", "misc"}, p.Name) {
			t.Errorf("%s: a package named %s may hold anything; name it by what it is", p.place(), p.Name)
		}
	}
}

func TestEveryPackageHasADoc(t *testing.T) {
	r := open(t)
	for _, p := range r.own {
		_, files := parse(t, p.Dir, p.GoFiles)
		if len(files) > 0 && !slices.ContainsFunc(files, func(f *ast.File) bool { return f.Doc != nil }) {
			t.Errorf("package %s says nowhere what it is for", p.place())
		}
	}
}

// Every exported name says what it is.
func TestEveryExportedNameHasADoc(t *testing.T) {
	r := open(t)
	for _, p := range r.own {
		fset, files := parse(t, p.Dir, p.GoFiles)
		for _, f := range files {
			for _, bare := range undocumented(f) {
				t.Errorf("%s: %s has no doc comment", r.at(fset, bare.pos), bare.what)
			}
		}
	}
}

func undocumented(f *ast.File) (found []finding) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type))) {
				found = append(found, finding{d.Pos(), d.Name.Name})
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
						found = append(found, finding{s.Pos(), s.Name.Name})
					}
				case *ast.ValueSpec:
					if d.Doc == nil && s.Doc == nil && s.Comment == nil {
						for _, n := range s.Names {
							if n.IsExported() {
								found = append(found, finding{n.Pos(), n.Name})
							}
						}
					}
				}
			}
		}
	}
	return found
}

// receiver is the name of the type that a method is of.
func receiver(x ast.Expr) string {
	for {
		switch e := x.(type) {
		case *ast.StarExpr:
			x = e.X
		case *ast.IndexExpr:
			x = e.X
		case *ast.IndexListExpr:
			x = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}

// foreign is what must not be in a file of the repository: paths of one machine,
// hosts of registries. (Put together here, so as not to find itself.)
func foreign() []string {
	list := []string{"/" + "work/", "/" + "root/", "/" + "home/", "/" + "Users/", `C:` + `\Users`}
	for _, host := range []string{"proxy.golang", "sum.golang", "index.golang"} {
		list = append(list, host+"."+"org")
	}
	list = append(list, "registry."+"npmjs", "pypi."+"org", "artifactory"+".", "nexus"+".")
	out, _ := exec.Command("go", "env", "GOPROXY", "GOSUMDB").Output()
	for _, field := range strings.FieldsFunc(string(out), func(r rune) bool { return strings.ContainsRune(",| \n+", r) }) {
		if u, err := url.Parse(field); err == nil && u.Host != "" && u.Hostname() != "localhost" {
			list = append(list, u.Hostname())
		}
	}
	return list
}

func TestNothingOfOneMachine(t *testing.T) {
	r := open(t)
	words := foreign()
	files := 0
	err := filepath.WalkDir(r.root, func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return filepath.SkipDir
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		if info, err := d.Info(); err != nil || info.Size() > 4<<20 {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil || bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0 {
			return err // gone, or binary
		}
		files++
		for _, w := range words {
			if i := bytes.Index(text, []byte(w)); i >= 0 {
				name, _ := filepath.Rel(r.root, path)
				t.Errorf("%s:%d: %q is of one machine", name, 1+bytes.Count(text[:i], []byte("\n")), w)
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, files, 100)
}

// The top of the repository is what the plan says, and nothing else.
func TestTop(t *testing.T) {
	r := open(t)
	entries, err := os.ReadDir(r.root)
	require.NoError(t, err)
	plan := strings.Fields("sim twins scenarios viz cmd go.mod go.sum README.md LICENSE CHANGELOG.md")
	ignored := ignore(t, r.root)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || slices.Contains(plan, e.Name()) || ignored(e.Name()) {
			continue
		}
		t.Errorf("%s is not in the plan of the top level", e.Name())
	}
}

// ignore returns a function that reports whether git ignores a name at the top.
func ignore(t *testing.T, root string) func(name string) bool {
	text, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	require.NoError(t, err)
	patterns := strings.Fields(string(text))
	return func(name string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool {
			ok, _ := filepath.Match(strings.Trim(p, "/"), name)
			return ok
		})
	}
}

// The rules find what they should.
func TestRulesOfTheHouse(t *testing.T) {
	r := open(t)
	long := "func long() {\n" + strings.Repeat("\t_ = 0\n", mostFunctionLines) + "}\n"
	c := r.source(t, "package p\n\n"+long+`
func F() {}
// G has one.
func G() {}
type T struct{}
type hidden struct{}
func (hidden) M() {}
func (*T) M() {}
// Both have one.
const (A = 1; B = 2)
var V, w = 1, 2
var (
	X = 1 // has one
	Y = 2
)`)
	lines := strings.Count(long, "\n") + 3
	require.Len(t, functions(c.fset, c.files[0]), 1)
	var names []string
	for _, f := range undocumented(c.files[0]) {
		names = append(names, f.what)
	}
	require.Equal(t, []string{"F", "T", "M", "V", "Y"}, names)
	require.Equal(t, lines+1, c.lines(undocumented(c.files[0]))[0])
}
