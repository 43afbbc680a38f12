package scenarios

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
)

// No number breaks a run: a parameter that nothing has is refused, with its name and what
// to do, and with any other a run comes to its end.
func TestNoParameterBreaksARun(t *testing.T) {
	catalog, err := Catalog()
	require.NoError(t, err)
	n := 0
	for _, k := range catalog.Kinds() {
		for i := range k.Parameters {
			p := &k.Parameters[i]
			for _, number := range []string{"-1", "0", "1e308", "-1e308", "1e15", "1e-300"} {
				if n++; p.Type != device.NumberParameter || testing.Short() && n%5 != 0 {
					continue
				}
				value := strings.TrimSpace(number + " " + p.Unit.Symbol)
				s, err := Parse("example.yaml", []byte(with(&k, p.Name, value)))
				if err != nil {
					assert.Regexp(t, `example.yaml:\d+:\d+  `, err.Error(), "%s: %s: %s", k.Name, p.Name, value)
					continue
				}
				_, err = sim.Run(context.Background(), s.Plan)
				assert.NoError(t, err, "%s: %s: %s", k.Name, p.Name, value)
			}
		}
	}
}

// with is the example of a kind with another parameter, and what it is wired to.
func with(k *device.Kind, parameter, value string) string {
	devices, system := Companions(k.Example)
	text := &strings.Builder{}
	text.WriteString("scenario: example\nrun: 10s\nsystem:\n")
	for _, line := range system {
		text.WriteString("  " + line + "\n")
	}
	text.WriteString("  devices:\n")
	for _, line := range devices {
		text.WriteString("    " + strings.ReplaceAll(line, "\n", "\n    ") + "\n")
	}
	for line := range strings.Lines(k.Example) {
		if strings.HasPrefix(line, "  "+parameter+":") {
			continue
		}
		text.WriteString("    " + strings.TrimRight(line, "\n") + "\n")
		if strings.HasPrefix(line, "  is:") {
			text.WriteString("      " + parameter + ": " + value + "\n")
		}
	}
	return text.String()
}
