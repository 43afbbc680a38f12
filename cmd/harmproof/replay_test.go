package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// called runs the tool in this process.
func called(t *testing.T, args ...string) (code int, out, complaints string) {
	var o, e bytes.Buffer
	a := &app{out: &o, err: &e}
	code = a.execute(context.Background(), args)
	return code, o.String(), e.String()
}

func TestReplayWithoutAToolchain(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	code, _, complaints := called(t, "replay", "tower/spoofed-gauge", "--png", filepath.Join(t.TempDir(), "run.png"))
	assert.Equal(t, wrong, code)
	assert.Contains(t, complaints, "there is no Go toolchain; install Go")
	assert.Contains(t, complaints, "`harmproof run` and `harmproof why` need no viewer")
}

// A viewer that was built is taken as it is, with what it was asked for; its exit code is
// the tool's.
func TestReplayTakesWhatWasBuilt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the viewer of this test is a script")
	}
	root, err := sources(context.Background())
	require.NoError(t, err)
	key, err := fingerprint(root)
	require.NoError(t, err)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	cache, err := os.UserCacheDir()
	require.NoError(t, err)
	folder := filepath.Join(cache, "harmproof", "view-"+key)
	require.NoError(t, os.MkdirAll(folder, 0o755))
	script := "#!/bin/sh\necho \"$@\"\ntest -s \"$6\" || exit 9\nexit 7\n"
	require.NoError(t, os.WriteFile(programIn(folder), []byte(script), 0o755))
	code, out, complaints := called(t, "replay", "tower/spoofed-gauge", "--at", "2m", "--select", "tower", "--png", "run.png")
	assert.Equal(t, 7, code, complaints)
	assert.Contains(t, out, "-at=2m -png=run.png -select=tower -names=tower/spoofed-gauge -- ")
	assert.Empty(t, complaints)
}

// Other sources are another viewer, other tests are not.
func TestFingerprint(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	for _, part := range parts[:2] {
		write(part, "1")
	}
	for _, part := range parts[2:] {
		write(part+"/a.go", "package a")
	}
	key := func() string {
		k, err := fingerprint(root)
		require.NoError(t, err)
		return k
	}
	first := key()
	write("viz/a_test.go", "package a")
	write("sim/testdata/x", "x")
	write("twins/a.go", "package a")
	assert.Equal(t, first, key())
	seen := map[string]bool{first: true}
	for _, name := range []string{"viz/b.go", "go.sum", "cmd/harmproof-view/page/page.css", "sim/a.go"} {
		write(name, "2")
		assert.False(t, seen[key()], name)
		seen[key()] = true
	}
}

// Of viewers of many sources those used last are kept.
func TestPrune(t *testing.T) {
	cache := t.TempDir()
	for i := range 6 {
		folder := filepath.Join(cache, fmt.Sprintf("view-%d", i))
		require.NoError(t, os.MkdirAll(folder, 0o755))
		then := time.Now().Add(time.Duration(-i) * time.Hour)
		require.NoError(t, os.Chtimes(folder, then, then))
	}
	prune(cache, filepath.Join(cache, "view-5"))
	left, err := filepath.Glob(filepath.Join(cache, "view-*"))
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(cache, "view-0"), filepath.Join(cache, "view-1"), filepath.Join(cache, "view-5")}, left)
}
