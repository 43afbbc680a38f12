package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/compile"
)

// What `doc store` says of data that are about nobody can be pasted, and a device that should hear all is told of it.
func TestMachinesInAStore(t *testing.T) {
	kind := compile.StoreKind()
	for _, line := range []string{"subjects: {machine: {count: 400}}", "takes: {load: {from: sensor.reading, about: machine}}, keeps: forever"} {
		require.Contains(t, kind.Text, line)
	}
	const devices = "scenario: m\nrun: 1m\nsystem:\n  SUBJECTS\n  devices:\n    sensor: {is: telemetry, every: 10s, count: 400}\n    historian: {is: HISTORIAN}\n"
	with := func(subjects, historian string) error {
		_, err := Parse("m.yaml", []byte(strings.NewReplacer("SUBJECTS", subjects, "HISTORIAN", historian).Replace(devices)))
		return err
	}
	require.NoError(t, with("subjects: {machine: {count: 400}}", "store, takes: {load: {from: sensor.reading, about: machine}}, keeps: forever"))
	flat := func(err error) string {
		return strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "|", "")), " ")
	}
	assert.Contains(t, flat(with("", "custom, inputs: {load: sensor.reading}, signals: {n: {start: 0}}")), "a store takes in what all tell: `is: store` with `takes: {reading: {from: sensor.reading}}`")
	assert.Contains(t, flat(with("", "store, takes: {reading: {from: sensor.reading}}, keeps: forever")), "machines in the same way: `subjects: {machine: {count: 100}}`")
}
