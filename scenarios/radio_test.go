package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/inject"
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

// A jammer drowns what comes by radio only from an attacker, at a device that nobody is
// wired to, and one that drowns nothing at all has no effect: neither is left out.
func TestJamOfWhoIsSilent(t *testing.T) {
	const text = `scenario: jam
run: 1m
system:
  devices:
    mute: {is: custom, position: [54 m, 0 m], signals: {n: {start: 0}}, rules: [{every: 1s, set: {n: n + 1}}]}
    pump: {is: pump, rate: 1 L/s, run: switch.on, position: [5 m, 0 m]}
    switch: {is: custom, signals: {on: {start: false}}, rules: [{every: 5s, set: {on: false}}], position: [6 m, 0 m]}
    laptop: {is: custom, position: [30 m, 0 m], signals: {up: {start: true}}}
    jammer: {is: custom, position: [55 m, 0 m], signals: {up: {start: true}}}
  attackers:
    eve: {at: jammer}
    bob: {at: laptop, knows: [pump]}
  zones:
    hall: {devices: [mute, pump, switch, laptop, jammer], range: 100 m}
timeline:
  - {at: 20s, attack: jam, zone: hall, from: jammer, range: REACH, for: 20s, name: noise}
  - {at: 30s, attack: command, signal: pump.run, value: true, from: laptop, name: start}
`
	for reach, want := range map[string]struct{ noise, start inject.Outcome }{
		"10 m": {inject.NoEffect, inject.Applied}, // mute alone, which says nothing
		"30 m": {inject.Applied, inject.Stopped},  // the laptop, which only bob speaks from
	} {
		r, _ := ranText(t, strings.Replace(text, "REACH", reach, 1))
		require.Equal(t, want.noise, r.Injections[0].Outcome, reach)
		require.Equal(t, want.start, r.Injections[1].Outcome, reach)
	}
}
