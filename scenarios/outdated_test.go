package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/inject"
)

// A proposal to which nobody agreed while it held was stopped, also where others agree
// on the same later, or the device has forgotten it.
func TestAProposalLapses(t *testing.T) {
	const download = "  - {at: %s, name: %s, attack: download, from: desk, by: %s, to: sis, set: {high: 2 m}}\n"
	first := fmt.Sprintf(download, "10s", "first", "ann")
	second := fmt.Sprintf(download, "6m", "second", "ann") + fmt.Sprintf(download, "7m", "third", "bob")
	soon := fmt.Sprintf(download, "1m", "second", "ann") + fmt.Sprintf(download, "2m", "third", "bob")
	const reset = "  - {at: 20s, name: again, act: reset, device: sis}\n"
	brief := strings.Replace(proposals, "within: 20m", "within: 5m", 1)
	for _, c := range []struct {
		name, text string
		want       []inject.Outcome
	}{
		{"over", first, []inject.Outcome{inject.Stopped}},
		{"too late", first + fmt.Sprintf(download, "6m", "second", "bob"), []inject.Outcome{inject.Stopped, inject.Pending}},
		{"without it", first + second, []inject.Outcome{inject.Stopped, inject.Applied, inject.Applied}},
		{"renewed", first + soon, []inject.Outcome{inject.Applied, inject.Applied, inject.Applied}},
		{"forgotten", first + reset + soon, []inject.Outcome{inject.Stopped, inject.Applied, inject.Applied, inject.Applied}},
	} {
		r, _ := ranText(t, fmt.Sprintf(brief, "timeline:\n"+c.text))
		var got []inject.Outcome
		for k := range r.Injections {
			got = append(got, r.Injections[k].Outcome)
		}
		assert.Equal(t, c.want, got, c.name)
		require.Contains(t, proposalTold(t, r), map[bool]string{true: "STOPPED by two-person", false: "until others agreed"}[got[0] == inject.Stopped], c.name)
	}
}
