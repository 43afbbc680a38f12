package scenarios_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/harden"
	"github.com/harmproof/harmproof/sim/vtime"
)

// besieged is a worm that comes from a stick over an office and its firewall to the
// engineering station, and with a program into the controller; and somebody who logs
// in at the station with what the maker ships.
const besieged = `
system:
  devices:
    tower: {is: tank, area: 30 m2, height: 4 m, level: 2 m, inflow: pump.flow, outflow: draw.flow}
    draw: {is: demand, profile: [[0s, 20 L/s]]}
    pump: {is: pump, rate: 50 L/s, run: plc.command}
    gauge: {is: level-gauge, of: tower.level, every: 10m}
    plc:
      is: hysteresis
      reads: gauge.level
      low: 1.5 m
      high: 2.5 m
      weaknesses: {logic: {}}
      checks: [{range: [0 m, 3 m], of: high, name: high-range, off: true}]
    ews: {is: custom, signals: {}, weaknesses: {lnk: {}, spooler: {}}, remote: [shipped]}
    pc: {is: custom, signals: {}, weaknesses: {lnk: {}, spooler: {}}}
  credentials: {shipped: {kind: password, default: true, held_by: [ews]}}
  carriers: {stick: {}}
  people:
    eve: {habits: [{plugs: stick, into: pc, at: 1h, every: 7h}, {programs: plc, from: ews, at: 10h, every: 8h}]}
  malware:
    worm:
      spreads: {lnk: {over: media}, spooler: {over: network, to: random, every: 20m, addresses: 8}, logic: {over: programs}}
      payload: [{on: plc, delay: 1h, name: too-high, attack: modify, signal: host.high, value: 4.5 m}]
  attackers: {mallory: {at: pc, knows: [ews]}}
  zones: {field: [pump, gauge], control: [plc, ews], office: [pc]}
  conduits: {bus: {joins: [field, control]}, firewall: {joins: [office, control]}}
barriers:
  patch: {cost: 2, patch: spooler}
  patch-lnk: {cost: 2, patch: lnk, on: pc}
  wall: {cost: 5, close: firewall}
  filter: {cost: 3, filter: firewall, rules: [{allow: any, verb: read}]}
  diode: {cost: 8, diode: firewall, from: control}
  media: {cost: 1, media: pc}
  signing: {cost: 4, signed_only: plc}
  allow-list: {cost: 3, allow_list: [ews]}
  no-default: {cost: 1, remove: shipped}
  check: {cost: 2, check: plc/high-range}
  higher: {cost: 6, about: a metre of concrete, change: {devices: {tower: {height: 5 m}}}}
`

const siegeSteps = `
run: 3d
seed: 3
use: system.yaml
timeline:
  - {at: 30m, attack: release, malware: worm, on: stick}
  - {at: 40m, name: enter, attack: login, from: pc, by: mallory, to: ews, with: default}
  - {at: 50m, name: break, attack: exploit, from: pc, by: mallory, to: ews, weakness: spooler}
invariants: {no-overflow: {always: tower.level < tower.height}}
`

// besiegedScenario loads the scenario, whose barriers come from the file that it uses.
func besiegedScenario(t *testing.T) *scenarios.Scenario {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "system.yaml"), []byte(besieged), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "siege.yaml"), []byte("scenario: siege"+siegeSteps), 0o600))
	s, err := scenarios.Load(filepath.Join(dir, "siege.yaml"))
	require.NoError(t, err)
	return s
}

// What each barrier stops: the hosts that stay clean, and steps of an attacker.
func TestWhatBarriersStop(t *testing.T) {
	s := besiegedScenario(t)
	require.Len(t, s.Barriers(), 11)
	for _, c := range []struct {
		raise   string
		hosts   []string // that the worm comes to
		stopped map[string]string
	}{
		{"", []string{"plc", "ews", "pc"}, nil},
		{"patch", []string{"pc"}, map[string]string{"break": "patch"}},
		{"patch-lnk", nil, nil},
		{"wall", []string{"pc"}, map[string]string{"enter": "firewall", "break": "firewall"}},
		{"filter", []string{"pc"}, map[string]string{"enter": "firewall", "break": "firewall"}},
		{"diode", []string{"pc"}, map[string]string{"enter": "firewall", "break": "firewall"}},
		{"media", nil, nil},
		{"signing", []string{"ews", "pc"}, nil},
		{"allow-list", []string{"pc"}, nil},
		{"no-default", []string{"plc", "ews", "pc"}, map[string]string{"enter": "credential"}},
		{"check", []string{"plc", "ews", "pc"}, nil},
		{"higher", []string{"plc", "ews", "pc"}, nil},
	} {
		p := s.Plan
		if c.raise != "" {
			var err error
			p, err = s.Fortified(c.raise)
			require.NoError(t, err, c.raise)
		}
		r, err := sim.Run(context.Background(), p)
		require.NoError(t, err)
		var hosts []string
		for _, h := range r.Outbreaks[0].Hosts {
			if h.Device && h.First < vtime.Never {
				hosts = append(hosts, h.Name)
			}
		}
		assert.Equal(t, c.hosts, hosts, c.raise)
		for _, i := range r.Injections {
			if i.Step.Name == "enter" || i.Step.Name == "break" {
				assert.Equal(t, c.stopped[i.Step.Name], i.StoppedBy, "%s of %s", i.Step.Name, c.raise)
			}
		}
		holds := len(r.Violations()) == 0
		assert.Equal(t, !slices.Contains(hosts, "plc") || c.raise == "higher", holds, c.raise)
	}
	_, err := s.Fortified("nothing")
	require.ErrorContains(t, err, `declares no barrier "nothing"`)
}

// Closed over filtered: whatever order they stand in, what is closed stays closed.
func TestAClosedConduitStaysClosed(t *testing.T) {
	s := besiegedScenario(t)
	p, err := s.Fortified("filter", "wall")
	require.NoError(t, err)
	for _, c := range p.Surface().Conduits {
		if c.Name == "firewall" {
			require.True(t, c.Filtered)
			require.Empty(t, c.Rules)
		}
	}
}

// Barriers only take away, whatever is raised beside them.
func TestBarriersGiveNothingBack(t *testing.T) {
	extra := `  back: {cost: 1, diode: firewall}
  allow-b: {cost: 1, media: pc, allow: stick}
  second: {cost: 1, filter: firewall, rules: [{allow: modbus}]}
`
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "system.yaml"), []byte(besieged+extra), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "siege.yaml"), []byte("scenario: siege"+siegeSteps), 0o600))
	s, err := scenarios.Load(filepath.Join(dir, "siege.yaml"))
	require.NoError(t, err)
	open := func(raised ...string) (ways []string) {
		p, err := s.Fortified(raised...)
		require.NoError(t, err)
		for _, w := range p.Spreads() {
			if w.Stop == "" {
				ways = append(ways, strings.Join([]string{w.From, w.To, w.By}, " "))
			}
		}
		return ways
	}
	for _, pair := range [][2]string{{"diode", "back"}, {"media", "allow-b"}, {"filter", "second"}} {
		both := open(pair[:]...)
		for _, one := range pair {
			require.Subset(t, open(one), both, pair)
		}
	}
	p, err := s.Fortified("diode", "back")
	require.NoError(t, err)
	for _, c := range p.Surface().Conduits {
		require.Equal(t, c.Name == "firewall", c.Filtered && len(c.Rules) == 0, "shut both ways")
	}
}

// Interrupted, the search returns what it knows, without an error.
func TestASearchCanBeInterrupted(t *testing.T) {
	s := besiegedScenario(t)
	ctx, cancel := context.WithCancel(context.Background())
	var barriers []harden.Barrier
	for _, b := range s.Barriers() {
		if b.Cost < 4 { // of which none holds alone but those of media
			barriers = append(barriers, harden.Barrier{Name: b.Name, Cost: b.Cost, Opaque: b.Kind == "check"})
		}
	}
	a, err := harden.Find(ctx, barriers, []harden.Scenario{{
		Name: "siege", Seeds: []uint64{3}, Plan: func(raised []string) (*sim.Plan, error) { return s.Fortified(raised...) },
	}}, harden.Options{Best: 99, Progress: func(p harden.Progress) {
		if p.Sets > 1 { // the run without barriers is over
			cancel()
		}
	}})
	require.NoError(t, err)
	require.False(t, a.Before.Holds())
	require.False(t, a.Complete)
}
