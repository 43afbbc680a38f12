package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

func TestShortened(t *testing.T) {
	for text, want := range map[string]string{
		"64 800 000 000": "64.8 G", "999 999": "999 999", "1 000 000": "1 M", "999 600 000": "1 G", "999 400 000": "999 M",
		"18 446 744 073 709 551 615": "18.4 E", "13.5s": "13.5s", "-": "-", "97.3 %": "97.3 %",
	} {
		assert.Equal(t, want, shortened(text), text)
	}
}

// A number stands whole in one line, however narrow the table has to be.
func TestNumbersAreNotDivided(t *testing.T) {
	c := sim.Capacity{Notable: true, Loads: []sim.Load{{
		Name: "the-historian-of-the-whole-city", Utilisation: 1, Offered: 64_800_000_000, Lost: 13_636_363_636, Most: 123_456_789, Waiting: 4_000_000, Oldest: 90 * vtime.Second,
		Delay: sim.Delay{Count: 1, P50: 9999 * vtime.Hour, P99: 9999 * vtime.Hour, Max: 9999 * vtime.Hour},
	}}}
	for _, wide := range []int{60, 78, 80, 100, 200} {
		s := newSheet(Options{Width: wide})
		s.loads(&c)
		text := s.String()
		require.NotContains(t, text, "636 363 6\n", wide)
		if wide >= 200 {
			require.Contains(t, text, "13 636 363 636")
		} else {
			require.Regexp(t, regexp.MustCompile("13.6 G"), text)
		}
		rows := strings.Split(text, "\n")
		for _, whole := range []string{"100.0 %", "416d"} {
			require.Contains(t, rows[1], whole, "all numbers stand in the first line, at %d", wide)
		}
		require.Contains(t, strings.Join(strings.Fields(text), " "), "4 000 000 wait at the end, the oldest one for 1m30s.")
	}
}
