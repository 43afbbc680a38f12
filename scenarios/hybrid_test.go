package scenarios

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// reporting is a scenario in which 1200 devices, each of which tells something once a second, load
// a link and a device with work so much.
func reporting(how string, link, work float64) string {
	const perSecond, bits = 1200, 8 * 66
	return fmt.Sprintf(`
scenario: reporting
run: 300s
system:
  devices:
    sensor: {is: telemetry, every: 1s, count: 1200%s}
    bots: {is: population, count: 100, weaknesses: {telnet: {}}}
    sink:
      is: store
      keeps: 1d
      takes: {load: {from: sensor.reading}}
      work: {takes: %.3fus, spread: exponential, queue: 100}
  subjects: {thing: {count: 1200}}
  malware: {worm: {spreads: {telnet: {over: network, to: zone, rate: 10 1/s}}}}
  zones: {field: [sensor, bots], room: [sink]}
  conduits: {uplink: {joins: [field, room], latency: 2ms, bandwidth: %.0f bit/s, queue: 16 kB}}
`, how, 1e6*work/perSecond, perSecond*bits/link)
}

// tidings are what became of what was told.
type tidings struct {
	stored     float64
	used, lost [2]float64 // of the link, of the store
	stay       float64    // seconds at the store, on average
}

func tallied(t *testing.T, text string) (c tidings) {
	r := played(t, text, 1)
	c.stored = float64(r.Capacity.Growth[0].Items)
	for i := range r.Capacity.Loads {
		switch l := &r.Capacity.Loads[i]; {
		case l.Link:
			c.used[0], c.lost[0] = l.Utilisation, float64(l.Lost)
		default:
			c.used[1], c.lost[1], c.stay = l.Utilisation, float64(l.Lost), l.Delay.Mean
		}
	}
	return c
}

// each runs a scenario as a rate, and message by message: in periods, and at random.
func each(t *testing.T, link, work float64, more string, check func(t *testing.T, rate, one tidings)) {
	rate := tallied(t, reporting(", as_rate: true", link, work)+more)
	for name, how := range map[string]string{"periods": "", "at random": ", random: true"} {
		t.Run(fmt.Sprintf("%v %v %s", link, work, name), func(t *testing.T) {
			one := tallied(t, reporting(how, link, work)+more)
			t.Logf("as a rate %+v, by message %+v", rate, one)
			check(t, rate, one)
		})
	}
}

// As a rate as much is stored, used and lost as message by message, within 2 %.
func TestRatesCarryWhatMessagesDo(t *testing.T) {
	trials.Long(t)
	for _, load := range [][2]float64{{0.5, 0.5}, {0.8, 0.8}, {0.95, 0.9}, {1.2, 0.8}, {0.8, 1.2}, {1.5, 1.1}, {1.2, 1.5}} {
		each(t, load[0], load[1], "", func(t *testing.T, rate, one tidings) {
			require.InEpsilon(t, one.stored, rate.stored, 0.02)
			for at := range 2 {
				require.InEpsilon(t, one.used[at], rate.used[at], 0.02)
				if one.lost[at] > 0 {
					require.InEpsilon(t, one.lost[at], rate.lost[at], 0.02)
				} else {
					require.Zero(t, rate.lost[at])
				}
			}
		})
	}
}

// A store that gets hardly more than it can serve loses more by chance than the rate alone says: at
// 1.04 of its load 3.8 % in place of 3.6 %.
func TestRatesLoseTooLittleByChance(t *testing.T) {
	trials.Long(t)
	each(t, 1.15, 1.2, "", func(t *testing.T, rate, one tidings) {
		require.InEpsilon(t, one.stored, rate.stored, 0.004)
		require.InEpsilon(t, one.lost[1], rate.lost[1], 0.07)
		require.Less(t, rate.lost[1], one.lost[1])
	})
}

// Messages stay as long as a rate says, be the link before the store hardly used, busy or full: it makes them
// come the more evenly, and they wait the less.
func TestRatesStay(t *testing.T) {
	trials.Long(t)
	for _, load := range [][2]float64{{0.01, 0.5}, {0.01, 0.8}, {0.5, 0.5}, {0.5, 0.8}, {0.8, 0.5}, {0.8, 0.8}, {1.2, 0.5}, {1.25, 1}} {
		each(t, load[0], load[1], "", func(t *testing.T, rate, one tidings) {
			t.Logf("stay %.4g as a rate, %.4g by message: %+.2f %%", rate.stay, one.stay, 100*(rate.stay/one.stay-1))
			require.InEpsilon(t, one.stay, rate.stay, 0.02)
		})
	}
}

// Where a flood comes and goes, as much of what comes as a rate gets lost as of messages: both lose in
// proportion to what they bring, and few among many as often as the flood does.
func TestRatesInAFlood(t *testing.T) {
	trials.Long(t)
	const flood = `
timeline:
  - {at: 1s, attack: release, malware: worm, on: bots}
  - {when: worm.bots >= 100, attack: flood, malware: worm, from: bots, to: sink, each: 475.2 kbit/s, for: 100s}
`
	each(t, 0.02, 0.5, flood, func(t *testing.T, rate, one tidings) {
		const all = 360_000
		require.InEpsilon(t, 100*1200*(1-1/1.52), all-rate.stored, 0.002, "the flood is 1.5 times the link")
		require.InEpsilon(t, 100*1200*(1-1/1.52), one.lost[0], 0.02)
		require.InEpsilon(t, one.stored, rate.stored, 0.005)
		require.InEpsilon(t, one.stay, rate.stay, 0.02, "a few among many come at random, however full the link is")
	})
}
