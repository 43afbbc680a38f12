package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// A store that keeps up and has little room loses some by chance, as a rate as by messages: as many as
// M/M/1/K where the link before is hardly used, and fewer the busier that is, as messages come the more evenly.
func TestRatesLoseByChance(t *testing.T) {
	share, err := queueing.Refused(1, 5, 0.8)
	require.NoError(t, err)
	for _, c := range []struct{ link, alone, within float64 }{{0.1, 0.01, 0.03}, {0.5, 0.1, 0.06}, {0.9, 0.7, 0.1}} {
		text := func(how string) string {
			return strings.Replace(reporting(how, c.link, 0.8), "queue: 100}", "queue: 5}", 1)
		}
		rate, one := tallied(t, text(", as_rate: true")), tallied(t, text(", random: true"))
		require.InEpsilon(t, 360_000*share, rate.lost[1], c.alone)
		require.InEpsilon(t, one.lost[1], rate.lost[1], c.within, "%v", c.link)
		require.InEpsilon(t, one.stored, rate.stored, 0.005)
	}
}

// A link with little room loses some by chance whether it keeps up or not, as many as M/D/1 whose work is
// bounded (queueing.BusyFor).
func TestRatesLoseByChanceOnLinks(t *testing.T) {
	trials.Long(t)
	for _, room := range []struct{ bytes, messages float64 }{{132, 2}, {200, 200.0 / 66}, {400, 400.0 / 66}} {
		for _, load := range []float64{0.5, 0.8, 0.95, 1.05, 1.3} {
			text := func(how string) string {
				return strings.Replace(reporting(how, load, 0.3), "queue: 16 kB", fmt.Sprintf("queue: %v B", room.bytes), 1)
			}
			rate, one := tallied(t, text(", as_rate: true")), tallied(t, text(", random: true"))
			share, err := queueing.BusyFor(load, room.messages-1)
			require.NoError(t, err)
			t.Logf("room %v load %v: %.4f as a rate, %.4f by message", room.bytes, load, rate.lost[0]/360_000, one.lost[0]/360_000)
			require.InEpsilon(t, 360_000*share, rate.lost[0], 0.01)
			require.InDelta(t, one.lost[0], rate.lost[0], 0.003*360_000)
			require.InEpsilon(t, one.stored, rate.stored, 0.003)
		}
	}
}

// tandem is a scenario in which 1200 devices, each of which tells something once a second, load two links one behind
// the other so much.
func tandem(how string, first, second float64, room string) string {
	const perSecond, bits = 1200, 8 * 66
	return fmt.Sprintf(`
scenario: tandem
run: 100s
system:
  devices:
    sensor: {is: telemetry, every: 1s, count: 1200%s}
    sink: {is: store, keeps: 1d, takes: {load: {from: sensor.reading}}}
    mast: {is: custom, signals: {up: {start: true}}}
  subjects: {thing: {count: 1200}}
  zones: {field: [sensor], masts: [mast], room: [sink]}
  conduits:
    first: {joins: [field, masts], bandwidth: %.0f bit/s, queue: 16 kB}
    second: {joins: [masts, room], bandwidth: %.0f bit/s, queue: %s}
`, how, perSecond*bits/first, perSecond*bits/second, room)
}

// Behind another link a link loses the less by chance the busier that one is, and nothing if that one is as slow.
func TestRatesLoseByChanceBehindLinks(t *testing.T) {
	trials.Long(t)
	for _, c := range []struct {
		first, second float64
		room          string
	}{
		{0.3, 0.8, "200 B"}, {0.5, 0.8, "200 B"}, {0.65, 0.8, "200 B"}, {0.7, 0.8, "200 B"}, {0.8, 0.8, "200 B"}, {0.8, 0.3, "200 B"},
		{0.5, 0.8, "400 B"}, {0.7, 0.8, "400 B"}, {0.6, 0.95, "400 B"}, {0.75, 0.95, "400 B"}, {0.3, 0.5, "200 B"}, {0.4, 0.5, "200 B"},
	} {
		lost := func(how string) (share float64) {
			for _, l := range played(t, tandem(how, c.first, c.second, c.room), 1).Capacity.Loads {
				if l.Link && strings.HasPrefix(l.Name, "second") {
					share = float64(l.Lost) / 120_000
				}
			}
			return share
		}
		rate, one := lost(", as_rate: true"), lost(", random: true")
		t.Logf("%v: %.4f as a rate, %.4f by message", c, rate, one)
		require.InDelta(t, one, rate, 0.014)
		if c.first >= c.second {
			require.Zero(t, rate)
		}
	}
}

// Where nobody counts what is lost by chance a warning says so.
func TestRatesWarnOfShortQueues(t *testing.T) {
	for text, want := range map[string]string{
		reporting(", as_rate: true", 0.8, 0.5):                                                                    "",
		strings.Replace(reporting(", as_rate: true", 0.8, 0.5), "queue: 16 kB", "queue: 200 B", 1):                "",
		strings.Replace(reporting(", as_rate: true", 0.1, 0.8), "spread: exponential, queue: 100", "queue: 5", 1): "sink keeps up, but its queue is so short that by chance it would lose up to 6.6% of what comes",
		strings.Replace(reporting(", as_rate: true", 1.2, 0.5), "queue: 16 kB", "queue: 200 B", 1):                "",
		strings.Replace(reporting(", random: true", 0.8, 0.5), "queue: 16 kB", "queue: 200 B", 1):                 "",
	} {
		s, err := Parse("reporting.yaml", []byte(text))
		require.NoError(t, err)
		said := strings.Join(strings.Fields(fmt.Sprint(s.Warnings)), " ") // on one line
		if want == "" {
			require.NotContains(t, said, "keeps up")
		} else {
			require.Contains(t, said, want)
		}
	}
}
