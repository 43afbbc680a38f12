package check

import "github.com/harmproof/harmproof/sim/vtime"

// Hours are a part of every day: from From on, until To comes, over midnight where To
// is the earlier one. All day, where they are the same.
type Hours struct{ From, To vtime.Duration }

// Has reports whether a time of the day is within; any multiple of a day may be on
// top of it.
func (h Hours) Has(t vtime.Duration) bool {
	if t %= vtime.Day; t < 0 {
		t += vtime.Day
	}
	if h.From <= h.To {
		return h.From == h.To || h.From <= t && t < h.To
	}
	return h.From <= t || t < h.To
}

func (h Hours) wrong() string {
	if h.From < 0 || h.To < 0 || h.From > vtime.Day || h.To > vtime.Day {
		return "a time of the day is from 0h to 24h"
	}
	return ""
}
