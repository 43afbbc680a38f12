package scenarios_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
)

// A release of ages in bands hides everybody among at least as many as the drawn people are,
// wherever in the file the stores stand; what copies it is no finer.
func TestATraitIsReleasedInBands(t *testing.T) {
	system := func(own string) string {
		return fmt.Sprintf(`
scenario: bands
run: 3d
seed: 1
system:
  subjects: {patient: {count: 400, traits: {age: {kind: quasi, values: 80}, ill: {kind: sensitive, values: 2}}}}
  devices:
    again: {is: store, keeps: forever, takes: {age: {from: release.age, every: 1d}, ill: {from: release.ill, every: 1d}}}
    release: {is: store, keeps: forever, takes: {age: {from: clinic.age, every: 1d, coarse: 40}, ill: {from: clinic.ill, every: 1d}}}
    clinic: {is: store, keeps: forever, holds: {age: %s, ill: all}}
invariants:
  exact: {always: k_anonymity(clinic) >= 100}
  released: {always: k_anonymity(release) >= 150 or k_anonymity(release) == 0}
  copied: {always: k_anonymity(again) >= 150 or k_anonymity(again) == 0}
  there: {eventually: k_anonymity(again) >= 150}
`, own)
	}
	s, err := scenarios.Parse("bands.yaml", []byte(system("all")))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	for i, want := range []monitor.Verdict{monitor.Violated, monitor.Holds, monitor.Holds, monitor.Holds} {
		require.Equal(t, want, r.Invariants[i].Verdict, r.Invariants[i].Name)
	}
	_, err = scenarios.Parse("bands.yaml", []byte(system("{share: 50%, coarse: 7}")))
	require.ErrorContains(t, err, "do not fit into one another")
	_, err = scenarios.Parse("bands.yaml", []byte(strings.Replace(system("all"), "  devices:\n", "  devices:\n    meter: {is: telemetry, every: 1h, count: 400}\n    log: {is: store, keeps: 1d, takes: {load: {from: meter.reading, coarse: 3}}}\n", 1)))
	require.ErrorContains(t, err, "no trait of people")
}
