package scenarios

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// An office with an attacker, a control room and a field; a workstation with a card in
// the office and one in the control room. %s is what the attacker does.
const claimsText = `scenario: claims
run: 20s
system:
  devices:
    plc: {is: custom, signals: {n: {start: 0}}, rules: [{every: 1s, set: {n: n + 1}}]}
    pump: {is: custom, inputs: {run: plc.n}, signals: {x: {start: 0}}}
    station: {is: custom, signals: {}}
    hmi: {is: custom, signals: {}}
    laptop: {is: custom, signals: {}}
  attackers: {intruder: {at: [laptop, hmi], knows: all}}
  zones:
    field: [pump]
    control: [plc, station, hmi]
    office: [laptop, station]
  conduits:
    bus: {joins: [field, control], rules: [{allow: any, verb: write, from: [plc, station], to: pump}]}
    firewall: {joins: [control, office], rules: [{allow: any, from: plc}]}
timeline:
  - {at: 5s, attack: command, signal: pump.run, value: 77, CLAIM}
expect: {stopped: {A1: {by: BY}}}
`

// Who claims to be somebody else still sends from where it is: that the workstation has
// a card in the control room does not let the office past the firewall. A filter sees what an address says,
// and a neighbour may have the address of one who is allowed; from elsewhere nobody can.
func TestAClaimMovesNobody(t *testing.T) {
	for claim, want := range map[string]string{
		"from: laptop":              "stopped by firewall",
		"from: laptop, as: station": "stopped by firewall",
		"from: laptop, as: plc":     "stopped by firewall",
		"from: hmi":                 "stopped by bus",
		"from: hmi, as: plc":        "applied",
		"from: hmi, as: station":    "applied",
		"from: hmi, as: laptop":     "stopped by bus",
	} {
		by := "firewall"
		if len(want) > 11 {
			by = want[len("stopped by "):]
		}
		r, _ := ranText(t, written(claimsText, "CLAIM", claim, "BY", by))
		require.Equal(t, []string{want}, outcomes(r), claim)
	}
}
