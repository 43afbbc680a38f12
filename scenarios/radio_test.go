package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Radio reaches as far as its zone says; a jammer drowns what is near it.
func TestRadio(t *testing.T) {
	const text = `scenario: radio
run: 1m
system:
  devices:
    near: {is: custom, position: [10 m, 0 m], signals: {n: {start: 0}}, rules: [{every: 1s, set: {n: n + 1}}]}
    far: {is: custom, position: [50 m, 0 m], signals: {n: {start: 0}}, rules: [{every: 1s, set: {n: n + 1}}]}
    hub:
      is: custom
      position: [0 m, 0 m]
      inputs: {a: near.n, b: far.n}
      signals: {x: {start: 0}, y: {start: 0}}
      rules: [{every: 500ms, set: {x: a, y: b}}]
    jammer: {is: custom, position: [55 m, 0 m], signals: {up: {start: true}}}
  zones:
    hall: {devices: [near, far, hub, jammer], range: RANGE}
timeline:
  - {at: 20.2s, attack: jam, zone: hall, device: jammer, range: 20 m, for: 20s, technique: T0860}
`
	heard := func(reach string) (x, y []float64) {
		_, h := ranText(t, strings.Replace(text, "RANGE", reach, 1))
		for _, at := range []float64{20.7, 39.7, 41.7} {
			x, y = append(x, valueAt(t, h, "hub.x", at)), append(y, valueAt(t, h, "hub.y", at))
		}
		return x, y
	}
	x, y := heard("60 m")
	require.Equal(t, []float64{21, 40, 42}, x)
	require.Equal(t, []float64{21, 21, 42}, y, "what is near the jammer is not heard while it jams")
	x, y = heard("40 m")
	require.Equal(t, []float64{21, 40, 42}, x)
	require.Equal(t, []float64{0, 0, 0}, y, "out of reach")
}
