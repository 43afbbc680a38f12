package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios"
)

// However many runs an explanation makes at once, it says the same, to the last byte, in
// each of its forms.
func TestWhyInParallel(t *testing.T) {
	for _, name := range []string{"tower/spoofed-gauge", "broker/retained-spoof"} {
		for _, form := range []string{"--all", "--json", "--dot"} {
			t.Run(name+form, func(t *testing.T) { inParallel(t, name, form) })
		}
	}
}

// The same for systems and attacks that are drawn at random.
func TestWhyOfTheDrawnInParallel(t *testing.T) {
	file := filepath.Join(t.TempDir(), "drawn.yaml")
	const enough = 15 // each is some dozens of runs
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		if cases++; cases > enough {
			return
		}
		g := mill{t: t}
		text := g.scenario()
		_, err := scenarios.Parse("drawn.yaml", []byte(text))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		inParallel(t, file, "--json")
	})
}

func inParallel(t require.TestingT, name, form string) {
	ctx := context.Background()
	code, serial, errs := tool(ctx, "why", name, "--all", form, "--workers", "1")
	again, parallel, also := tool(ctx, "why", name, "--all", form, "--workers", "7")
	require.Equal(t, []any{code, serial, errs}, []any{again, parallel, also}, "%s %s", name, form)
}
