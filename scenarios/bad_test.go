package scenarios

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite what the tests want")

// Each archive holds a scenario with mistakes, the files that it uses, and what
// is said about it.
func TestBadInput(t *testing.T) {
	archives, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			dir := t.TempDir()
			for _, f := range archive.Files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600))
			}
			rewrite, err := filepath.Abs(name)
			require.NoError(t, err)
			t.Chdir(dir)
			_, err = Load("plant.yaml")
			require.Error(t, err)
			got := err.Error()
			want := &archive.Files[len(archive.Files)-1]
			require.Equal(t, "want", want.Name)
			if *update {
				want.Data = []byte(got)
				require.NoError(t, os.WriteFile(rewrite, txtar.Format(archive), 0o600))
			}
			assert.Equal(t, strings.TrimSpace(string(want.Data)), strings.TrimSpace(got))
			assert.LessOrEqual(t, strings.Count(got, "\n"), 40, "it fits one screen")
		})
	}
}

func TestAHugeFileIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "huge.yaml")
	require.NoError(t, os.WriteFile(name, bytes.Repeat([]byte("a: b # filler\n"), 10<<20/14), 0o600))
	_, err := Load(name)
	require.ErrorContains(t, err, "at most 1 MB")
	assert.Less(t, len(err.Error()), 1000)
}

func TestABinaryFileIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "binary.yaml")
	require.NoError(t, os.WriteFile(name, []byte("\x7fELF\x00\x01\x02\xff\xfe"), 0o600))
	_, err := Load(name)
	require.Error(t, err)
	t.Log(err)
}
