package vcd_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/record"
	"github.com/harmproof/harmproof/sim/trace/vcd"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

func recorded(t *testing.T, name string) *trace.Trace {
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	var out bytes.Buffer
	r, err := record.New(&out, s.Plan, record.Options{Tool: "of a test $end", File: s.File})
	require.NoError(t, err)
	result, err := sim.Run(t.Context(), s.Plan, sim.Record(r))
	require.NoError(t, err)
	require.NoError(t, r.Close(result))
	x, err := trace.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	return x
}

// A wave is a variable of a dump.
type wave struct {
	sort   string
	times  []int64
	values []float64
}

var word = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\[[0-9]+\])?$`)

// A parser reads a dump as the standard has it.
type parser struct {
	*testing.T
	tokens       []string
	i            int
	at           int64
	scopes       []string
	waves, codes map[string]*wave // by path, by code
}

func parse(t *testing.T, text string) map[string]*wave {
	p := parser{T: t, tokens: strings.Fields(text), at: -1, waves: map[string]*wave{}, codes: map[string]*wave{}}
	for ; p.i < len(p.tokens); p.i++ {
		switch token := p.tokens[p.i]; token[0] {
		case '$':
			p.declaration(token)
		case '#':
			at, err := strconv.ParseInt(token[1:], 10, 64)
			require.NoError(t, err)
			require.Greater(t, at, p.at)
			p.at = at
		default:
			p.change(token)
		}
	}
	require.Empty(t, p.scopes)
	return p.waves
}

// section returns what is between a keyword and its end.
func (p *parser) section() (list []string) {
	for p.i++; p.tokens[p.i] != "$end"; p.i++ {
		list = append(list, p.tokens[p.i])
	}
	return list
}

func (p *parser) declaration(keyword string) {
	list := p.section()
	switch keyword {
	case "$scope":
		require.Equal(p, "module", list[0])
		require.Regexp(p, word, list[1])
		p.scopes = append(p.scopes, list[1])
	case "$upscope":
		require.Empty(p, list)
		p.scopes = p.scopes[:len(p.scopes)-1]
	case "$timescale":
		require.Equal(p, []string{"1", "ns"}, list)
	case "$var":
		require.Len(p, list, 4)
		require.Regexp(p, word, list[3])
		w := &wave{sort: list[0] + " " + list[1]}
		path := strings.Join(append(append([]string(nil), p.scopes...), list[3]), ".")
		require.NotContains(p, p.waves, path)
		require.NotContains(p, p.codes, list[2])
		p.waves[path], p.codes[list[2]] = w, w
	}
}

func (p *parser) change(token string) {
	x, code, err := 0.0, token[1:], error(nil)
	if token[0] == 'b' || token[0] == 'r' {
		p.i++
		code = p.tokens[p.i]
	}
	switch {
	case token == "bx" || token[0] == 'x':
		x = math.NaN()
	case token[0] == 'b':
		var n uint64
		n, err = strconv.ParseUint(token[1:], 2, 64)
		x = float64(int64(n))
	case token[0] == 'r':
		x, err = strconv.ParseFloat(token[1:], 64)
	default:
		require.Contains(p, "01", token[:1])
		x = float64(token[0] - '0')
	}
	require.NoError(p, err)
	require.GreaterOrEqual(p, p.at, int64(0))
	w := p.codes[code]
	require.NotNil(p, w, token)
	w.times, w.values = append(w.times, p.at), append(w.values, x)
}

func (w *wave) at(when int64) float64 {
	x := math.NaN()
	for i, at := range w.times {
		if at <= when {
			x = w.values[i]
		}
	}
	return x
}

// What a parser reads of a dump is what the trace has: of all that is not continuous at
// any time, of what is at the instants of the dump.
func TestWrite(t *testing.T) {
	for _, name := range []string{"tower/spoofed-gauge", "swat/attack-03-checked", "reactor/triton"} {
		t.Run(name, func(t *testing.T) {
			x := recorded(t, name)
			var cells []int
			for cell := range x.Cells() {
				cells = append(cells, cell)
			}
			var out bytes.Buffer
			require.NoError(t, vcd.Write(&out, x, cells, 0))
			waves := parse(t, out.String())
			random := rand.New(rand.NewPCG(1, 2))
			sorts := map[string]bool{}
			for range 20 {
				when := vtime.Time(random.Int64N(int64(x.Last())))
				values, err := x.At(when)
				require.NoError(t, err)
				for _, cell := range cells {
					w := waves[strings.ReplaceAll(x.Path(cell), "-", "_")]
					if w == nil {
						continue // its name has other letters
					}
					k, want := x.KindOf(cell), values[cell]
					if k.Continuous {
						continue
					}
					sorts[w.sort] = true
					if k.Type == "number" {
						want = unit.Unit{Scale: k.Unit.Scale, Offset: k.Unit.Offset}.FromSI(want)
					}
					require.Equal(t, want, w.at(int64(when)), "%s at %v", x.Path(cell), when)
				}
			}
			require.True(t, sorts["real 64"] && sorts["wire 1"])
			continuous(t, x, cells, waves)
			rises(t, x, waves)
		})
	}
}

func continuous(t *testing.T, x *trace.Trace, cells []int, waves map[string]*wave) {
	checked := 0
	for _, cell := range cells {
		w := waves[x.Path(cell)]
		if w == nil || !x.KindOf(cell).Continuous || x.KindOf(cell).Unit.Offset != 0 {
			continue
		}
		for i := 1; i < len(w.times); i += 1 + len(w.times)/4 {
			values, err := x.At(vtime.Time(w.times[i]))
			require.NoError(t, err)
			after, err := x.At(vtime.Time(w.times[i] + 1))
			require.NoError(t, err)
			got := w.values[i] * x.KindOf(cell).Unit.Scale
			lo, hi := min(values[cell], after[cell]), max(values[cell], after[cell]) // where it jumps, after
			off := 1e-9 * (1 + math.Abs(got))
			require.True(t, got >= lo-off && got <= hi+off, "%s at %d: %v", x.Path(cell), w.times[i], got)
			checked++
		}
	}
	require.Positive(t, checked)
}

// rises holds steps and violations against the events.
func rises(t *testing.T, x *trace.Trace, waves map[string]*wave) {
	ident := strings.NewReplacer("-", "_").Replace
	want := map[string]int{}
	for e, err := range x.Events(0, vtime.Never) {
		require.NoError(t, err)
		switch e.Kind {
		case trace.StepApplied:
			want["timeline."+ident(x.Header.Steps[e.Index].Name)]++
		case trace.ViolationBegan:
			want["violated."+ident(x.Header.Invariants[e.Index].Name)]++
		}
	}
	for path, n := range want {
		require.NotNil(t, waves[path], path)
		got := 0
		for _, v := range waves[path].values {
			if v == 1 {
				got++
			}
		}
		require.Equal(t, n, got, path)
	}
}
