package scenarios

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// What `harmproof doc KIND` shows to paste, runs.
func TestExamplesOfKindsRun(t *testing.T) {
	catalog, err := Catalog()
	require.NoError(t, err)
	for _, k := range catalog.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			require.NotEmpty(t, k.Example)
			devices, system := Companions(k.Example)
			text := "scenario: example\nrun: 10s\nsystem:\n"
			for _, line := range system {
				text += "  " + line + "\n"
			}
			text += "  devices:\n    " + strings.ReplaceAll(k.Example, "\n", "\n    ") + "\n"
			for _, line := range devices {
				text += "    " + strings.ReplaceAll(line, "\n", "\n    ") + "\n"
			}
			s, err := Parse("example.yaml", []byte(text))
			require.NoError(t, err, text)
			_, err = sim.Run(context.Background(), s.Plan)
			assert.NoError(t, err)
		})
	}
}
