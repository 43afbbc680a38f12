package expression

import (
	"math"
	"testing"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/stretchr/testify/require"
)

var numberTests = []struct {
	text  string
	value float64 // SI
	unit  string  // in which it prints
}{
	// Bare numbers take the unit of the signal beside them, and only of it.
	{"gauge.level + 100", 1.3, "mm"},
	{"100 + gauge.level", 1.3, "mm"},
	{"gauge.level - 100 * 2", 1, "mm"},
	{"-200 + gauge.level", 1, "mm"},
	{"max(gauge.level, 1500)", 1.5, "mm"},
	{"clamp(gauge.level, 100, 900)", 0.9, "mm"},
	{"if(pump.on, gauge.level, 5)", 1.2, "mm"},
	{"pump.on ? 5 : gauge.level", 0.005, "mm"},
	{"gauge.level + 10 * sin(0)", 1.2, "mm"},
	{"gauge.level + (5 + time / 9)", 1.215, "mm"},
	{"valve.opening + 5", 0.8, "%"}, {"2 * valve.opening", 1.5, "%"}, {"2 * valve.opening + 10", 1.6, "%"},
	{"2 * gauge.level + 100", 2.5, "mm"},
	{"gauge.level % 500", 0.2, "mm"},
	{"hypot(tower.level, 1.5)", 2.5, "m"},

	// Quantities.
	{`"20 mm"`, 0.02, "mm"},
	{`"0.1 1/s"`, 0.1, "1/s"},
	{`"1m30s"`, 90, "s"},
	{`gauge.level + "1 m"`, 2.2, "mm"},
	{"brim", 1.6, "m"},
	{"4 m", 4, "m"},
	{" 2.5 L/s ", 0.0025, "L/s"},

	// Dimensions.
	{"tower.level * tower.area", 6, "m3"},
	{`pump.flow / tower.area`, 0.05 / 3, "m/s"},
	{`tower.level * tower.area / pump.flow`, 120, "s"},
	{"tower.level / tower.height", 0.5, ""},
	{"sqrt(tower.area)", math.Sqrt(3), "m"},
	{"cbrt(tower.area * tower.level)", math.Cbrt(6), "m"},
	{"tower.level ^ 3", 8, "m3"},
	{"tower.area ^ 0.5", math.Sqrt(3), "m"},
	{"tower.level ^ -1", 0.5, "1/m"},
	{"abs(tower.level - tower.height)", 2, "m"},
	{"sign(tower.level - tower.height)", -1, ""},
	{`number(gauge.level, "mm")`, 1200, ""},
	{`number(gauge.level, "m")`, 1.2, ""},
	{`floor(number(gauge.level, "m"))`, 1, ""},
	{"gauge.level * valve.opening", 1.2 * 0.75, "mm"},

	// Temperatures.
	{"tower.temperature", 293.15, "degC"},
	{"tower.temperature + 5", 298.15, "degC"},
	{`tower.temperature - "5 K"`, 288.15, "degC"},
	{"tower.temperature - gauge.ambient", -5, "K"},
	{`tower.temperature - "15 degC"`, 5, "K"},
	{"30 - tower.temperature", 10, "K"},
	{"max(tower.temperature, 30)", 303.15, "degC"},
	{`number(tower.temperature, "degC")`, 20, ""},
	{`number(tower.temperature - gauge.ambient, "degF")`, -9, ""},
	{"tower.temperature - coolant", 293.15 - 300, "K"},

	// Plain numbers.
	{"x ^ 2 - y", 11, ""}, {"-x ^ 2", -9, ""}, {"2 ** 3 ** 2", 512, ""}, {"x % 2", 1, ""}, {"y % 3", -2, ""},
	{"1_000 + 0x10", 1016, ""}, {"+x", 3, ""}, {"1 / 4", 0.25, ""},
	{"min(x, y, 1)", -2, ""}, {"max(x, y, 10)", 10, ""},
	{"round(2.5) + floor(-0.5) + ceil(0.5)", 3, ""}, {"pow(x, 2)", 9, ""}, {"atan2(0, -1)", math.Pi, ""},
	{"log10(1000) + log2(8) + log(1) + exp(0)", 7, ""}, {"time", 90, ""},
	{"9223372036854775807 + 1", 0x1p63, ""},

	// Members.
	{"max(drive.speed)", 4, "m/s"}, {"min(drive.speed)", 1, "m/s"}, {"sum(drive.speed)", 10, "m/s"},
	{"mean(drive.speed)", 2.5, "m/s"}, {"count(drive.speed > 2)", 2, ""}, {"drive[2].speed", 3, "m/s"},
	{"sum(if(drive.on, drive.speed, 0))", 8, "m/s"}, {"max(x)", 3, ""},

	// Windows: the world's cell holds the value of the argument.
	{`mean(gauge.level, "60 s") + 100`, 1.3, "mm"},
	{`delta(tower.temperature, "60 s")`, 293.15, "K"},
	{`rate(gauge.level, "60 s")`, 1.2, "mm/s"},
	{`integral(pump.flow, "1 h")`, 0.05, "m3"},
	{`age(valve.state, "60 s")`, 2, "s"},
	{`told(gauge.level, plc)`, 298.15, "mm"},
}

func TestNumbers(t *testing.T) {
	for _, test := range numberTests {

		w := newWorld()
		e, mistakes := Number(test.text, nil, w)
		require.Empty(t, mistakes, test.text)
		require.InDelta(t, test.value, e.Eval(w.column, 0), 1e-12*math.Max(1, math.Abs(test.value)), test.text)
		require.Equal(t, test.unit, e.Unit.Symbol, test.text)
		require.Equal(t, e.Constant, len(e.Reads) == 0, test.text)
	}
}

func TestWantedUnits(t *testing.T) {
	for _, test := range []struct {
		text  string
		want  unit.Unit
		value float64
	}{
		{"280", unit.Kelvin, 280},
		{"20", unit.Celsius, 293.15},
		{"300 + 5 * sin(0 * time)", unit.Kelvin, 300},
		{"800", unit.Millimetre, 0.8},
		{"800 + time / 9", unit.Millimetre, 0.81},
		{"1.2 m", unit.Millimetre, 1.2},
		{`"1.2 m"`, unit.Millimetre, 1.2},
		{"tower.level", unit.Millimetre, 2},
		{`(350 - coolant) / "60 s" + coolant * "0.1 1/s"`, unit.KelvinPerSecond, 50.0/60 + 30},
		{`"0.1 1/s" * (coolant - 290)`, unit.KelvinPerSecond, 1},
		{"-0.02 * sqrt(x)", unit.One, -0.02 * math.Sqrt(3)},
		{"50", unit.Percent, 0.5},
		{"tower.level / tower.height", unit.Percent, 0.5},
	} {
		w := newWorld()
		e, mistakes := Number(test.text, &test.want, w)
		require.Empty(t, mistakes, test.text)
		require.InDelta(t, test.value, e.Eval(w.column, 0), 1e-12, test.text)
		require.Equal(t, test.want, e.Unit, test.text)
	}
}

func TestValues(t *testing.T) {
	for _, test := range []struct {
		text  string
		want  *Want
		value float64
		kind  signal.Type
	}{
		{"true", &Want{Type: signal.Bool}, 1, signal.Bool},
		{"not tower.level > 1 or false", nil, 0, 99},
		{"tower.level > 1", nil, 1, signal.Bool},
		{"open", &Want{Type: signal.Enum, Labels: valveStates}, 2, signal.Enum},
		{`"opening"`, &Want{Type: signal.Enum, Labels: valveStates}, 1, signal.Enum},
		{`if(pump.on, "open", "closed")`, &Want{Type: signal.Enum, Labels: valveStates}, 2, signal.Enum},
		{`pump.on ? valve.state : "closed"`, nil, 2, signal.Enum},
		{"valve.state", nil, 2, signal.Enum},
		{"plc.cycles + 1", &Want{Type: signal.Int}, 8, signal.Int},
		{"round(x / 2)", &Want{Type: signal.Int}, 2, signal.Int},
		{"plc.program", &Want{Type: signal.Hash}, 1234, signal.Hash},
		{"x", nil, 3, signal.Number},
		{`if(pump.on, plc.program, plc.golden)`, nil, 1234, signal.Hash},
	} {
		w := newWorld()
		e, mistakes := Value(test.text, test.want, w)
		if test.kind == 99 {
			require.Len(t, mistakes, 1)
			continue
		}
		require.Empty(t, mistakes, test.text)
		require.Equal(t, test.kind, e.Type, test.text)
		require.Equal(t, test.value, e.Eval(w.column, 0), test.text)
	}
}

func TestExactLiterals(t *testing.T) {
	w := newWorld()
	for a, b := range map[string]string{
		"gauge.level + 800 - gauge.level": `gauge.level + "800 mm" - gauge.level`,
	} {
		e, mistakes := Number(a, nil, w)
		require.Empty(t, mistakes)
		f, mistakes := Number(b, nil, w)
		require.Empty(t, mistakes)
		require.Equal(t, e.Eval(w.column, 0), f.Eval(w.column, 0))
	}
	c, mistakes := Condition("pump.flow == 50 and gauge.level == 1200", w)
	require.Empty(t, mistakes)
	require.True(t, c.Holds(w.column, 0))
}

func TestMembersOfTheReader(t *testing.T) {
	w := newWorld()
	e, mistakes := Number("own.speed + 1", nil, w)
	require.Empty(t, mistakes)
	for m := range fleetSize {
		require.Equal(t, float64(m+2), e.Eval(w.column, m))
	}
	base := w.symbols["own.speed"].Slot
	require.Equal(t, []signal.Read{{Slot: base, Stride: 1, Count: 1}}, e.Reads)

	e, mistakes = Number("own.speed - max(drive.speed) + sum(drive.speed * drive.speed) / max(own.speed)", nil, w)
	require.Empty(t, mistakes)
	require.Equal(t, []signal.Read{{Slot: base, Stride: 1, Count: 1}, {Slot: base, Count: fleetSize}}, e.Reads)
	require.Equal(t, 2-4+30.0/4, e.Eval(w.column, 1))
}

func TestWindows(t *testing.T) {
	w := newWorld()
	_, mistakes := Number(`rate(own.speed * 2, "1m30s") + max(rate(drive.speed, "1 s"))`, nil, w)
	require.Empty(t, mistakes)
	require.Len(t, w.windows, 2)
	first := w.windows[0]
	require.Equal(t, "own.speed * 2", first.Of.Text)
	require.Equal(t, "rate", first.Helper)
	require.Equal(t, int64(90e9), int64(first.Span))
	require.Equal(t, int32(fleetSize), first.Members)
	require.Equal(t, "m/s/s", first.Unit.Symbol)
	require.Equal(t, 0, first.Offset)
	require.Equal(t, []signal.Read{{Slot: w.symbols["own.speed"].Slot, Stride: 1, Count: 1}}, w.windows[1].Of.Reads)
	require.Equal(t, int32(fleetSize), w.windows[1].Members)
}

func TestSwitches(t *testing.T) {
	w := newWorld()
	e, mistakes := Number("if(tower.level > 1 and pump.on, pump.flow, 0)", nil, w)
	require.Empty(t, mistakes)
	require.Len(t, e.Switches, 2)
	require.Equal(t, "tower.level > 1", e.Switches[0].Text)
	require.Equal(t, 1.0, e.Switches[0].Gap(w.column, 0))
	require.True(t, e.Switches[0].Continuous)
	require.Nil(t, e.Switches[1].Gap)
}

func TestListsOfWords(t *testing.T) {
	require.Contains(t, Functions(), "clamp(x, low, high)")
	require.Contains(t, Functions(), `delta(x, "60 s")`)
	require.True(t, Reserved("in"))
	require.False(t, Reserved("max")) // max.speed is a name, max(a, b) a call
}

// Percent stands at the end of a quantity, or before the line of a fraction.
// Between a number and a name it is the remainder, also where the name is that of
// a unit (h, b).
func TestRemainderIsNotPercent(t *testing.T) {
	column := make([]float64, len(alphabet.column))
	column[alphabet.symbols["b"].Slot] = 4
	for text, want := range map[string]float64{"7 % b": 3, "7%b": 3, "7 %": 0.07, "7%": 0.07, "7 %/s": 0.07} {
		e, mistakes := Number(text, nil, alphabet)
		require.Empty(t, mistakes, text)
		require.Equal(t, want, e.Eval(column, 0), text)
	}
}
