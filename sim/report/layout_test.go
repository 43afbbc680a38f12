package report

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

func TestScale(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		unit   unit.Unit
		want   string
	}{
		{"levels", []float64{0.8, 0.8021, 1.1, 1.2}, unit.Millimetre, "800.0 802.1 1100.0 1200.0 mm"},
		{"whole", []float64{0.8, 0.802, 1.198}, unit.Millimetre, "800 802 1198 mm"},
		{"constant", []float64{1.23456789, 1.23456789}, unit.Metre, "1.235 1.235 m"},
		{"close", []float64{350, 350.0004}, unit.Kelvin, "350.0000 350.0004 K"},
		{"zero", []float64{0, 0}, unit.Metre, "0 0 m"},
		{"no minus zero", []float64{-1e-9, 2}, unit.Metre, "0 2 m"},
		{"small", []float64{2e-5, 4e-5}, unit.CubicMetre, "20 40 mL"},
		{"tiny", []float64{2e-12, 4e-12}, unit.One, "2.000e-12 4.000e-12"},
		{"huge", []float64{0, 4e12}, unit.One, "0 4.000e+12"},
		{"gaps", []float64{math.NaN(), math.Inf(1), 1}, unit.Metre, "- - 1 m"},
		{"nothing", []float64{math.NaN()}, unit.Metre, "- m"},
		{"percent", []float64{0.125, 0.5}, unit.Percent, "12.5 50.0%"},
		{"celsius", []float64{293.15, 310.65}, unit.Celsius, "20.0 37.5 degC"},
	} {
		s := scaleOf(c.values, c.unit)
		var words []string
		for _, v := range c.values {
			words = append(words, s.text(v))
		}
		assert.Equal(t, c.want, strings.Join(words, " ")+suffix(s.unit), c.name)
	}
}

func TestFigures(t *testing.T) {
	assert.Equal(t, "1.2 m", figure(1.2, unit.Metre))
	assert.Equal(t, "1100 mm", figure(1.1, unit.Millimetre))
	assert.Equal(t, "12.5%", figure(0.125, unit.Percent))
	assert.Equal(t, "0 m", figure(0, unit.Metre))
	assert.Equal(t, "+inf", figure(math.Inf(1), unit.Metre))
	assert.Equal(t, "-100 mm", margin(-0.1, unit.Millimetre))
	assert.Equal(t, "+400 mm", margin(0.4, unit.Millimetre))
	assert.Equal(t, "+5.00 K", margin(5, unit.Celsius))
	assert.Equal(t, "0 mm", margin(1e-15, unit.Millimetre))
	assert.Equal(t, "+1.00 mPa", margin(0.9999999e-3, unit.Kilopascal))
	assert.Equal(t, "+999 uPa", margin(0.999e-3, unit.Kilopascal))
	assert.Equal(t, "-", margin(math.Inf(-1), unit.Millimetre))
	assert.Equal(t, "open", word(1, signal.Enum, []string{"closed", "open"}))
	assert.Equal(t, "7", word(7, signal.Enum, nil))
	assert.Equal(t, "ff", word(255, signal.Hash, nil))
	assert.Equal(t, "-3", word(-3, signal.Int, nil))
}

func TestSpan(t *testing.T) {
	for want, d := range map[string]vtime.Duration{
		"20m": 20 * vtime.Minute, "3m50s": 230 * vtime.Second, "200ms": 200 * vtime.Millisecond, "0s": 0, "1d": vtime.Day,
		"1d2h": 26 * vtime.Hour, "1h": vtime.Hour, "1h0m1s": vtime.Hour + vtime.Second, "15m39s": 939 * vtime.Second,
		"1.235s": 1234567 * vtime.Microsecond, "1.5ms": 1500 * vtime.Microsecond,
	} {
		assert.Equal(t, want, span(d))
		if back, err := vtime.ParseDuration(want); assert.NoError(t, err, want) && d < vtime.Second {
			assert.Equal(t, d, back)
		}
	}
}

func TestWrap(t *testing.T) {
	assert.Equal(t, []string{"a bc", "def", "1.2 m"}, wrap("a  bc def 1.2 m", 5, 6))
	assert.Equal(t, []string{"there", "(1 804 left)"}, wrap("there (1 804 left)", 10, 10))
	assert.Equal(t, []string{""}, wrap("", 5, 5))
	assert.Equal(t, []string{"abcdefgh", "i"}, wrap("abcdefgh i", 3, 3))
}

func TestTitles(t *testing.T) {
	for title, want := range map[string]string{
		"tower.level": "tower|level", "drive[3].speed": "drive[3]|speed", "T101 true": "T101 true",
		"told(gauge.level, plc)": "gauge.level|told plc", "told(gauge.level)": "gauge.level|told",
		"level of the tower": "level of|the tower", "max(drive.speed)-min(drive.speed)": "max(drive.speed)-min(drive.speed)",
	} {
		assert.Equal(t, want, strings.Join(titleLines(title, 9), "|"))
	}
}

// Where not all fits, what was done to the plant is shown before how it was reached.
func TestCollapseKeepsWhatWasDone(t *testing.T) {
	list := []row{{text: "start"}}
	for range most {
		list = append(list, row{text: "scan", key: "scan", rank: ways})
	}
	list = append(list, row{text: "write", rank: steppings}, row{text: "end"})
	var shown []string
	for _, r := range collapse(list, 0) {
		shown = append(shown, r.text)
	}
	assert.Contains(t, shown, "write")
	assert.Equal(t, "end", shown[len(shown)-1])
	assert.Less(t, len(shown), most)
}

// TestClean: a scenario file is untrusted, and a terminal acts on escapes.
func TestClean(t *testing.T) {
	assert.Equal(t, `a\x1b[31mb c\u202e`, clean("a\x1b[31mb\tc\u202e"))
	assert.Equal(t, "größer\nals", clean("größer\nals"))
	assert.Equal(t, `'a b'`, shell("a b"))
	assert.Equal(t, `'it'\''s'`, shell("it's"))
	assert.Equal(t, "swat/attack-01", shell("swat/attack-01"))
}
