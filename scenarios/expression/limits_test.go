package expression

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/stretchr/testify/require"
)

type condition = signal.Condition

func TestLimits(t *testing.T) {
	for say, text := range map[string]string{
		"the expression has 6000000 bytes; 4096 is the limit": strings.Repeat("(", 6_000_000),
		"brackets are nested deeper than 64":                  strings.Repeat("(", 65) + "x" + strings.Repeat(")", 65) + " > 1",
		"more than 64 signs in a row":                         strings.Repeat("-", 65) + "x > 1",
		"the expression is too big":                           "x" + strings.Repeat("+x", 1500) + " > 1",
	} {
		_, mistakes := Condition(text, newWorld())
		require.Len(t, mistakes, 1, say)
		require.Equal(t, say, mistakes[0].Message)
	}
}

func TestJustBelowTheLimits(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 64) + "x" + strings.Repeat(")", 64) + " > 1",
		strings.Repeat("-", 64) + "x > 1",
		strings.Repeat("not ", 64) + "pump.on",
		"x" + strings.Repeat("+x", 900) + " > 1",
		"x" + strings.Repeat("^x", 900) + " > 1",
		"(" + strings.Repeat("pump.on?x:", 300) + "x) > 1",
		"x" + strings.Repeat("<x", 300),
	} {
		w := newWorld()
		c, mistakes := Condition(text, w)
		require.Empty(t, mistakes, text[:20])
		c.Margin(w.column, 0)
	}
}

// The middle of a chained comparison is evaluated twice, so nesting them would
// take 2^n steps.
func TestNestedChainsAreBounded(t *testing.T) {
	text := "x"
	for range 60 {
		text = "if(1<" + text + "<9,x,y)"
	}
	_, mistakes := Condition(text+" > 1", newWorld())
	require.Len(t, mistakes, 1)
	require.Equal(t, "the expression is too big", mistakes[0].Message)
}

func TestNestedListsAndRangesAreLinear(t *testing.T) {
	for _, form := range []string{"in [1,2,3,4]", "in 1..4"} {
		text := "x"
		for range 60 {
			text = "if(" + text + " " + form + ",x,y)"
		}
		w := newWorld()
		c, mistakes := Condition(text+" > 1", w)
		require.Empty(t, mistakes)
		c.Holds(w.column, 0)
		c.Margin(w.column, 0)
	}
}

func FuzzCondition(f *testing.F) {
	data, err := os.ReadFile("testdata/mistakes.txt")
	if err != nil {
		f.Fatal(err)
	}
	for block := range strings.SplitSeq(string(data), "\n\n") {
		text, _, _ := strings.Cut(block, "\n")
		f.Add(text)
	}
	for _, seed := range []string{
		"tower.level < 0.8 && pump.on", "1 < x < 5 or xor(pump.on, y > 2)", "all(drive.speed < 5) and count(drive.on) in 1..3",
		`abs(told(gauge.level, plc) - tower.level) < "20 mm"`, `rate(own.speed, "1 s") > "2 m/s2"`, "if(x in [1, 2.5], y, -x ^ 2) % 3 == 0",
		`valve.state not in ["open"] ? pump.on : plc.alarm`, "tower.temperature - gauge.ambient > 5", "\xff\xfe > 1", "x > 1\n  and y < 2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w := newWorld()
		length := utf8.RuneCountInString(text)
		check := func(mistakes []Error) {
			for _, e := range mistakes {
				if e.Message == "" || e.Offset < 0 || e.Width < 1 || e.Offset > length || length > 0 && len(text) <= maxBytes && e.Offset+e.Width > length+1 {
					t.Fatalf("%q: %+v", text, e)
				}
			}
		}
		c, mistakes := Condition(text, w)
		check(mistakes)
		if len(mistakes) == 0 {
			sane(t, text, c, w.column)
		}
		e, mistakes := Value(text, nil, w)
		check(mistakes)
		if len(mistakes) == 0 {
			e.Eval(w.column, 0)
		}
		for _, want := range []Want{{Unit: w.symbols["gauge.level"].Unit}, {Type: signal.Enum, Labels: valveStates}, {Type: signal.Int}} {
			_, mistakes = Value(text, &want, w)
			check(mistakes)
		}
	})
}
