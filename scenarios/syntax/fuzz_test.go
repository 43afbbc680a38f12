package syntax

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/harmproof/harmproof/scenarios/source"
)

// FuzzParse says that no text breaks the reader, that a file is either usable or
// has a mistake, and that every mistake has a place that can be shown.
func FuzzParse(f *testing.F) {
	good, _ := filepath.Glob("testdata/good/*.yaml")
	for _, path := range good {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	bad, _ := filepath.Glob("testdata/bad/*.txtar")
	for _, path := range bad {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, one := range archive.Files {
			if filepath.Ext(one.Name) == ".yaml" {
				f.Add(one.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		src := source.New("f.yaml", text)
		file, problems := Parse(src)
		if file == nil && len(problems) == 0 {
			t.Fatal("neither a tree nor a mistake")
		}
		for _, p := range problems {
			if p.Line > src.Lines() || p.Line > 0 && (p.Column < 1 || p.Column > utf8.RuneCountInString(src.Line(p.Line))+1) {
				t.Errorf("no such place: %s %s", p.Span, p.Message)
			}
			if p.Message == "" || p.Fix == "" {
				t.Errorf("neither cause nor fix: %+v", p)
			}
			if p.Line == 0 && filepath.Base(p.Fix) == "please report it with the file" {
				t.Errorf("the reader broke: %s", p.Message)
			}
		}
		if shown := problems.Error(); !utf8.ValidString(shown) {
			t.Errorf("not printable: %q", shown)
		}
	})
}
