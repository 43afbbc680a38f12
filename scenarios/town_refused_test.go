package scenarios

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
)

// What was asked for and refused by a check is named where something is left: by which check, of which store, and also where
// a store would have heard of it from that one. A request of somebody else that was refused is not.
func TestTownRefused(t *testing.T) {
	const text = `scenario: refused
use: system.yaml
run: 40d
seed: 1
system:
  devices:
    head_end:
      security: sign
      checks: [{authenticate: post_key, CHECK name: only-by-post}]
  credentials:
    post_key: {kind: key, held_by: [head_end]}
timeline:
  - {at: 3d, name: forget-me, act: ask, person: 'resident[17]', right: erasure, with: app}
expect: {violated: {forgotten-in-a-month: {after: 30d, because: it was refused}}}
`
	for of, says := range map[string]string{
		"of: erasure,": "head_end has met no request for erasure of resident[17] so far: head_end refused it at 3d00h00m00.032s (check only-by-post)",
		"of: access,":  "",
	} {
		s, err := Parse("library/town/refused.yaml", []byte(strings.Replace(text, "CHECK", of, 1)))
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
		require.NoError(t, err)
		var b strings.Builder
		require.NoError(t, report.Text(&b, r, report.Options{All: true, Width: 79}))
		got := strings.Join(strings.Fields(b.String()), " ")
		if says != "" {
			assert.Contains(t, got, says)
		} else {
			assert.NotContains(t, got, "refused it at")
		}
	}
}
