package scenarios

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A network of three zones: an office from which attacks come, a workstation that is
// dual-homed, a plant. %s are the checks of plc, the timeline, what is expected.
const intrusionText = `scenario: intruded
run: 10m
seed: 3
system:
  devices:
    tank: {is: tank, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}
    pump: {is: pump, rate: 10 L/s, run: plc.command}
    gauge: {is: level-gauge, of: tank.level, every: 200ms}
    plc:
      is: hysteresis
      reads: gauge.level
      low: 1.5 m
      high: 3.5 m
      security: SECURITY
      remote: [operator]
      log: {keep: 50, chained: true}
      checks: [CHECKS]
    hmi: {is: plc, inputs: {command: plc.command}, outputs: {seen: command}}
    laptop: {is: custom, signals: {up: {start: true}}}
    ews:
      is: custom
      signals: {up: {start: true}}
      remote: [maker, operator]
      weaknesses: {ms17-010: {via: plain}}
  zones:
    office: [laptop, ews]
    plant: [ews, plc, pump, gauge, tank, hmi]
    far: [hmi]
  credentials:
    maker: {kind: password, held_by: [ews], default: true, guesses: 100}
    operator: {kind: password, held_by: [hmi, gauge], guesses: 600}
  attackers:
    intruder: {at: laptop, knows: [KNOWS]}
timeline:
TIMELINE
expect: {in: 100%%}
`

// An intrusion is a timeline with what becomes of its steps.
type intrusion struct {
	checks, security, knows string
	steps                   []string // each a step's entries
	outcomes                []string // by step: applied, stopped by what, ...
}

func (i *intrusion) run(t *testing.T) *sim.Result {
	t.Helper()
	text := strings.NewReplacer(
		"CHECKS", i.checks, "SECURITY", orElse(i.security, "none"), "KNOWS", orElse(i.knows, "ews"),
		"TIMELINE", "  - {"+strings.Join(i.steps, "}\n  - {")+"}", "expect: {in: 100%%}", i.expected(),
	).Replace(intrusionText)
	s, err := Parse("intruded.yaml", []byte(text))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	return r
}

// expected lists what is to be stopped, so that it is no mistake.
func (i *intrusion) expected() string {
	var list []string
	for k, o := range i.outcomes {
		if by, stopped := strings.CutPrefix(o, "stopped by "); stopped {
			list = append(list, fmt.Sprintf("A%d: {by: %s}", k+1, by))
		}
	}
	return "expect: {stopped: {" + strings.Join(list, ", ") + "}}"
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func outcomes(r *sim.Result) (list []string) {
	for i := range r.Injections {
		o := &r.Injections[i]
		text := o.Outcome.String()
		if o.Outcome == inject.Stopped {
			text = "stopped by " + o.StoppedBy
		}
		list = append(list, text)
	}
	return list
}

const (
	exploit = "at: 1s, attack: exploit, to: ews, weakness: ms17-010, from: laptop"
	write   = "at: 1m, attack: command, signal: pump.run, value: true, from: ews"
	lift    = "at: 1m, attack: modify, signal: plc.high, value: 3.9 m, from: ews"
)

// intrusions are by what they show.
var intrusions = map[string]intrusion{
	"the whole way": {
		steps: []string{exploit, "at: 5s, attack: scan, zone: plant, from: ews", write}, outcomes: []string{"applied", "applied", "applied"},
	},
	"no foothold": {steps: []string{write}, outcomes: []string{"stopped by foothold"}},
	"unheard of": {
		knows: "gauge", steps: []string{exploit}, outcomes: []string{"stopped by knowledge"},
	},
	"heard of by a scan": {
		knows: "gauge", steps: []string{"at: 0s, attack: scan, zone: office, from: laptop", exploit, write},
		outcomes: []string{"applied", "applied", "stopped by knowledge"},
	},
	"a foothold knows the neighbours": {
		steps:    []string{exploit, "at: 5s, attack: scan, zone: plant, from: ews", lift},
		outcomes: []string{"applied", "applied", "applied"},
	},
	"the office has no way to the plant": {
		knows: "ews, plc", steps: []string{"at: 1s, attack: connect, to: plc, from: laptop"},
		outcomes: []string{"stopped by path"},
	},
	"the maker's password": {
		steps: []string{
			"at: 1s, attack: login, to: ews, with: default, from: laptop", "at: 2s, attack: pivot, to: ews, from: laptop",
			"at: 3s, attack: scan, zone: plant, from: ews", write,
		},
		outcomes: []string{"applied", "applied", "applied", "applied"},
	},
	"a password that was changed": {
		steps:    []string{exploit, "at: 2s, attack: scan, zone: plant, from: ews", "at: 9s, attack: login, to: plc, with: default, from: ews"},
		outcomes: []string{"applied", "applied", "stopped by credential"},
	},
	"no session, no pivot": {
		steps: []string{"at: 2s, attack: pivot, to: ews, from: laptop"}, outcomes: []string{"stopped by session"},
	},
	"what is needed was stopped": {
		knows:    "ews, plc",
		steps:    []string{"at: 1s, attack: connect, to: plc, from: laptop", "at: 2s, attack: spoof, signal: gauge.level, value: 1 m, needs: A1"},
		outcomes: []string{"stopped by path", "not-triggered"},
	},
	"in the middle": {
		steps:    []string{exploit, "at: 5s, attack: spoof, signal: gauge.level, value: 1 m, for: 1m, from: ews"},
		outcomes: []string{"applied", "applied"},
	},
	"in the middle of what is signed": {
		security: "sign", steps: []string{exploit, "at: 5s, attack: spoof, signal: gauge.level, value: 1 m, for: 1m, from: ews"},
		outcomes: []string{"applied", "stopped by signature"},
	},
	"signed can be dropped": {
		security: "sign", steps: []string{exploit, "at: 5s, attack: block, signal: gauge.level, for: 1m, from: ews"},
		outcomes: []string{"applied", "applied"},
	},
	"not on the way": {
		steps: []string{"at: 5s, attack: block, signal: gauge.level, for: 1m, from: laptop"}, outcomes: []string{"stopped by path"},
	},
	"a key it has not got": {
		checks: "{authenticate: operator}",
		steps:  []string{exploit, "at: 5s, attack: scan, zone: plant, from: ews", lift}, outcomes: []string{"applied", "applied", "stopped by authenticate"},
	},
	"a key it has sniffed": {
		checks: "{authenticate: operator}",
		steps:  []string{exploit, "at: 5s, attack: sniff, signal: gauge.level, for: 5s, from: ews", lift}, outcomes: []string{"applied", "applied", "applied"},
	},
	"a key that is encrypted on its way": {
		checks: "{authenticate: operator}", security: "encrypt",
		steps: []string{exploit, "at: 5s, attack: sniff, signal: gauge.level, for: 5s, from: ews", lift}, outcomes: []string{"applied", "applied", "stopped by authenticate"},
	},
	"a session that was taken over": {
		steps: []string{
			exploit, "at: 5s, attack: hijack, sender: gauge, receiver: plc, for: 5s, from: ews", "at: 1m, attack: wipe, device: plc, from: ews",
		},
		outcomes: []string{"applied", "applied", "applied"},
	},
	"nobody takes over what is signed": {
		security: "sign", steps: []string{exploit, "at: 5s, attack: hijack, sender: gauge, receiver: plc, for: 5s, from: ews"},
		outcomes: []string{"applied", "stopped by signature"},
	},
	"sent again, as it was signed": {
		checks: "{authenticate: operator}", security: "sign",
		steps:    []string{exploit, "at: 1m, attack: resend, sender: gauge, receiver: plc, age: 30s, from: ews"},
		outcomes: []string{"applied", "applied"},
	},
	"sent again, with an old number": {
		checks: "{authenticate: operator}, {fresh: counter}", security: "sign",
		steps:    []string{exploit, "at: 1m, attack: resend, sender: gauge, receiver: plc, age: 30s, from: ews"},
		outcomes: []string{"applied", "stopped by fresh"},
	},
	"posing as the gauge, with the next number": {
		checks: "{fresh: counter}", knows: "ews, plc",
		steps:    []string{exploit, "at: 1m, attack: command, signal: plc.reads, value: 1 m, as: gauge, from: ews"},
		outcomes: []string{"applied", "applied"},
	},
	"guessed, and used": {
		checks: "{authenticate: operator}",
		steps: []string{
			exploit, "at: 5s, attack: scan, zone: plant, from: ews", "at: 10s, attack: login, to: plc, with: brute-force, from: ews",
			"at: 3m, attack: modify, signal: plc.high, value: 3.9 m, from: ews",
		},
		outcomes: []string{"applied", "applied", "applied", "applied"},
	},
	"sent again, too late": {
		checks:   "{fresh: 2s}",
		steps:    []string{exploit, "at: 1m, attack: resend, sender: gauge, receiver: plc, age: 30s, from: ews"},
		outcomes: []string{"applied", "stopped by fresh"},
	},
	"wipe wants a session": {
		steps:    []string{exploit, "at: 5s, attack: scan, zone: plant, from: ews", "at: 1m, attack: wipe, device: plc, from: ews"},
		outcomes: []string{"applied", "applied", "stopped by session"},
	},
	"wipe": {
		steps: []string{
			exploit, "at: 5s, attack: scan, zone: plant, from: ews",
			"at: 10s, attack: login, to: plc, with: brute-force, every: 100ms, from: ews", "at: 3m, attack: wipe, device: plc, from: ews",
		},
		outcomes: []string{"applied", "applied", "applied", "applied"},
	},
}

// What an attack needs it must have got by what came before.
func TestAttacksAreEarned(t *testing.T) {
	for name, i := range intrusions {
		t.Run(name, func(t *testing.T) {
			r := i.run(t)
			require.Equal(t, i.outcomes, outcomes(r))
			require.Empty(t, r.Unmet)
		})
	}
}

// Guessing takes as long as the easiest password takes at the rate, or at the rate
// that the device lets pass.
func TestBruteForce(t *testing.T) {
	steps := []string{
		"at: 0s, attack: exploit, to: ews, weakness: ms17-010, from: laptop", "at: 5s, attack: scan, zone: plant, from: ews",
		"at: 10s, attack: login, to: plc, with: brute-force, every: 100ms, from: ews, name: guess", "at: 11s, attack: pivot, to: plc, from: ews, after2: guess",
	}
	steps[3] = "after: guess, attack: pivot, to: plc, from: ews, name: on"
	for checks, want := range map[string]vtime.Duration{"": 60 * vtime.Second, "{rate-limit: 2, per: 1s, verb: login}": 300 * vtime.Second} {
		i := intrusion{checks: checks, steps: steps}
		r := i.run(t)
		require.Equal(t, "applied", outcomes(r)[2])
		require.GreaterOrEqual(t, r.Injections[3].Applied, vtime.Time(10*vtime.Second+want))
	}
}
