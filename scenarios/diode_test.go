package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A plant behind a diode: what is counted inside is told to an archive outside. Each of the
// two has an attacker. %s is what happens.
const diodeText = `scenario: diode
run: 20s
system:
  devices:
    plc: {is: custom, inputs: {k: gauge.n}, signals: {m: {start: 0}}, rules: [{every: 1s, set: {m: k}}], remote: [secret], weaknesses: {old: {}}}
    gauge: {is: custom, signals: {n: {start: 0}}, rules: [{every: 1s, set: {n: n + 1}}]}
    archive: {is: custom, inputs: {k: gauge.n}, signals: {m: {start: 0}}, rules: [{every: 1s, set: {m: k}}], remote: [secret], weaknesses: {old: {}}}
  credentials: {secret: {kind: password, held_by: [gauge], guesses: 10}}
  attackers: {inside: {at: gauge, knows: all}, outside: {at: archive, knows: all}}
  zones: {plant: [plc, gauge], away: [archive]}
  conduits: {diode: {joins: [plant, away], diode: true}}
timeline:
  - {at: 5.5s, STEP}
invariants:
  quiet: {always: 'plc.m < 30 and archive.m < 30'}
expect: {stopped: {A1: {by: WORD}}}
`

// What is only sent passes a diode from its first zone, and nothing else does: nothing from
// the other side, and no request that wants an answer, whoever makes it.
func TestWhatPassesADiode(t *testing.T) {
	_, h := ranText(t, written(diodeText, "STEP", "act: set, signal: gauge.n, value: 20", "expect: {stopped: {A1: {by: WORD}}}", ""))
	require.Equal(t, []float64{5, 5, 22, 22}, []float64{
		valueAt(t, h, "plc.m", 5.5), valueAt(t, h, "archive.m", 5.5), valueAt(t, h, "plc.m", 8.5), valueAt(t, h, "archive.m", 8.5),
	})
	for step, want := range map[string]string{
		"attack: command, by: inside, from: gauge, signal: archive.k, value: 9":                         "applied",
		"attack: command, by: outside, from: archive, signal: plc.k, value: 9":                          "stopped by diode",
		"attack: connect, by: inside, from: gauge, to: archive, verb: write":                            "applied",
		"attack: connect, by: inside, from: gauge, to: archive, verb: read":                             "stopped by diode",
		"attack: connect, by: outside, from: archive, to: plc, verb: read":                              "stopped by diode",
		"attack: connect, by: outside, from: archive, to: plc, verb: write":                             "stopped by diode",
		"attack: scan, by: inside, from: gauge, to: archive":                                            "stopped by diode",
		"attack: scan, by: outside, from: archive, to: plc":                                             "stopped by diode",
		"attack: login, by: inside, from: gauge, to: archive, with: brute-force":                        "stopped by diode",
		"attack: login, by: outside, from: archive, to: plc, with: brute-force":                         "stopped by diode",
		"attack: exploit, by: inside, from: gauge, to: archive, weakness: old":                          "applied",
		"attack: exploit, by: outside, from: archive, to: plc, weakness: old":                           "stopped by diode",
		"attack: flood, by: outside, from: archive, to: plc, every: 100ms, for: 1s":                     "stopped by diode",
		"attack: flood, by: inside, from: gauge, to: archive, every: 100ms, for: 1s":                    "applied",
		"attack: block, by: outside, from: archive, sender: gauge, receiver: plc, for: 3s":              "stopped by path",
		"attack: block, by: outside, from: archive, sender: gauge, receiver: archive, for: 3s":          "applied",
		"attack: spoof, by: inside, from: gauge, signal: gauge.n, receiver: archive, value: 7, for: 3s": "applied",
	} {
		t.Run(step, func(t *testing.T) {
			by := "diode"
			if len(want) > len("stopped by ") {
				by = want[len("stopped by "):]
			}
			r, _ := ranText(t, written(diodeText, "STEP", step, "WORD", by))
			require.Equal(t, []string{want}, outcomes(r))
		})
	}
}

// What is wired against a diode by messages is never told; copper does not mind.
func TestWiresAgainstADiode(t *testing.T) {
	const text = `scenario: diode
run: 20s
system:
  devices:
    gauge: {is: custom, inputs: {k: INSIDE}, signals: {n: {start: 3}, heard: {start: 0}}, rules: [{every: 1s, set: {n: 4, heard: k}}]}
    archive: {is: custom, inputs: {k: OUTSIDE}, signals: {m: {start: 5}, heard: {start: 0}}, rules: [{every: 1s, set: {m: 6, heard: k}}]}
  zones: {plant: [gauge], away: [archive]}
  conduits: {diode: {joins: [plant, away], diode: true}}
`
	for wires, told := range map[[2]string][2]float64{
		{"{wired: archive.m}", "gauge.n"}:                                           {6, 4},
		{"archive.m", "gauge.n"}:                                                    {5, 4},
		{"{poll: archive.m, every: 1s}", "gauge.n"}:                                 {5, 4},
		{"{subscribe: archive.m, every: 1s}", "gauge.n"}:                            {5, 4},
		{"{wired: archive.m}", "{poll: gauge.n, every: 1s}"}:                        {6, 3},
		{"{subscribe: archive.m, every: 1s}", "{subscribe: gauge.n, every: 500ms}"}: {5, 3},
	} {
		_, h := ranText(t, written(text, "INSIDE", wires[0], "OUTSIDE", wires[1]))
		require.Equal(t, told, [2]float64{valueAt(t, h, "gauge.heard", 15), valueAt(t, h, "archive.heard", 15)}, wires)
	}
}
