package scenarios_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/harden"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// siege is a small system at random, through which a worm may come to a controller, with
// barriers at random. In a wild one hosts are reset, and a laptop comes and goes: there a
// barrier may shift the luck of a seed.
func siege(t *rapid.T, wild bool) string {
	pick := func(name string, list ...string) string { return rapid.SampledFrom(list).Draw(t, name) }
	var b strings.Builder
	fmt.Fprintf(&b, "scenario: siege\nrun: 36h\nseed: %d\nsystem:\n  devices:\n", rapid.IntRange(0, 99).Draw(t, "seed"))
	b.WriteString("    tower: {is: tank, area: 30 m2, height: 4 m, level: 2 m, inflow: pump.flow, outflow: draw.flow}\n    draw: {is: demand, profile: [[0s, 20 L/s]]}\n")
	b.WriteString("    pump: {is: pump, rate: 50 L/s, run: plc.command}\n    gauge: {is: level-gauge, of: tower.level, every: 10m}\n")
	hosts := []string{"pc1", "pc2", "pc3", "ews"}
	more := ""
	if wild {
		more = ", remote: [key], hardening: {reboots: 8h, resets: 20%}"
		b.WriteString("    laptop: {is: custom, signals: {}, weaknesses: {a: {}, b: {}}}\n    cameras: {is: population, count: 50, weaknesses: {a: {}}}\n")
	}
	for _, h := range hosts {
		fmt.Fprintf(&b, "    %s: {is: custom, signals: {}, weaknesses: {%s: {}, %s: {}}%s}\n", h, pick(h+" flaw", "a", "b"), pick(h+" hole", "c", "d"), more)
	}
	b.WriteString("    spare: {is: custom, signals: {}, weaknesses: {a: {}, b: {}, c: {}, d: {}}}\n")
	b.WriteString("    plc: {is: hysteresis, reads: gauge.level, low: 1.5 m, high: 2.5 m, weaknesses: {logic: {}, " + pick("plc flaw", "a", "b", "e") + ": {}}}\n")
	fmt.Fprintf(&b, "  zones: {field: [pump, gauge], control: [plc, ews], office: [pc1, %s], lab: [%s, spare%s]}\n", pick("both", "pc2", "pc2, pc3"), pick("lab", "pc3", "pc2", "pc1"), map[bool]string{true: ", cameras"}[wild])
	fmt.Fprintf(&b, "  conduits:\n    bus: {joins: [field, control]}\n    wire: {joins: [control, office]}\n    side: {joins: [%s, lab]}\n", pick("side", "control", "office"))
	b.WriteString("  carriers: {stick: {}}\n  people:\n    eve:\n      habits:\n")
	fmt.Fprintf(&b, "        - {plugs: stick, into: pc1, at: 1h, every: 7h}\n        - {plugs: stick, into: %s, at: 2h, every: 9h}\n", pick("second", "ews", "pc2", "pc3"))
	b.WriteString("        - {programs: plc, from: ews, at: 10h, every: 8h}\n")
	if wild {
		b.WriteString("        - {connects: laptop, to: office, at: 3h, for: 4h, every: 11h}\n  credentials: {key: {held_by: [pc1, laptop]}}\n")
	}
	to := pick("reach", "zone", "random")
	fmt.Fprintf(&b, "  malware:\n    worm:\n      spreads:\n")
	for _, v := range []string{"a", "b"} {
		fmt.Fprintf(&b, "        %s: {over: network, to: %s, every: %s}\n", v, to, map[bool]string{false: "20m, addresses: 8", true: "3m, addresses: 60"}[wild])
	}
	if wild {
		b.WriteString("        session: {over: network, to: zone, every: 30m, login: held}\n")
	}
	b.WriteString("        c: {over: media}\n        d: {over: media}\n        logic: {over: programs}\n")
	fmt.Fprintf(&b, "      payload: [{on: plc, delay: 1h, name: bad, attack: modify, signal: host.high, value: 4.5 m}]\n")
	b.WriteString("timeline: [{at: 30m, attack: release, malware: worm, on: stick}]\ninvariants: {no-overflow: {always: tower.level < tower.height}}\nbarriers:\n")
	kinds := []string{
		"patch: a", "patch: b", "patch: c", "patch: d", "patch: c, on: spare", "close: wire", "close: bus", "close: side", "diode: wire", "diode: wire, from: office",
		"media: ews", "media: [pc1, pc2]", "signed_only: plc", "allow_list: ews", "allow_list: [pc1, pc2, pc3]", "patch: logic",
		"filter: wire, rules: [{deny: any, from: pc1}, {allow: any}]", "filter: wire, rules: [{deny: any, to: ews}, {allow: any, to: plc}, {deny: any, from: pc2}, {allow: any}]",
		"media: pc2, allow: stick", "change: {conduits: {wire: {joins: [control, office]}}}", "change: {devices: {plc: {owner: somebody}}}", "change: {people: {eve: {}}}",
	}
	if wild {
		kinds = append(kinds, "remove: key", "allow_list: cameras", "patch: a, on: cameras")
	}
	chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, len(kinds)-1), 2, 5, rapid.ID[int]).Draw(t, "barriers")
	for i, k := range chosen {
		fmt.Fprintf(&b, "  b%d: {cost: %d, %s}\n", i, rapid.IntRange(0, 5).Draw(t, "cost"), kinds[k])
	}
	return b.String()
}

// parsedSiege is a siege in which a way leads to the controller.
func parsedSiege(t *rapid.T, wild bool) *scenarios.Scenario {
	s, err := scenarios.Parse("siege.yaml", []byte(siege(t, wild)))
	if err != nil && strings.Contains(err.Error(), "can never act") {
		t.Skip("no way leads to the controller")
	}
	require.NoError(t, err)
	return s
}

// exhausted runs all sets of barriers, and returns which hold.
func exhausted(t *rapid.T, s *scenarios.Scenario, barriers []harden.Barrier) (holds []bool) {
	for m := range 1 << len(barriers) {
		var raised []string
		for i := range barriers {
			if m>>i&1 != 0 {
				raised = append(raised, barriers[i].Name)
			}
		}
		p := s.Plan
		if m > 0 {
			var err error
			p, err = s.Fortified(raised...)
			require.NoError(t, err)
		}
		r, err := sim.Run(context.Background(), p)
		require.NoError(t, err)
		ok := true
		for i := range r.Invariants {
			ok = ok && r.Invariants[i].Verdict != monitor.Violated
		}
		holds = append(holds, ok)
	}
	return holds
}

// The first set is as cheap as the cheapest of all that hold, and each set that is shown
// holds and needs all of its barriers.
func TestCheapestBarriersAreThoseOfAllSets(t *testing.T) {
	trials.Few(t, 40)
	held, none := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := parsedSiege(t, false)
		barriers := declaredBy(s)
		holds := exhausted(t, s, barriers)
		a, err := harden.Find(context.Background(), barriers, []harden.Scenario{siegeOf(s)}, harden.Options{Workers: 2})
		require.NoError(t, err)
		require.True(t, a.Complete)
		require.Equal(t, holds[0], a.Before.Holds())
		if holds[0] {
			return
		}
		cheapest, needed := math.Inf(1), 0
		for m, ok := range holds {
			if ok {
				sum := 0.0
				for i := range barriers {
					sum += float64(m>>i&1) * barriers[i].Cost
				}
				cheapest = min(cheapest, sum)
				if minimal(holds, m) {
					needed++
				}
			}
		}
		if math.IsInf(cheapest, 1) {
			none++
			require.Empty(t, a.Sets)
			return
		}
		held++
		require.NotEmpty(t, a.Sets)
		require.Equal(t, cheapest, a.Sets[0].Cost)
		require.Len(t, a.Sets, min(needed, harden.DefaultBest))
		for _, set := range a.Sets {
			require.True(t, holds[set.Barriers] && minimal(holds, int(set.Barriers)), "%b", set.Barriers)
		}
	})
	require.NotZero(t, held)
	t.Logf("%d systems had sets that hold, %d none", held, none)
}

// What the graph of all ways proposes changes nothing of the answer.
func TestProposalsChangeNoAnswer(t *testing.T) {
	trials.Few(t, 40)
	rapid.Check(t, func(t *rapid.T) {
		s := parsedSiege(t, false)
		find := func(blind bool) (sets []harden.Mask) {
			a, err := harden.Find(context.Background(), declaredBy(s), []harden.Scenario{siegeOf(s)}, harden.Options{Workers: 2, Blind: blind})
			require.NoError(t, err)
			for _, set := range a.Sets {
				sets = append(sets, set.Barriers)
			}
			return sets
		}
		require.Equal(t, find(true), find(false))
	})
}

func declaredBy(s *scenarios.Scenario) (list []harden.Barrier) {
	for _, b := range s.Barriers() {
		list = append(list, harden.Barrier{Name: b.Name, Cost: b.Cost, Opaque: b.Kind == "change" || b.Kind == "check"})
	}
	return list
}

func siegeOf(s *scenarios.Scenario) harden.Scenario {
	return harden.Scenario{Name: "siege", Seeds: []uint64{s.Plan.Seed}, Plan: func(raised []string) (*sim.Plan, error) {
		if len(raised) == 0 {
			return s.Plan, nil
		}
		return s.Fortified(raised...)
	}}
}

// minimal reports whether no proper subset of a set holds.
func minimal(holds []bool, m int) bool {
	for sub := (m - 1) & m; m > 0; sub = (sub - 1) & m {
		if holds[sub] {
			return false
		}
		if sub == 0 {
			break
		}
	}
	return true
}

// A run in which nothing took a way that a barrier closes is the same with it, to the last
// bit, where nothing but ways of malware is closed.
func TestARunIsTheSameWithWallsThatNothingMet(t *testing.T) {
	met, same := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := parsedSiege(t, true)
		was, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		used := map[[4]string]bool{}
		for _, n := range was.HostNews {
			from, _, _ := strings.Cut(n.From, "[")
			to, _, _ := strings.Cut(n.Host, "[")
			used[sim.Spread{Malware: n.Malware, From: from, To: to, By: n.By}.Passage()] = true
		}
		for _, b := range s.Barriers() {
			p, err := s.Fortified(b.Name)
			require.NoError(t, err)
			closed, narrowed := s.Plan.Narrowed(p)
			if !narrowed || b.Kind == "change" {
				continue
			}
			if slices.ContainsFunc(closed, func(w sim.Spread) bool { return used[w.Passage()] || w.To == "cameras" }) {
				met++
				continue
			}
			same++
			is, err := sim.Run(context.Background(), p)
			require.NoError(t, err)
			require.Equal(t, was.Digest, is.Digest, b.Name)
		}
	})
	require.NotZero(t, same)
	require.NotZero(t, met)
}
