package compile

import (
	"bufio"
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// maxPoints bounds a profile.
const maxPoints = 1_000_000

// series reads a time profile: a list of [time, value], or {from: file.csv}.
func (b *builder) series(p *device.Parameter, e syntax.Entry) (s device.Series, ok bool) {
	at := e.Value.Text.Span
	switch e.Value.Shape {
	case syntax.Map:
		return b.seriesFile(p, e)
	case syntax.List:
	default:
		b.Errorf(at, "write [[0s, 1 "+p.Unit.Symbol+"], [1h, 2 "+p.Unit.Symbol+"]] or {from: file.csv}", "a %s is a table of times and values", p.Name)
		return s, false
	}
	ok = true
	for _, item := range e.Value.Items {
		if item.Shape != syntax.List || len(item.Items) != 2 {
			b.Errorf(item.Text.Span, "write [1h, 2 "+p.Unit.Symbol+"]", "a point of a %s is a time and a value", p.Name)
			return s, false
		}
		t, problems := syntax.ReadDuration(item.Items[0].Text)
		b.Add(problems...)
		point := device.Parameter{Name: p.Name, Unit: p.Unit}
		v, err := point.Parse(item.Items[1].Text.Value)
		if err != nil {
			cause, fix := device.AdviceOf(err)
			b.Errorf(item.Items[1].Text.Span, fix, "%s", cause)
			ok = false
			continue
		}
		ok = ok && len(problems) == 0 && b.later(s, t.Value, item.Items[0].Text.Span)
		s.Times, s.Values = append(s.Times, t.Value), append(s.Values, v.(float64))
	}
	return s, ok
}

// later reports whether a point comes after all before it, else a problem.
func (b *builder) later(s device.Series, t vtime.Duration, at source.Span) bool {
	if n := len(s.Times); n > 0 && t <= s.Times[n-1] {
		b.Errorf(at, "put the points in order of time", "the times of a profile must rise, but %v comes after %v", vtime.Time(t), vtime.Time(s.Times[n-1]))
		return false
	}
	return true
}

// seriesFile reads a profile from a CSV file: seconds and values, a header
// allowed; `unit:` says what the values are in.
func (b *builder) seriesFile(p *device.Parameter, e syntax.Entry) (s device.Series, ok bool) {
	from, has := e.Value.Get("from")
	if !has || b.Read == nil {
		b.Errorf(e.Value.Text.Span, "write {from: file.csv}", "a %s as a map needs from:", p.Name)
		return s, false
	}
	u := p.Unit
	for _, other := range e.Value.Entries {
		switch other.Key.Value {
		case "from":
		case "unit":
			parsed, err := unit.Parse(other.Value.Text.Value)
			if err != nil || !parsed.SameDim(p.Unit) {
				b.Errorf(other.Value.Text.Span, "write "+p.Unit.Symbol, "%s is no unit of %s", source.Quote(other.Value.Text.Value), p.Unit.Noun())
				return s, false
			}
			u = parsed
		default:
			b.Errorf(other.Key.Span, "it takes from: and unit:", "a profile has no %s", source.Quote(other.Key.Value))
			return s, false
		}
	}
	text, err := b.Read(e.Value.Text.Span.File, from.Value.Text.Value)
	if err != nil {
		b.Errorf(from.Value.Text.Span, "name a CSV file beside this one", "%v", err)
		return s, false
	}
	return b.csv(from.Value.Text, text, u)
}

func (b *builder) csv(name syntax.Text, text []byte, u unit.Unit) (s device.Series, ok bool) {
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, ",")
		var x [2]float64
		bad := len(cells) < 2
		for i := range min(2, len(cells)) {
			v, err := strconv.ParseFloat(strings.TrimSpace(cells[i]), 64)
			bad = bad || err != nil || math.IsNaN(v) || math.IsInf(v, 0)
			x[i] = v
		}
		if bad && n == 1 {
			continue // a header
		}
		if bad || x[0] < 0 || len(s.Times) >= maxPoints {
			b.Errorf(name.Span, "a line holds seconds and a value: 3600, 2.5", "%s, line %d: %s is not a time and a value",
				name.Value, n, source.Quote(line))
			return s, false
		}
		if u.Offset != 0 && u.ToSI(x[1]) < 0 {
			b.Errorf(name.Span, "write a greater one", "%s, line %d: %v %s is below absolute zero, 0 K = -273.15 degC", name.Value, n, x[1], u.Symbol)
			return s, false
		}
		t := vtime.FromSeconds(x[0])
		if !b.later(s, t, name.Span) {
			return s, false
		}
		s.Times, s.Values = append(s.Times, t), append(s.Values, u.ToSI(x[1]))
	}
	if len(s.Times) == 0 {
		b.Errorf(name.Span, "a line holds seconds and a value: 3600, 2.5", "%s holds no points", name.Value)
		return s, false
	}
	return s, true
}
