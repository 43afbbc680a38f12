package look_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/record"
	"github.com/harmproof/harmproof/twins"
	"github.com/harmproof/harmproof/viz/look"
)

// Every kind of the library has an icon of its own sort, and shows what there is.
func TestKindsHaveIcons(t *testing.T) {
	for _, k := range twins.Kinds() {
		x := device.LookOf(k.Sample)
		assert.Contains(t, look.Names(), x.Icon, k.Name)
		assert.NotEqual(t, device.Box, x.Icon, k.Name)
		for _, p := range x.Parts {
			assert.Contains(t, device.Parts(), p.Part, k.Name)
		}
	}
}

// So has every device of the scenarios of the library, but malware, which is no device, and
// what has no picture, which a scenario writes itself.
func TestLibraryHasIcons(t *testing.T) {
	for _, e := range scenarios.Library() {
		for _, d := range devices(t, e.Name) {
			if d.Kind == "malware" {
				continue
			}
			require.NotNil(t, d.Look, "%s: %s", e.Name, d.ID)
			assert.Contains(t, look.Names(), d.Look.Icon, "%s: %s", e.Name, d.ID)
			if d.Kind != "custom" {
				assert.NotEqual(t, device.Box, d.Look.Icon, "%s: %s", e.Name, d.ID)
			}
		}
	}
}

// devices are those that a trace of a scenario has, without a run.
func devices(t *testing.T, name string) []trace.Device {
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	var out bytes.Buffer
	r, err := record.New(&out, s.Plan, record.Options{})
	require.NoError(t, err)
	r.Begin(0, nil, make([]float64, s.Plan.Signals.Len()))
	require.NoError(t, r.Close(nil)) // as if the run broke at once
	x, err := trace.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	return x.Header.Devices
}
