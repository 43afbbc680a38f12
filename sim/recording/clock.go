package recording

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Clock is how the times of a file are written.
type Clock struct {
	// Unit is that of times as numbers.
	Unit vtime.Duration
	// Dates says that they are dates.
	Dates bool
	// Origin is the first time: nanoseconds since time 0 of the file, or since 1970.
	Origin int64

	zone  *time.Location // nil where the dates have none
	begun bool           // the first time was read
}

// ticks are the units that times as numbers may have.
var ticks = []struct {
	symbol string
	unit   vtime.Duration
}{
	{"s", vtime.Second}, {"ms", vtime.Millisecond}, {"us", vtime.Microsecond}, {"µs", vtime.Microsecond}, {"μs", vtime.Microsecond},
	{"ns", vtime.Nanosecond}, {"min", vtime.Minute}, {"h", vtime.Hour}, {"d", vtime.Day},
}

// tickOf returns the unit of time with a symbol.
func tickOf(symbol string) (vtime.Duration, bool) {
	for _, t := range ticks {
		if t.symbol == symbol {
			return t.unit, true
		}
	}
	return 0, false
}

// layouts are how dates may be written, those with a zone first. Fractions of a
// second are taken by any.
var layouts = [...]string{"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05"}

const zonedLayouts = 2

// read returns a time since the first one, or what is wrong with it.
func (c *Clock) read(text string) (at vtime.Time, cause, next string) {
	first := !c.begun
	ns, date, cause, next := c.absolute(text)
	switch {
	case cause != "":
		return 0, cause, next
	case first:
		c.begun, c.Dates, c.Origin = true, date, ns
	}
	at = vtime.Time(ns - c.Origin)
	if (ns >= c.Origin) != (at >= 0) || at == vtime.Never {
		return 0, "that is more than 292 years from the first time", ""
	}
	return at, "", ""
}

// absolute reads a time. Those of one file are all written alike.
func (c *Clock) absolute(text string) (ns int64, date bool, cause, next string) {
	const written = "write seconds such as 12.5, or dates such as 2015-12-28T10:00:00Z or 2015-12-28 10:00:00"
	if len(text) > 10 && text[4] == '-' && text[7] == '-' {
		ns, cause, next = c.date(text)
		return ns, true, cause, next
	}
	ns, ok := decimal(text, c.Unit)
	switch {
	case text == "":
		return 0, false, "the time is missing", "give each row a time"
	case !ok:
		return 0, false, fmt.Sprintf("%s is no time", source.Quote(text)), written
	case c.begun && c.Dates:
		return 0, false, fmt.Sprintf("%s is a number, but the times before are dates", source.Quote(text)), "write all of them alike"
	}
	return ns, false, "", ""
}

func (c *Clock) date(text string) (ns int64, cause, next string) {
	if c.begun && !c.Dates {
		return 0, fmt.Sprintf("%s is a date, but the times before are numbers", source.Quote(text)), "write all of them alike"
	}
	for k, layout := range layouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		zoned := k < zonedLayouts
		if c.begun && zoned != (c.zone != nil) {
			return 0, "of the dates some have a zone and some have none", "write all of them alike"
		}
		if t.Year() < 1678 || t.Year() > 2261 {
			return 0, fmt.Sprintf("the year %d cannot be told to the nanosecond", t.Year()), "write a year from 1678 to 2261"
		}
		if zoned && !c.begun {
			c.zone = t.Location()
		}
		return t.UnixNano(), "", ""
	}
	return 0, fmt.Sprintf("%s is no date", source.Quote(text)), "write 2015-12-28T10:00:00Z, 2015-12-28T10:00:00.5+01:00 or 2015-12-28 10:00:00"
}

// Seconds writes a time since the first one in seconds: those of the file, of dates
// those since the first.
func (c *Clock) Seconds(at vtime.Time) string {
	if c.Dates {
		return seconds(int64(at))
	}
	return seconds(c.Origin + int64(at))
}

// Written is a time for people: in seconds, and the date if there is one.
func (c *Clock) Written(at vtime.Time) string {
	text := c.Seconds(at) + " s"
	if !c.Dates {
		return text
	}
	t, layout := time.Unix(0, c.Origin+int64(at)).UTC(), "2006-01-02 15:04:05.999999999"
	if c.zone != nil {
		t, layout = t.In(c.zone), "2006-01-02T15:04:05.999999999Z07:00"
	}
	return text + " (" + t.Format(layout) + ")"
}

// reading returns a time in a unit: that of the file, or of dates since the first.
func (c *Clock) reading(at vtime.Time, unit vtime.Duration) float64 {
	if !c.Dates {
		at += vtime.Time(c.Origin)
	}
	return float64(at) / float64(unit)
}

// seconds writes nanoseconds as seconds, exactly.
func seconds(ns int64) string {
	sign, rest := "", uint64(ns)
	if ns < 0 {
		sign, rest = "-", -rest
	}
	text := fmt.Sprintf("%s%d.%09d", sign, rest/1e9, rest%1e9)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// decimal reads a decimal number of a unit of time in nanoseconds, rounded to the
// nearest; ok is false where it is none or too large.
func decimal(text string, unit vtime.Duration) (ns int64, ok bool) {
	const most = 18 // digits of which there are enough bits, and of a fraction
	digits, point, value := 0, -1, int64(0)
	rest := strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '.' && point < 0:
			point = digits
		case c < '0' || c > '9' || digits == most:
			return exact(text, unit)
		default:
			value = value*10 + int64(c-'0')
			digits++
		}
	}
	if digits == 0 {
		return 0, false
	}
	last := int64(unit) // of the last digit
	for k := digits; point >= 0 && k > point; k-- {
		if last%10 != 0 {
			return exact(text, unit)
		}
		last /= 10
	}
	if value > math.MaxInt64/last {
		return exact(text, unit)
	}
	if ns = value * last; strings.HasPrefix(text, "-") {
		ns = -ns
	}
	return ns, !strings.HasPrefix(text, "-+")
}

// exact is decimal for any number.
func exact(text string, unit vtime.Duration) (ns int64, ok bool) {
	const long = 400 // characters
	if !isDecimal(text) || len(text) > long {
		return 0, false
	}
	if i := strings.IndexAny(text, "eE"); i >= 0 && len(strings.TrimLeft(text[i+1:], "+-0")) > 2 {
		return 0, false // no sensible power of ten, but one that takes long
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return 0, false
	}
	r.Mul(r, new(big.Rat).SetInt64(int64(unit)))
	r.Mul(r, big.NewRat(2, 1))
	twice := new(big.Int)
	twice.Div(r.Num(), r.Denom()) // floor of twice the value
	twice.Add(twice, big.NewInt(1))
	twice.Rsh(twice, 1)
	return twice.Int64(), twice.IsInt64()
}

const numerals = "0123456789"

// isDecimal reports whether a text is a decimal number, such as -1.5e3.
func isDecimal(text string) bool {
	rest := strings.TrimLeft(text, "+-")
	if len(text)-len(rest) > 1 {
		return false
	}
	mantissa, exponent := rest, ""
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		mantissa, exponent = rest[:i], rest[i+1:]
		digits := strings.TrimLeft(exponent, "+-")
		if len(exponent)-len(digits) > 1 || digits == "" || strings.Trim(digits, numerals) != "" {
			return false
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	return whole+fraction != "" && strings.Trim(whole+fraction, numerals) == ""
}
