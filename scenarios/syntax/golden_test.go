package syntax

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/source"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

// TestBad parses each NAME.yaml of the archives in testdata/bad and compares
// what is shown with NAME.txt.
func TestBad(t *testing.T) {
	archives, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		want := make(map[string]string)
		for _, f := range archive.Files {
			want[f.Name] = string(f.Data)
		}
		updated := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".yaml")
			if !ok {
				continue
			}
			got := shown(f.Name, f.Data)
			updated.Files = append(updated.Files, f, txtar.File{Name: name + ".txt", Data: []byte(got)})
			if !*update {
				t.Run(name, func(t *testing.T) { assert.Equal(t, want[name+".txt"], got) })
			}
		}
		if *update {
			require.NoError(t, os.WriteFile(path, txtar.Format(updated), 0o644))
		}
	}
}

// shown returns what people see of a file's mistakes.
func shown(name string, text []byte) string {
	_, problems := Parse(source.New(name, text))
	if len(problems) == 0 {
		return "no mistakes\n"
	}
	return problems.Error()
}
