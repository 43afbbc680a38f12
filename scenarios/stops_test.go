package scenarios

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// All that can stop a step: each is named after what it expects to be stopped by, but
// for uplink, a conduit, and in-limits, a check.
const stops = `
scenario: stops
run: 2m
system:
  devices:
    tower: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tower.level}
    plc:
      is: hysteresis
      reads: gauge.level
      low: 1 m
      high: 3 m
      security: sign
      remote: [held, kept]
      checks: [{range: [0 m, 4 m], of: [low, high], name: in-limits}]
    vault: {is: custom, signals: {}, remote: safe}
    attic: {is: custom, signals: {}}
    outpost: {is: custom, signals: {}}
    cellar: {is: custom, signals: {}}
    station: {is: custom, signals: {}}
  credentials:
    held: {kind: password, held_by: station}
    kept: {kind: password, held_by: engineer}
    vpn: {held_by: engineer}
    safe: {kind: password, held_by: engineer, guesses: 100000000000}
  people: {engineer: {}}
  attackers: {intruder: {at: station, knows: [plc, vault, attic, outpost, cellar]}}
  zones:
    control: [plc, gauge, vault, station]
    up: [attic]
    away: [outpost]
    down: [cellar]
  conduits:
    ladder: {joins: [control, up], loss: 100%}
    far: {joins: [control, away], login: vpn}
    uplink: {joins: [control, down], rules: []}
timeline:
  - {at: 1s, name: foothold, attack: connect, from: plc, to: vault}
  - {at: 1s, name: knowledge, attack: connect, from: station, to: gauge}
  - {at: 1s, name: session, attack: pivot, from: station, to: vault}
  - {at: 1s, name: credential, attack: login, from: station, to: plc, with: kept}
  - {at: 1s, name: service, attack: login, from: station, to: attic}
  - {at: 1s, name: path, attack: drop, from: station, sender: cellar, receiver: outpost, for: 1s}
  - {at: 1s, name: signature, attack: spoof, from: station, signal: gauge.level, value: 1 m}
  - {at: 1s, name: rate-limit, attack: login, from: station, to: vault, with: brute-force}
  - {at: 1s, name: login, attack: connect, from: station, to: outpost}
  - {at: 1s, name: network, attack: connect, from: station, to: attic}
  - {at: 1s, name: uplink, attack: connect, from: station, to: cellar}
  - {at: 1s, name: in-limits, attack: modify, from: station, signal: plc.high, value: 5 m}
invariants:
  calm: {always: tower.level < 3}
expect:
  stopped:
`

// Every word by which the page says that a step can be stopped is one.
func TestWhatStopsSteps(t *testing.T) {
	names := regexp.MustCompile(`name: ([a-z-]+), attack`).FindAllStringSubmatch(stops, -1)
	text, tried := stops, map[string]bool{}
	for _, m := range names {
		text += "    " + m[1] + ": {by: " + m[1] + "}\n"
		tried[m[1]] = true
	}
	s, err := Parse("stops.yaml", []byte(text))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	assert.Empty(t, r.Unmet)

	_, page, _ := strings.Cut(topic(t, "attackers").Text, "What stops a step")
	words := regexp.MustCompile(`(?m)^  ([a-z-]+)  `).FindAllStringSubmatch(page, -1)
	require.NotEmpty(t, words)
	for _, m := range words {
		assert.Contains(t, tried, m[1])
	}
	assert.Len(t, names, len(words)+2, "and a conduit, and a check")
}

func topic(t testing.TB, name string) *Topic {
	for _, topic := range Topics() {
		if topic.Name == name {
			return &topic
		}
	}
	t.Fatal("there is no page " + name)
	return nil
}
