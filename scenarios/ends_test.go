package scenarios

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// A controller that was down while a threshold was crossed sees it when it
// restarts: it does not remember what held before.
func TestARestartedDeviceSeesWhatItMissed(t *testing.T) {
	_, h := ran(t, `
scenario: restart
run: 10s
system:
  devices:
    plant: {is: custom, signals: {x: {start: 0, rate: 1}}}
    guard:
      is: custom
      inputs: {x: plant.x}
      signals: {tripped: {start: false}}
      rules: [{when: x > 3, set: {tripped: true}}]
timeline:
  - {at: 2s, fault: crash, device: guard, for: 3s}
`)
	assert.Equal(t, 0.0, at(t, h, "guard.tripped", 4.9))
	assert.Equal(t, 1.0, at(t, h, "guard.tripped", 5.1))
}

func TestWhatIsNoNumberBreaksTheRun(t *testing.T) {
	for name, signals := range map[string]string{
		"rule":     "signals: {n: {start: 1}}, rules: [{every: 1s, set: {n: 1 / (n - 1)}}]",
		"computed": "signals: {n: {start: 1}, root: {value: sqrt(n)}}, rules: [{every: 1s, set: {n: n - 1}}]",
		"start":    "signals: {n: {start: -1}, root: {value: sqrt(n)}}",
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Parse("test.yaml", []byte("scenario: number\nrun: 5s\nsystem: {devices: {c: {is: custom, "+signals+"}}}\n"))
			require.NoError(t, err)
			_, err = sim.Run(context.Background(), s.Plan)
			var broken *sim.BrokenError
			require.ErrorAs(t, err, &broken)
			assert.Equal(t, "c", broken.Device)
			assert.ErrorContains(t, err, "became")
		})
	}
}

func TestVacuousIsAnExpectation(t *testing.T) {
	const invariant = `
invariants:
  high: {whenever: tower.level > %s, then: not pump.running, within: 2m}
expect: {vacuous: [high]}
`
	r, _ := ran(t, tower+invariant, "3")
	assert.Empty(t, r.Unmet)
	r, _ = ran(t, tower+invariant, "1.9")
	assert.Equal(t, []string{"high was expected to hold vacuously, but it was put to the test"}, r.Unmet)
}
