package scenarios

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/report"
)

// bursting is a vessel that bursts and burns: those near feel the one and the other, each where they are.
const bursting = `scenario: bursting
run: 10m
system:
  devices:
    vessel: {is: custom, owner: works, signals: {pressure: {start: 1 bar}, ready: {value: 'pressure > "7 bar"'}}}
    blast_near: {is: burst, of: vessel.ready, energy: 2 MJ, distance: '"5 m" + amy.x'}
    blast_far: {is: burst, of: blast_near.burst, energy: 2 MJ, away: 20 m}
    flames: {is: fire, of: 'vessel.pressure > "7 bar" and blast_far.burst', power: 7 MW, diameter: 3 m, lasts: 9m, away: 10 m}
    amy: {is: person, overpressure: blast_near.overpressure}
    bob: {is: person, overpressure: blast_far.overpressure}
    cid: {is: person, thermal_radiation: flames.radiation}
timeline:
  - {name: pump, at: 10s, attack: modify, signal: vessel.pressure, value: 8 bar}
`

// Who was harmed by a blast or a fire is told what burst or burned and who answers for that, not how it was felt there.
func TestHarmByWhatBurstOrBurned(t *testing.T) {
	s, err := Parse("bursting.yaml", []byte(bursting))
	r := explained(t, s, err)
	for i := range r.Harm {
		h := &r.Harm[i]
		require.Greater(t, h.Severity, harm.None, h.Device)
		assert.Equal(t, "vessel", h.Wired.Machine, h.Device)
		assert.NotEqual(t, "vessel", h.Wired.Signal.Device, h.Device)
	}
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{Width: 200}))
	assert.Equal(t, len(r.Harm), strings.Count(text.String(), "machine  vessel; "), text.String())
	assert.Contains(t, text.String(), "by  overpressure: blast_far.overpressure was", "how much of it is still told of where it was felt")
}
