package sim

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/vtime"
)

func TestPace(t *testing.T) {
	for want, every := range map[string]vtime.Duration{
		"1 message a second": vtime.Second, "3 messages a second": vtime.Second / 3, "7 messages a second": vtime.Second / 7,
		"3 messages a minute": 20 * vtime.Second, "1 message an hour": vtime.Hour, "2 messages a day": 12 * vtime.Hour,
		"40 messages a minute": 1500 * vtime.Millisecond, "one message every 7s": 7 * vtime.Second,
		"one message every 48h0m0s": 2 * vtime.Day,
	} {
		assert.Equal(t, want, pace(every))
	}
}
