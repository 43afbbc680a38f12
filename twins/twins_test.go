package twins_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/twins"
)

// Every kind is in the catalog, has a sample to list its signals from, and its folder runs the contract suite.
func TestCatalog(t *testing.T) {
	c, err := twins.Catalog()
	require.NoError(t, err)
	for _, k := range c.Kinds() {
		assert.NotNil(t, k.Sample, k.Name)
		assert.Equal(t, k.Name, c.Kind(k.Name).Name)
	}
	assert.Nil(t, c.Kind("level-guage"))
	sources, err := filepath.Glob("*/*.go")
	require.NoError(t, err)
	suites := map[string]bool{}
	for _, path := range sources {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		suites[filepath.Dir(path)] = suites[filepath.Dir(path)] || strings.Contains(string(text), "simtest.Run(")
	}
	for folder, ok := range suites {
		assert.True(t, ok, "%s has no contract test: call simtest.Run", folder)
	}
}
