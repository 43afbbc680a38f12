package pcap

import (
	"math"
	"strconv"
)

// whole returns the integer nearest to v that 32 bits hold, 0 for what is no number.
func whole(v float64) int32 {
	if v != v {
		return 0
	}
	return int32(math.Round(min(max(v, math.MinInt32), math.MaxInt32)))
}

// text appends a value as people write it.
func (k Kind) text(b []byte, v float64) []byte {
	switch k {
	case Bool:
		return strconv.AppendBool(b, v != 0)
	case Integer:
		return strconv.AppendInt(b, int64(whole(v)), 10)
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}

// cut returns the beginning of a text, at most so many bytes.
func cut(text string, most int) string { return text[:min(len(text), most)] }
