package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Four drives, as one device with a count, in a zone of their own behind rules.
const drivesText = `scenario: drives
run: 20s
system:
  devices:
    line: {is: custom, signals: {speed: {start: 1}}, rules: [{every: 1s, set: {speed: speed + 1}}]}
    drive:
      is: custom
      count: 4
      inputs: {want: line.speed}
      signals: {turns: {start: 0}}
      rules: [{every: 1s, set: {turns: want}}]
      checks: [{range: [0, 50], of: want}]
    watch: {is: custom, inputs: {k: "drive[3].turns"}, signals: {seen: {start: 0}}, rules: [{every: 1s, set: {seen: k}}]}
    laptop: {is: custom, signals: {}}
  attackers: {intruder: {at: laptop, knows: all}}
  zones: {shop: [drive], office: [line, watch, laptop]}
  conduits: {gate: {joins: [office, shop], rules: [RULE{allow: any, to: drive}, {allow: any, from: drive, to: watch}]}}
timeline:
  - {at: 10.5s, name: it, STEP}
invariants:
  slow: {always: max(drive.turns) < 99}
expect: {stopped: {it: {by: BY}}}
`

// Zones and rules name a device with a count as one; what is done to one of its members
// is done to no other. At its n-th second a drive turns at n+1, and that of a second before
// is what watch has seen.
func TestMembersBehindRules(t *testing.T) {
	const deny = "{deny: any, from: laptop, to: drive}, "
	for _, test := range []struct {
		rule, step, want string
		at               float64
		turns            [4]float64
		seen             float64
	}{
		{"", `attack: command, from: laptop, signal: "drive[2].want", value: 40, every: 100ms, for: 1s`, "applied", 11.7, [4]float64{12, 12, 40, 12}, 11},
		{"", `attack: command, from: laptop, signal: "drive[3].want", value: 40, every: 100ms, for: 1s`, "applied", 12.2, [4]float64{13, 13, 13, 40}, 40},
		{"", `attack: command, from: laptop, signal: "drive[2].want", value: 60`, "stopped by range", 11.7, [4]float64{12, 12, 12, 12}, 11},
		{deny, `attack: command, from: laptop, signal: "drive[2].want", value: 40`, "stopped by gate", 11.7, [4]float64{12, 12, 12, 12}, 11},
		{"", `attack: spoof, signal: "drive[3].turns", value: 7, for: 5s`, "applied", 13.2, [4]float64{14, 14, 14, 14}, 7},
		{"", `attack: spoof, signal: "drive[1].turns", value: 7, for: 5s`, "applied", 13.2, [4]float64{14, 14, 14, 14}, 13},
		{"", `attack: drop, signal: line.speed, receiver: drive, for: 3s`, "applied", 13.2, [4]float64{12, 12, 12, 12}, 12},
		{"", `fault: stuck, signal: "drive[3].turns", for: 3s`, "applied", 13.2, [4]float64{14, 14, 14, 14}, 11},
		{"", `fault: crash, device: drive, for: 3s`, "applied", 13.2, [4]float64{11, 11, 11, 11}, 11},
	} {
		by := "gate"
		if len(test.want) > len("stopped by ") {
			by = test.want[len("stopped by "):]
		}
		r, h := ranText(t, written(drivesText, "RULE", test.rule, "STEP", test.step, "BY", by))
		require.Equal(t, []string{test.want}, outcomes(r), test.step)
		var turns [4]float64
		for m := range turns {
			turns[m] = valueAt(t, h, []string{"drive[0]", "drive[1]", "drive[2]", "drive[3]"}[m]+".turns", test.at)
		}
		require.Equal(t, test.turns, turns, test.step)
		require.Equal(t, test.seen, valueAt(t, h, "watch.seen", test.at), test.step)
	}
}

// A member that is not there is a mistake wherever it is named.
func TestAMemberThatIsNotThere(t *testing.T) {
	for _, step := range []string{
		`attack: command, from: laptop, signal: "drive[4].want", value: 40`, `attack: spoof, signal: "drive[4].turns", value: 4`, `fault: stuck, signal: "drive[9].turns"`,
		`attack: drop, signal: "drive[4].turns"`, `attack: spoof, signal: "line[1].speed", value: 4`,
	} {
		_, err := Parse("drives.yaml", []byte(written(drivesText, "RULE", "", "STEP", step, "BY", "gate")))
		require.ErrorContains(t, err, "drives.yaml", step)
	}
	for _, pair := range [][2]string{{`"drive[3].turns"`, `"drive[4].turns"`}, {"max(drive.turns)", `'drive[4].turns'`}, {"zones: {shop: [drive]", `zones: {shop: ["drive[0]"]`}, {"to: drive}, {allow", `to: "drive[7]"}, {allow`}} {
		text := written(drivesText, "RULE", "", "STEP", "attack: spoof, signal: line.speed, value: 3", "BY", "gate")
		_, err := Parse("drives.yaml", []byte(text))
		require.NoError(t, err)
		_, err = Parse("drives.yaml", []byte(written(text, pair[0], pair[1])))
		require.Error(t, err, pair[1])
	}
}

// A contact that the device itself goes by is stuck as a whole, and then does what it was told
// meanwhile; one that it only tells goes on beneath.
func TestAStuckContact(t *testing.T) {
	for signal, want := range map[string]float64{"heater.relay": 10, "heater.lamp": 0} {
		_, h := ranText(t, `
scenario: contact
run: 30s
system:
  devices:
    clock: {is: custom, signals: {on: {start: true}}, rules: [{when: time > 10, set: {on: false}}]}
    heater:
      is: custom
      inputs: {call: clock.on}
      signals: {relay: {start: false}, lamp: {start: false}, power: {value: 'relay ? 10 : 0'}}
      rules: [{when: call, set: {relay: true, lamp: true}}, {when: not call, set: {relay: false, lamp: false}}]
timeline: [{at: 5s, fault: stuck, signal: `+signal+`, for: 15s}]
invariants: {fine: {always: heater.power < 11}}
`)
		require.Equal(t, want, valueAt(t, h, "heater.power", 15), signal)
		require.Equal(t, 0.0, valueAt(t, h, "heater.power", 25), signal)
	}
}
