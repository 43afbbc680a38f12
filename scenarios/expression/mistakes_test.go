package expression

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/unit"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// TestMistakes holds every message to testdata/mistakes.txt: an expression, the
// caret with the message, the fix. Run with -update and review the diff.
func TestMistakes(t *testing.T) {
	golden(t, "testdata/mistakes.txt", func(text string) []Error {
		_, mistakes := Condition(text, newWorld())
		return mistakes
	})
}

// TestTemporalMistakes does so for what invariants may hold.
func TestTemporalMistakes(t *testing.T) {
	golden(t, "testdata/temporal_mistakes.txt", func(text string) []Error {
		_, mistakes := Formula(text, newWorld())
		return mistakes
	})
}

func golden(t *testing.T, file string, compile func(text string) []Error) {
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var got strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		text, _, _ := strings.Cut(block, "\n")
		if strings.HasPrefix(text, "#") {
			got.WriteString(block + "\n\n")
			continue
		}
		mistakes := compile(text)
		if len(mistakes) == 0 {
			t.Errorf("no mistake in %s", text)
		}
		got.WriteString(text + "\n" + show(text, mistakes) + "\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got.String()), 0o644))
	}
	require.Equal(t, string(data), got.String())
}

func show(text string, mistakes []Error) string {
	var b strings.Builder
	for _, e := range mistakes {
		fmt.Fprintf(&b, "%s^%s %s\n", strings.Repeat(" ", e.Offset), strings.Repeat("~", e.Width-1), e.Message)
		if e.Fix != "" {
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat(" ", e.Offset), e.Fix)
		}
	}
	return b.String()
}

// TestEveryFixWorks pastes what is in `backticks` and in the place of the
// mistake, for those fixes that are a replacement.
func TestEveryFixWorks(t *testing.T) {
	for _, text := range []string{
		`tower.level > 20 mm`, `tower.level > 20mm`, `pump.flow * "60 s" > 3`, `tower.area * 2 > tower.area + 0 and sqrt(tower.area) > 1`,
		`max(tower.level, gauge.level, 3) > "2 m"`, `x = 3`, `x <> 2`, `x => 2`, `valve.state == open`, `pump.on + 1 > 2`, `x > 3 & y > 2`,
		`exp(tower.level) > 1`, `floor(gauge.level) > 1`, `delta(tower.level, 60) > 0.1`, `rate(gauge.level, "60 s") > 1`,
		`tower["level"] > 3`, `told(gauge.level, "plc") > 3`, `x > 1 AND y < 2`, `tower?.level > 2`, `x ≥ 3`, `tower.level.max() > 3`,
		`tower.temperature - coolant > 3`, `x > 99999999999999999999`, `valve.opening > 5 %`, `tower.level > 800 * "1"`, "not tower.level > 3", "pump.on == 1", "0 == pump.on", "tower.level > \"5\"", `time > "3m50s"`,
		`water-tower.level > 3 or brim > 0`, `gauge.level > 2 * x`,
	} {
		_, mistakes := Condition(text, newWorld())
		require.Len(t, mistakes, 1, text)
		fixed := repaired(t, text, mistakes[0])
		_, mistakes = Condition(fixed, newWorld())
		require.Empty(t, mistakes, "%s became %s", text, fixed)
	}
}

func TestWholeOperatorFixes(t *testing.T) {
	for text, fixed := range map[string]string{
		"not tower.level > 3":         "not (tower.level > 3)",
		"pump.on == 1":                "pump.on",
		"0 == pump.on":                "not pump.on",
		"gauge.level > 2 * x":         `number(gauge.level, "mm")`,
		"x == 1 or 2":                 "x in [1, 2]",
		"pump.on implies plc.alarm":   "implies(a, b)",
		"tower.level + 5 < time":      `number(tower.level + 5, "m")`,
		"tower.level > \"5\"":         `"5 m"`,
		"time > \"3m50s\"":            "230",
		"pump.flow > tower.level^3":   `pump.flow * "60 s"`,
		"drive.speed > 3":             "drive[0].speed",
		"drive.on":                    "any(drive.on)",
		"sqrt(tower.level) > \"1 m\"": `number(tower.level, "m")`,
	} {
		_, mistakes := Condition(text, newWorld())
		require.Len(t, mistakes, 1, text)
		require.Contains(t, mistakes[0].Fix, "`"+fixed+"`", text)
	}
}

func TestAllMistakesAtOnce(t *testing.T) {
	_, mistakes := Condition(`pump.flwo > 2 or tower.level > pump.flow and valve.state == "opne"`, newWorld())
	require.Len(t, mistakes, 3)
}

func TestNoCascades(t *testing.T) {
	for _, text := range []string{
		`pump.flwo > tower.level + 3`, `max(pump.flwo, 3) < pump.on`, `abs(foo.bar) + 3 > "2 m"`, `1 < pump.flwo < 3`,
		`rate(pump.flwo, "60 s") > 3`, `if(pump.flwo, 1, 2) > 2`, `not pump.flwo`, `pump.flwo in [1, 2]`,
	} {
		_, mistakes := Condition(text, newWorld())
		require.Len(t, mistakes, 1, text)
	}
}

func TestWants(t *testing.T) {
	mm := unit.Millimetre
	for _, test := range []struct {
		text string
		want *Want
		say  string
	}{
		{"pump.flow", &Want{Unit: mm}, "a length is wanted here, not a flow"},
		{"x", &Want{Unit: mm}, "a length is wanted here, not a pure number"},
		{"tower.level", &Want{}, "a pure number is wanted here, not a length: write `number(tower.level, \"m\")`"},
		{`"5"`, &Want{Unit: mm}, "a length is wanted here, not a pure number: write `\"5 mm\"`"},
		{"tower.level", &Want{Type: 1}, "a condition is wanted here, not a length: compare it: `tower.level > 0`"},
		{"pump.on", &Want{}, "a number is wanted here, not true or false: write `if(pump.on, 1, 0)`"},
		{"x / 2", &Want{Type: 2}, "a whole number is wanted here: write `round(x / 2)`"},
		{"x", &Want{Type: 3, Labels: valveStates}, `a state is wanted here, not a pure number: the states are "closed", "opening", "open"`},
		{"door.state", &Want{Type: 3, Labels: valveStates}, `a state of something else is wanted here: the states are "closed", "opening", "open"`},
		{`"shut"`, &Want{Type: 3, Labels: valveStates}, `there is no state "shut": the states are "closed", "opening", "open"`},
		{"x", &Want{Type: 4}, "a hash is wanted here, not a pure number"},
		{"1 / 0", &Want{}, "this has no finite value"},
		{"tower.temperature - gauge.ambient", &Want{Unit: unit.Celsius}, "a temperature is wanted here, not a difference of temperatures: add it to a temperature, such as `\"20 degC\"`"},
	} {
		_, mistakes := Value(test.text, test.want, newWorld())
		require.Len(t, mistakes, 1, test.text)
		require.Equal(t, test.say, mistakes[0].Error(), test.text)
	}
}

// A negative of an unknown name is not taken for a name with a hyphen.
func TestNegativeOfAnUnknownName(t *testing.T) {
	_, errs := Number("-wye * 2", nil, newWorld())
	require.Len(t, errs, 1)
	require.Equal(t, 1, errs[0].Offset)
	require.Equal(t, 3, errs[0].Width)
	require.NotContains(t, errs[0].Fix, "_wye")
	_, errs = Number("tower-wye * 2", nil, newWorld())
	require.Contains(t, errs[0].Fix, "`tower_wye`")
}
