package recording

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// followed follows formulas through a text.
func followed(t require.TestingT, text string, o Options, formulas ...string) []Result {
	rep := Follow(context.Background(), strings.NewReader(text), o, func(s *Sheet) {
		for i, f := range formulas {
			s.Formula(fmt.Sprintf("f%d", i+1), f)
		}
	})
	require.Empty(t, rep.List, "%s\n%v", text, formulas)
	require.Len(t, rep.Results, len(formulas))
	return rep.Results
}

// A number may be infinite.
type number float64

// UnmarshalJSON implements json.Unmarshaler.
func (n *number) UnmarshalJSON(text []byte) error {
	x, err := strconv.ParseFloat(strings.Trim(string(text), `"`), 64)
	*n = number(x)
	return err
}

// A known is a known answer.
type known struct {
	Name     string
	Formula  string
	Signals  map[string][][2]number
	Expected [][2]number
	AtStart  *number `json:"at_start"`
}

func knownAnswers(t *testing.T) (answers struct{ Dense, Linear []known }) {
	text, err := os.ReadFile("../monitor/stl/testdata/cases.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &answers))
	return answers
}

// csv writes the signals as a file: a row for each time at which one has a value.
func (k *known) csv() string {
	var names []string
	var times []float64
	for name, list := range k.Signals {
		names = append(names, name)
		for _, v := range list {
			times = append(times, float64(v[0]))
		}
	}
	sort.Strings(names)
	slices.Sort(times)
	var b strings.Builder
	b.WriteString("time," + strings.Join(names, ",") + "\n")
	for _, at := range slices.Compact(times) {
		fmt.Fprint(&b, at)
		for _, name := range names {
			value := ""
			for _, v := range k.Signals[name] {
				if float64(v[0]) == at {
					value = fmt.Sprint(float64(v[1]))
				}
			}
			b.WriteString("," + value)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestKnownAnswersHeld: what RTAMT says of signals that are held, at all times.
func TestKnownAnswersHeld(t *testing.T) {
	answers := knownAnswers(t).Dense
	require.Len(t, answers, 164)
	compared := 0
	for _, k := range answers {
		text := k.csv()
		if strings.Count(text, "\n") == 1 {
			continue // no signal has a value
		}
		r := followed(t, text, Options{Trace: true}, k.Formula)[0]
		if len(k.Expected) == 0 {
			assert.Equal(t, vtime.Never, r.Began, k.Name)
			continue
		}
		rep := Follow(context.Background(), strings.NewReader(text), Options{}, func(*Sheet) {})
		var got [][2]float64
		for _, v := range r.Trace {
			at, err := strconv.ParseFloat(rep.Clock.Seconds(v.At), 64)
			require.NoError(t, err)
			got = append(got, [2]float64{at, v.Value})
		}
		if assert.NotEmpty(t, got, k.Name) {
			compared++
			sameSteps(t, &k, got)
			assert.Equal(t, got[0][1], r.Held, k.Name)
		}
	}
	require.Greater(t, compared, 130)
}

// sameSteps compares a trace with what is expected from its beginning on, as
// functions.
func sameSteps(t *testing.T, k *known, got [][2]float64) {
	at := func(list [][2]float64, t float64) float64 {
		i := sort.Search(len(list), func(i int) bool { return list[i][0] > t })
		return list[max(0, i-1)][1]
	}
	var want [][2]float64
	for _, v := range k.Expected {
		want = append(want, [2]float64{float64(v[0]), float64(v[1])})
	}
	for _, list := range [][][2]float64{got, want} {
		for _, v := range list {
			if v[0] < got[0][0] {
				continue
			}
			x, y := at(got, v[0]), at(want, v[0])
			if x != y && !(math.Abs(x-y) <= 1e-14*max(1, math.Abs(y))) {
				t.Errorf("%s: %s is %v at %v, not %v: %v", k.Name, k.Formula, x, v[0], y, got)
			}
		}
	}
}

// TestKnownAnswersLinear: what Breach says of straight lines, at the start, in six digits.
func TestKnownAnswersLinear(t *testing.T) {
	const digits = 5.1e-6
	answers := knownAnswers(t).Linear
	require.Len(t, answers, 100)
	for _, k := range answers {
		r := followed(t, k.csv(), Options{Linear: true, Trace: true}, k.Formula)[0]
		want := float64(*k.AtStart)
		assert.InDelta(t, want, r.Held, digits, "%s: %s", k.Name, k.Formula)
		assert.InDelta(t, want, r.Trace[0].Value, digits, "%s: %s", k.Name, k.Formula)
		if want > digits {
			assert.NotEqual(t, monitor.Violated, r.Verdict, "%s: %s", k.Name, k.Formula)
		}
		if want < -digits {
			assert.NotEqual(t, monitor.Holds, r.Verdict, "%s: %s", k.Name, k.Formula)
		}
	}
}

// mixed are formulas of all sorts.
var mixed = []string{
	"always (x < 7)", "not eventually (x > 8 and y < 2)", "always (x > 5 -> eventually[0,3] y > 5)", "x < 8 until[0,6] y > 6", "always[0,4] once[0,2] y < 6",
	"always (rise(x > 5) -> historically[1,2] y < 8)", "eventually (x == y)", "always (y < 5 since[0,3] x < 6)", "abs(x - y) < 6 or x * y > 20",
}

// data draws rows of two columns.
func data(t *rapid.T) (rows []string) {
	at := 0
	for range rapid.IntRange(1, 12).Draw(t, "rows") {
		x, y := rapid.IntRange(0, 9).Draw(t, "x"), rapid.IntRange(0, 9).Draw(t, "y")
		rows = append(rows, fmt.Sprintf("%d.%d,%d,%d", at/4, at%4*25, x, y))
		at += rapid.IntRange(1, 12).Draw(t, "pause")
	}
	return rows
}

// file is rows with a header.
func file(rows []string) string { return "time,x,y\n" + strings.Join(rows, "\n") + "\n" }

// outcome is what people are told.
func outcome(r *Result) string {
	return fmt.Sprint(r.Verdict, r.Margin, r.Low, r.High, r.Held, r.At, r.Closest, r.Violations, r.Count, r.Missing, r.Trace)
}

// Rows that repeat what is known change nothing: later ones where values are held,
// others of the same time in any case.
func TestRepeatedRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, linear := data(t), rapid.Bool().Draw(t, "linear")
		more := slices.Clone(rows)
		for range rapid.IntRange(1, 5).Draw(t, "more") {
			k := rapid.IntRange(0, len(more)-1).Draw(t, "after")
			again := more[k]
			if !linear && k+1 < len(more) && rapid.Bool().Draw(t, "later") {
				at, values, _ := strings.Cut(more[k], ",")
				next, _, _ := strings.Cut(more[k+1], ",")
				a, _ := strconv.ParseFloat(at, 64)
				b, _ := strconv.ParseFloat(next, 64)
				again = fmt.Sprint((a+b)/2) + "," + values
			}
			more = slices.Insert(more, k+1, again)
		}
		o := Options{Linear: linear, Trace: true}
		want, got := followed(t, file(rows), o, mixed...), followed(t, file(more), o, mixed...)
		for i := range mixed {
			require.Equal(t, outcome(&want[i]), outcome(&got[i]), "%s\n%s", mixed[i], file(more))
		}
	})
}

// It does not matter in which pieces a file comes.
func TestPieces(t *testing.T) {
	var text strings.Builder
	text.WriteString("time,x,y\r\n")
	for i := range 700 {
		fmt.Fprintf(&text, "%d,%d,\"%d\"\r\n", i, i*i%11, i%7)
	}
	follow := func(in io.Reader) (list []string) {
		rep := Follow(context.Background(), in, Options{Linear: true, Trace: true}, func(s *Sheet) {
			for _, f := range mixed {
				s.Formula(f, f)
			}
		})
		require.Empty(t, rep.List)
		for i := range rep.Results {
			list = append(list, outcome(&rep.Results[i]))
		}
		return list
	}
	want := follow(strings.NewReader(text.String()))
	require.Len(t, want, len(mixed))
	require.Equal(t, want, follow(iotest.OneByteReader(strings.NewReader(text.String()))))
	require.Equal(t, want, follow(iotest.DataErrReader(strings.NewReader(text.String()))))
}

// Along straight lines a file says the same as one that holds values of the same lines,
// taken so often that it does not matter.
func TestLinearIsHeldFinely(t *testing.T) {
	const step = 0.01
	rapid.Check(t, func(t *rapid.T) {
		rows := data(t)
		var fine []string
		for i, line := range rows {
			var a, b [3]float64
			for k, text := range strings.Split(line, ",") {
				a[k], _ = strconv.ParseFloat(text, 64)
			}
			fine = append(fine, line)
			if i+1 == len(rows) {
				break
			}
			for k, text := range strings.Split(rows[i+1], ",") {
				b[k], _ = strconv.ParseFloat(text, 64)
			}
			for n := 1; float64(n)*step < b[0]-a[0]-step/2; n++ {
				w := float64(n) * step / (b[0] - a[0])
				fine = append(fine, fmt.Sprintf("%.2f,%v,%v", a[0]+float64(n)*step, a[1]+w*(b[1]-a[1]), a[2]+w*(b[2]-a[2])))
			}
		}
		linear, held := followed(t, file(rows), Options{Linear: true}, mixed...), followed(t, file(fine), Options{}, mixed...)
		for i, f := range mixed {
			if f == "eventually (x == y)" {
				continue
			}
			x, y := &linear[i], &held[i]
			// Values move by at most 36 a second, margins of products by 18 times that.
			const most = 36 * 18 * 3 * step
			if !math.IsInf(x.Held, 0) {
				require.InDelta(t, x.Held, y.Held, most, "%s\n%s", f, file(rows))
			}
			if x.Low > most {
				require.NotEqual(t, monitor.Violated, y.Verdict, "%s\n%s", f, file(rows))
			}
			if x.High < -most {
				require.Equal(t, x.Verdict, y.Verdict, "%s\n%s", f, file(rows))
			}
		}
	})
}

// A condition that is linear changes at the first nanosecond at which it is another.
func TestCrossingsAreExact(t *testing.T) {
	for _, test := range []struct {
		rows, formula string
		at            vtime.Time
	}{
		{"0,0,0\n3,9,0\n", "always (x < 1)", 333_333_334}, // 1 is reached between 333333333 and 333333334
		{"0,0,0\n3,9,0\n", "always (x <= 3)", 1_000_000_001},
		{"0,0,0\n3,9,0\n", "always (x < 3)", 1_000_000_000},
		{"0,0,9\n9,9,0\n", "always (x - y < 0)", 4_500_000_000},
		{"0,0,0\n1,1,0\n1,5,0\n2,5,0\n", "always (x < 2)", 1_000_000_000}, // a jump
		{"0,5,0\n1,4,0\n1,9,0\n2,0,0\n", "always (x > 3)", 1_666_666_667},
		{"10,0,0\n20,10,0\n", "always (abs(x - 5) > 1)", 4_000_000_000},
		{"0,0,0\n2,4,4\n", "always (x * y < 1)", 500_000_000},
		{"0,0,0\n8,8,0\n", "always (min(x, 6 - x) < 2)", 2_000_000_000},
		{"0,0,0\n8,8,0\n", "always (floor(x) < 5)", 5_000_000_000},
		{"0,0,0\n8,8,0\n", "always (time < 2.5)", 2_500_000_000},
	} {
		r := followed(t, "time,x,y\n"+test.rows, Options{Linear: true}, test.formula)[0]
		require.Equal(t, monitor.Violated, r.Verdict, test.formula)
		require.Equal(t, test.at, r.At, test.formula)
	}
	r := followed(t, "time,x\n0,1\n100,1\n", Options{}, "always (time < 2.5)")[0]
	require.Equal(t, vtime.Time(2_500_000_000), r.At, "the time goes on where values are held")
}

// The margin of what is not linear, its extremes between rows included, against samples
// of it.
func TestBends(t *testing.T) {
	conditions := map[string]func(x, y float64) float64{
		"x * y < 20":              func(x, y float64) float64 { return 20 - x*y },
		"abs(x - y) > 0.5":        func(x, y float64) float64 { return math.Abs(x-y) - 0.5 },
		"max(x, 9 - y, 4) < 8":    func(x, y float64) float64 { return 8 - max(x, 9-y, 4) },
		"sqrt(x) + sin(y) > 1":    func(x, y float64) float64 { return math.Sqrt(x) + math.Sin(y) - 1 },
		"pow(x - 4, 2) > 1 - y/4": func(x, y float64) float64 { return (x-4)*(x-4) - (1 - y/4) },
	}
	for text, margin := range conditions {
		rapid.Check(t, func(t *rapid.T) {
			x, y := rapid.IntRange(0, 9), rapid.IntRange(0, 9)
			a, b, c, d := float64(x.Draw(t, "x")), float64(x.Draw(t, "to")), float64(y.Draw(t, "y")), float64(y.Draw(t, "to"))
			r := followed(t, fmt.Sprintf("time,x,y\n0,%v,%v\n1,%v,%v\n", a, c, b, d), Options{Linear: true, Trace: true}, text, "always ("+text+")")
			const n = 4000
			least, off := math.Inf(1), 0.0
			for k := range n + 1 {
				w := float64(k) / n
				m := margin(a+w*(b-a), c+w*(d-c))
				least = min(least, m)
				off = max(off, math.Abs(m-traced(r[0].Trace, vtime.Time(math.Round(w*1e9)))))
			}
			span := 100.0
			require.LessOrEqual(t, off, 1e-6*span)
			require.LessOrEqual(t, r[1].Held, least+1e-6*span)
			require.GreaterOrEqual(t, r[1].Held, least-20/float64(n)-1e-6*span)
		})
	}
}

// traced is the value of a trace of lines.
func traced(list []Vertex, at vtime.Time) float64 {
	i := max(1, sort.Search(len(list), func(i int) bool { return list[i].At > at }))
	if i == len(list) {
		return list[i-1].Value
	}
	a, b := list[i-1], list[i]
	return between(a.Value, b.Value, at.Sub(a.At), b.At.Sub(a.At))
}

func TestTruthsHaveNoMargin(t *testing.T) {
	r := followed(t, "time,up,x\n0,off,1\n1,on,1\n2,on,3\n", Options{Linear: true}, "always (up -> x < 2)", "always (not up or x < 9)", "always (up or x < 2)")
	require.Equal(t, monitor.Violated, r[0].Verdict)
	require.Equal(t, -1.0, r[0].Margin)
	require.Equal(t, vtime.Time(1_500_000_000), r[0].At)
	require.Equal(t, 6.0, r[1].Margin)
	require.Equal(t, monitor.Holds, r[2].Verdict)
	require.Equal(t, 1.0, r[2].Margin)
}

// A formula begins where all that it reads has a value, and no sooner.
func TestBegins(t *testing.T) {
	r := followed(t, "time,x,y,z\n5,1,,\n6,,2,\n7,9,3,\n", Options{}, "always (x < 5)", "always (x + y < 5)", "always (x + z < 5)", "historically (y > 2)")
	require.Equal(t, []vtime.Time{0, 1e9, vtime.Never, 1e9}, []vtime.Time{r[0].Began, r[1].Began, r[2].Began, r[3].Began})
	require.Equal(t, vtime.Time(2e9), r[0].At)
	require.Equal(t, vtime.Time(2e9), r[1].At)
	require.Equal(t, monitor.Undecided, r[2].Verdict)
	require.Equal(t, "in no row do all of its columns have a value", r[2].Missing)
}

// The bounds of a formula are in the unit of the time.
func TestUnitOfBounds(t *testing.T) {
	for _, head := range []string{"time [ms]", "t (ms)"} {
		r := followed(t, head+",x\n0,1\n100,9\n150,1\n", Options{Trace: true}, "eventually[0,99] x > 5", "eventually[0,100] x > 5", "eventually[0,100ms] x > 5")
		require.Equal(t, monitor.Violated, r[0].Verdict)
		require.Equal(t, monitor.Holds, r[1].Verdict)
		require.Equal(t, monitor.Holds, r[2].Verdict)
	}
}
