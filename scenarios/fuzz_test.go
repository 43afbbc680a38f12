package scenarios

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// FuzzParse loads what might be a scenario, and runs a moment of it if it is one:
// whatever the text, the answer is a plan or a list of mistakes.
func FuzzParse(f *testing.F) {
	require.NoError(f, fs.WalkDir(library(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := fs.ReadFile(library(), name)
			f.Add(string(text))
		}
		return err
	}))
	archives, _ := filepath.Glob("testdata/bad/*.txtar")
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		require.NoError(f, err)
		f.Add(string(archive.Files[0].Data))
	}
	f.Add(reactor)
	f.Add(tower)
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "count") && len(text) > 0 && strings.Contains(text, "00000") {
			t.Skip("large populations are tested elsewhere")
		}
		s, err := Parse("fuzz.yaml", []byte(text))
		if err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_, _ = sim.Run(ctx, s.Plan, sim.Until(vtime.Time(vtime.Second)))
	})
}
