package recording

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Times are read as decimals, not by way of floating point.
func TestDecimalTimes(t *testing.T) {
	for _, test := range []struct {
		text string
		unit vtime.Duration
		want int64
	}{
		{"0", vtime.Second, 0},
		{"0.1", vtime.Second, 100_000_000},
		{"1451296800.123456789", vtime.Second, 1451296800_123456789},
		{"-0.000000001", vtime.Second, -1},
		{"1.0000000005", vtime.Second, 1_000000001},
		{"1.0000000004999999999999999999999999999999", vtime.Second, 1_000000000},
		{"0.30000000000000004", vtime.Second, 300_000_000},
		{"1.5e-3", vtime.Second, 1_500_000},
		{"15E2", vtime.Millisecond, 1_500_000_000},
		{"+3.", vtime.Second, 3_000_000_000},
		{".5", vtime.Hour, int64(30 * vtime.Minute)},
		{"0.001", vtime.Minute, 60_000_000},
		{"9223372036.854775807", vtime.Second, math.MaxInt64},
		{"0.4", vtime.Nanosecond, 0},
		{"0.5", vtime.Nanosecond, 1},
	} {
		got, ok := decimal(test.text, test.unit)
		require.True(t, ok, test.text)
		require.Equal(t, test.want, got, test.text)
	}
	for _, text := range []string{
		"", ".", "-", "1e", "1e+", "x", "1 2", "1.2.3", "--1", "+-1", "-+1", "1e999999999", "9223372036.854775808", "0x1p3", "1_0", "NaN", "inf",
		"1e-999999999", strings.Repeat("9", 500),
	} {
		_, ok := decimal(text, vtime.Second)
		require.False(t, ok, text)
	}
}

// Any decimal number is the nearest nanosecond, computed with fractions.
func TestDecimalAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,12}(\.[0-9]{0,22})?(e-?[0-9]{1,2})?`).Draw(t, "text")
		unit := rapid.SampledFrom(ticks).Draw(t, "unit").unit
		want, ok := new(big.Rat).SetString(text)
		require.True(t, ok)
		want.Mul(want, new(big.Rat).SetInt64(int64(unit)))
		got, ok := decimal(text, unit)
		limit := new(big.Rat).SetInt64(math.MaxInt64 - 1)
		if new(big.Rat).Abs(want).Cmp(limit) > 0 {
			return // at the ends of the range
		}
		require.True(t, ok, text)
		off := want.Sub(want, new(big.Rat).SetInt64(got))
		require.LessOrEqual(t, off.Abs(off).Cmp(big.NewRat(1, 2)), 0, text)
	})
}

func TestSeconds(t *testing.T) {
	for want, ns := range map[string]int64{"0": 0, "-0.5": -5e8, "1.000000001": 1_000000001, "-9223372036.854775808": math.MinInt64} {
		require.Equal(t, want, seconds(ns))
	}
}

func TestDates(t *testing.T) {
	c := Clock{Unit: vtime.Second}
	for text, want := range map[string]vtime.Time{
		"2015-12-28T10:00:00Z": 0, "2015-12-28T11:00:00.25+01:00": 250_000_000, "2015-12-28 10:00:01Z": 1e9,
	} {
		if !c.begun {
			_, cause, _ := c.read("2015-12-28T10:00:00Z")
			require.Empty(t, cause)
		}
		at, cause, _ := c.read(text)
		require.Empty(t, cause)
		require.Equal(t, want, at, text)
	}
	require.Equal(t, "1.5 s (2015-12-28T10:00:01.5Z)", c.Written(1_500_000_000))
	for text, want := range map[string]string{
		"2015-12-28 10:00:00": "some have a zone and some have none", "3": "the times before are dates", "2015-13-28T10:00:00Z": "is no date",
		"1500-01-01T00:00:00Z": "the year 1500", "": "the time is missing", "2200-01-01T00:00:00Z": "",
	} {
		_, cause, _ := c.read(text)
		require.Contains(t, cause, want)
	}
	c = Clock{Unit: vtime.Second}
	_, cause, _ := c.read("2015-12-28 10:00:00.123")
	require.Empty(t, cause)
	require.Equal(t, "2 s (2015-12-28 10:00:02.123)", c.Written(2e9))
	c = Clock{Unit: vtime.Second}
	_, cause, _ = c.read("1")
	require.Empty(t, cause)
	_, cause, _ = c.read("2015-12-28 10:00:00")
	require.Contains(t, cause, "is a date")
	c = Clock{Unit: vtime.Second}
	_, cause, _ = c.read("-9000000000")
	require.Empty(t, cause)
	_, cause, _ = c.read("9000000000")
	require.Contains(t, cause, "292 years")
}

// rowsOf reads a text with fields of the columns that are named.
func rowsOf(text string, o Options, names ...string) (rows []string, m Mistakes, h *Header) {
	l := newLines(strings.NewReader(text))
	h, wrong := readHeader(&l)
	if wrong != nil {
		m.add(*wrong)
		return nil, m, nil
	}
	r := &reader{lines: l, Header: h, clock: Clock{Unit: h.Tick}, gap: o.MaxGap, linear: o.Linear}
	for _, n := range names {
		at, wrong := h.Find(n)
		if wrong != nil {
			r.add(*wrong)
			continue
		}
		r.fields = append(r.fields, Field{Column: at})
	}
	r.last.values = make([]float64, len(r.fields))
	fill := newFiller(r, func(x *row) { rows = append(rows, fmt.Sprintf("%d: %s %v", x.line, r.clock.Seconds(x.at), x.values)) })
	for {
		x, ok := r.next()
		if !ok || !fill.take(x) {
			break
		}
	}
	fill.finish()
	return rows, r.Mistakes, h
}

func TestRows(t *testing.T) {
	for name, test := range map[string]struct {
		text    string
		columns string
		linear  bool
		want    string
	}{
		"plain":      {"time,x,y\n0,1,2\n1.5,3,4\n", "y", false, "2: 0 [2]|3: 1.5 [4]"},
		"windows":    {"\ufefftime;x [m];y\r\n\r\n0;1,5;2\r\n1;-2.5;4", "x y", false, "3: 0 [1.5 2]|4: 1 [-2.5 4]"},
		"commas":     {"time;x\n0,5;1,5\n1,5e1;2\n", "x", false, "2: 0.5 [1.5]|3: 15 [2]"},
		"hyphens":    {"Unix-timestamp,x\n1,2\n", "x", false, "2: 1 [2]"},
		"dashes":     {"time-in-seconds,x\n1,2\n", "x", false, "2: 1 [2]"},
		"tabs":       {"t [ms]\t\"x y\"\n250\t 7 \n", "x y|", false, "2: 0.25 [7]"},
		"quotes":     {"time,\"a \"\"b\"\", c [m]\"\n0, \"5\" \n", "a \"b\", c|", false, "2: 0 [5]"},
		"truths":     {"time,on\n0,TRUE\n1,off\n2,Yes\n3,No\n", "on", false, "2: 0 [1]|3: 1 [0]|4: 2 [1]|5: 3 [0]"},
		"missing":    {"time,x,y\n0,,1\n1,NaN,\n2,3,NA\n3,null,2\n4,n/a,\n", "x y", false, "2: 0 [NaN 1]|3: 1 [NaN 1]|4: 2 [3 1]|5: 3 [3 2]|6: 4 [3 2]"},
		"lines":      {"time,x,on\n0,,true\n1,1,\n2,,false\n5,9,\n6,,true\n", "x on", true, "2: 0 [NaN 1]|3: 1 [1 1]|4: 2 [3 0]|5: 5 [9 0]|6: 6 [9 1]"},
		"many lines": {"time,x,y\n0,0,0\n1,,1\n2,2,\n3,,\n4,4,4\n", "x y", true, "2: 0 [0 0]|3: 1 [1 1]|4: 2 [2 2]|5: 3 [3 3]|6: 4 [4 4]"},
		"jump":       {"time,x\n0,0\n1,2\n1,\n1,5\n2,6\n", "x", true, "2: 0 [0]|3: 1 [2]|4: 1 [2]|5: 1 [5]|6: 2 [6]"},
		"infinite":   {"time,x\n0,inf\n1,-Infinity\n", "x", false, "2: 0 [+Inf]|3: 1 [-Inf]"},
		"members":    {"time,drive[3]\n0,1\n", "drive[3]", false, "2: 0 [1]"},
		"unused":     {"time,x,note\n0,1,pump on\n1,2,\"a, b\"\n", "x", false, "2: 0 [1]|3: 1 [2]"},
		"minutes":    {"Time (min),x\n0.5,1\n", "x", false, "2: 30 [1]"},
	} {
		columns := strings.Fields(test.columns)
		if one, ok := strings.CutSuffix(test.columns, "|"); ok {
			columns = []string{one}
		}
		rows, m, _ := rowsOf(test.text, Options{Linear: test.linear}, columns...)
		assert.Empty(t, m.List, name)
		assert.Equal(t, test.want, strings.Join(rows, "|"), name)
	}
}

func TestMistakesInRows(t *testing.T) {
	for text, want := range map[string]string{
		"":                                           "line 1: the file is empty",
		"0,5;1\n1,5;2\n":                             "line 1: there is no header",
		"time;x\n1,5,5;2\n":                          `line 2: column time: "1,5,5" is no time`,
		"0,1\n1,2\n":                                 "line 1: there is no header",
		"2015-12-28T10:00:00Z,1\n":                   "line 1: there is no header",
		"time [m],x\n0,1\n":                          `line 1: column time: "m" is no unit of time; the first column is the time, in s, ms, us, ns, min, h or d`,
		"time,x\n0,1\n2,2\n1,3\n":                    `line 4: column time: the time goes back to "1" from "2" in line 3; sort the rows by time`,
		"time,x\n0,1\n100,2\n":                       `line 3: column time: nothing was recorded for 100 s: from "0" in line 2 to "100"; the longest gap that is allowed is 10 s`,
		"time,x\n0,1\n1,wet\n":                       `line 3: column x: "wet" is no number; a value that is missing is empty, NaN, NA or null`,
		"time,x\n0,1\n1,2,3\n":                       "line 3: this row has 3 fields, the header 2",
		"time,x\n0,1\n1\n":                           "line 3: this row has 1 field, the header 2",
		"time,x\n0,true\n1,1\n":                      `line 3: column x: "1" is a number, but the values before are true or false`,
		"time,x\n0,0\n1,on\n":                        `line 3: column x: "on" is true or false, but the values before are numbers`,
		"time,x\n0,1\nsoon,1\n":                      `line 3: column time: "soon" is no time; write seconds`,
		"time,x\n0,1\n,1\n":                          "line 3: column time: the time is missing",
		"time\tx\n0\t1,5\n":                          `line 2: column x: "1,5" is no number; write a decimal point`,
		"time,x\n0,\"1\n":                            "line 2: a quote is never closed in its line",
		"time,x\n0,\"1\"2\n":                         `line 2: after a quoted field comes "2", no separator`,
		"time,x,x\n0,1,2\n":                          "line 1: column x: two columns have this name",
		"time,lvl\n0,1\n":                            `line 1: there is no column "x"; there are lvl`,
		"time\n0\n":                                  `line 1: there is no column "x"; there is none but the time`,
		"time,x\n0,0x10\n":                           `"0x10" is no number`,
		"time,x\n0,1e999\n":                          `"1e999" is no number`,
		"time,\xffx\n0,1\n":                          "line 1: the header is not text in UTF-8",
		"time,x\n0," + strings.Repeat("1", MaxLine):  "line 2: the line is longer than 1048576 bytes",
		"t" + strings.Repeat(",", MaxColumns) + "\n": "line 1: there are more than 10000 columns",
	} {
		_, m, _ := rowsOf(text, Options{MaxGap: 10 * vtime.Second}, "x")
		short := text[:min(len(text), 60)]
		if assert.NotEmpty(t, m.List, short) {
			assert.Contains(t, m.List[0].Error(), want, short)
		}
	}
	_, m, _ := rowsOf("time,x\n0,1\n1,inf\n", Options{Linear: true}, "x")
	require.Contains(t, m.List[0].Error(), "line 3: column x: no straight line leads to an infinite value")
	_, m, _ = rowsOf("time,x\n"+strings.Repeat("0,oops\n", 50), Options{}, "x")
	require.Len(t, m.List, MaxMistakes)
	require.Equal(t, 50, m.Count)
}

// What waits for the end of a line is bounded.
func TestALineThatIsTooLong(t *testing.T) {
	const most = 100
	text := "time,x,y\n0,1,1\n" + strings.Repeat("0,,1\n", most) + "1,2,2\n"
	for _, linear := range []bool{true, false} {
		l := newLines(strings.NewReader(text))
		h, wrong := readHeader(&l)
		require.Nil(t, wrong)
		r := &reader{lines: l, Header: h, clock: Clock{Unit: h.Tick}, linear: linear, fields: []Field{{Column: 1}, {Column: 2}}}
		r.last.values = make([]float64, 2)
		waited := 0
		fill := newFiller(r, func(*row) {})
		fill.most = most
		for x, ok := r.next(); ok && fill.take(x); x, ok = r.next() {
			waited = max(waited, len(fill.waiting))
		}
		if !linear {
			require.Zero(t, waited)
			require.Empty(t, r.List)
			continue
		}
		require.Equal(t, most/2, waited)
		require.Len(t, r.List, 1)
		require.Contains(t, r.List[0].Error(), "column x: it has had no value since line 2")
	}
}

// However values are left out of a straight line, it is the same line.
func TestLeftOutOfALine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 20).Draw(t, "rows")
		left := rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "left out")
		var all, some strings.Builder
		for i := range n {
			fmt.Fprintf(&all, "%d,%d,1\n", i, 4*i)
			value := fmt.Sprint(4 * i)
			if left[i] && i > 0 && i < n-1 {
				value = ""
			}
			fmt.Fprintf(&some, "%d,%s,1\n", i, value)
		}
		want, m, _ := rowsOf("time,x,y\n"+all.String(), Options{Linear: true}, "x", "y")
		require.Empty(t, m.List)
		got, m, _ := rowsOf("time,x,y\n"+some.String(), Options{Linear: true}, "x", "y")
		require.Empty(t, m.List)
		require.Equal(t, want, got)
	})
}

// No file makes the reader panic, or read without an end.
func FuzzFollow(f *testing.F) {
	for _, text := range []string{
		"time,x\n0,1\n1,2\n", "time [ms];x [m]\n0;1,5\n", "t\tx\n2015-12-28T10:00:00Z\ttrue\n", "time,x\n0,\"1\"\n", "time,x\n0,inf\n", "time,x\n5,\n6,1\n9,3\n9,4\n",
	} {
		f.Add([]byte(text), true)
		f.Add([]byte(text), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, linear bool) {
		if len(text) > 1<<12 {
			return
		}
		rep := Follow(context.Background(), strings.NewReader(string(text)), Options{Linear: linear, Trace: true}, func(s *Sheet) {
			s.Formula("f1", "always (x > 1 -> eventually[0,2] x*x < 2)")
		})
		require.True(t, rep.Count > 0 || len(rep.Results) == 1)
	})
}
