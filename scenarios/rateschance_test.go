package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/queueing"
)

// A store that keeps up and has little room loses some by chance, as a rate as by messages: as many as
// M/M/1/K. Behind a busier link messages come the more evenly, and as a rate too many are lost.
func TestRatesLoseByChance(t *testing.T) {
	share, err := queueing.Refused(1, 5, 0.8)
	require.NoError(t, err)
	for _, c := range []struct{ link, most float64 }{{0.1, 1.03}, {0.5, 1.25}, {0.9, 3.3}} {
		text := func(how string) string {
			return strings.Replace(reporting(how, c.link, 0.8), "queue: 100}", "queue: 5}", 1)
		}
		rate, one := tallied(t, text(", as_rate: true")), tallied(t, text(", random: true"))
		require.InEpsilon(t, 360_000*share, rate.lost[1], 1e-3)
		require.InEpsilon(t, 360_000*(1-share), rate.stored, 1e-3)
		require.Greater(t, rate.lost[1]/one.lost[1], 0.97, "%v", c.link)
		require.Less(t, rate.lost[1]/one.lost[1], c.most, "%v", c.link)
	}
}

// Where nobody counts what is lost by chance a warning says so.
func TestRatesWarnOfShortQueues(t *testing.T) {
	for text, want := range map[string]string{
		reporting(", as_rate: true", 0.8, 0.5):                                                                    "",
		strings.Replace(reporting(", as_rate: true", 0.8, 0.5), "queue: 16 kB", "queue: 200 B", 1):                "uplink keeps up, but its queue is so short that by chance it would lose up to 12% of what comes",
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
