package view_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/view"
)

// checked are what a trace is refused for where it is not of the trace: fields of these
// are left as they are.
var checked = map[string]bool{
	"Format": true, "From": true, "Run": true, "Signals": true, "Kinds": true, "Members": true, "To": true, "Claims": true,
	"Malware": true, "Devices": true, "Flows": true, "People": true,
}

// A spoiler makes numbers and texts of a trace others, or lists shorter.
type spoiler struct {
	*rand.Rand
	every int // one of so many
}

// one is one of a list.
func one[T any](s *spoiler, list []T) T { return list[s.IntN(len(list))] }

func (s *spoiler) spoils() bool { return s.IntN(s.every) == 0 }

// spoil goes through a value. What a reader checks keeps its numbers and its length, but
// not what is in it.
func (s *spoiler) spoil(v reflect.Value, kept bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				s.spoil(v.Field(i), checked[f.Name])
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			if !kept && s.spoils() {
				v.SetZero()
				return
			}
			s.spoil(v.Elem(), kept)
		}
	case reflect.Slice:
		if !kept && v.Len() > 0 && s.spoils() {
			v.Set(v.Slice(0, s.IntN(v.Len())))
		}
		if v.Type().Elem().Kind() == reflect.Int && kept {
			return
		}
		for i := range v.Len() {
			s.spoil(v.Index(i), kept && v.Type().Elem().Kind() != reflect.Struct)
		}
	case reflect.Int, reflect.Int64:
		if !kept && s.spoils() {
			v.SetInt(one(s, []int64{-1 << 62, -2, -1, 0, 1, 3, 9, 1000, 1 << 40, 1<<63 - 1}))
		}
	case reflect.Float64:
		if !kept && s.spoils() {
			v.SetFloat(one(s, []float64{-1e308, -1, 0, 1e-300, 1, 1e308}))
		}
	case reflect.String:
		if !kept && s.spoils() {
			v.SetString(one(s, []string{"", "x", "number", "enum", "bool", "told", "ä.b[9]", "1 < 2", strings.Repeat("name ", 100)}))
		}
	}
}

// copied makes the same again, with nothing in common.
func copied[T any](t require.TestingT, x *T) (y T) {
	text, err := json.Marshal(x)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &y))
	return y
}

// A trace whose numbers are of nothing that it has, which a reader of it does not refuse,
// is shown as far as it goes, and breaks nothing.
func TestHostileTraces(t *testing.T) {
	var sound []*trace.Trace
	for _, name := range []string{"broker/retained-spoof", "reactor/triton", "robot-cell/zone-spoofed"} {
		sound = append(sound, scenariotest.Recorded(t, name, 20_000))
	}
	sound = append(sound, scenariotest.Recorded(t, "centrifuge/flat", 5_000))
	rapid.Check(t, func(t *rapid.T) {
		x := *sound[rapid.IntRange(0, len(sound)-1).Draw(t, "trace")]
		s := spoiler{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)), rapid.SampledFrom([]int{20, 100, 500}).Draw(t, "one of")}
		x.Header = copied(t, &x.Header)
		s.spoil(reflect.ValueOf(&x.Header).Elem(), false)
		if x.Result != nil {
			r := copied(t, x.Result)
			s.spoil(reflect.ValueOf(&r).Elem(), false)
			x.Result = &r
		}
		if s.spoils() {
			x.Overview = nil
		}
		lookThrough(t, &x, rapid.Bool().Draw(t, "two"))
	})
}

// lookThrough looks through a trace.
func lookThrough(t *rapid.T, x *trace.Trace, twice bool) {
	list := []*trace.Trace{x}
	if twice {
		list = append(list, x)
	}
	v, err := view.New(list, view.Options{Eager: true, Notes: []view.Note{{At: -5, Device: "nobody"}, {At: vtime.Never}}})
	require.NoError(t, err)
	var l draw.List
	for _, key := range []view.Key{
		"", "n", "tab", "arrowdown", "arrowdown", "v", "r", "arrowup", "tab", "d", "arrowdown", "enter", "enter", "d", "p", "p", "a", "end", "b",
		"tab", "arrowdown", "m", "escape", "delete", "o", "z", "z", "+", ".", ",", "/", "enter", "f", "?", "escape", "t", "h", "g", "z", "l", "g", " ", "home", "x",
	} {
		in := view.Input{Width: 1280, Height: 800, Scale: 1, Inside: true, Elapsed: time.Second, Pointer: draw.Point{X: 400, Y: 300}}
		if key != "" {
			in.Keys = []view.Key{key}
		}
		require.NoError(t, v.Update(in))
		l.Reset()
		v.Draw(&l)
		v.State()
	}
}
