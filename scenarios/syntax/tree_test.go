package syntax

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/vtime"
)

// TestGood parses testdata/good/NAME.yaml and compares the tree with NAME.tree.
func TestGood(t *testing.T) {
	paths, err := filepath.Glob("testdata/good/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			file := parseFile(t, path)
			var b strings.Builder
			dump(&b, "", reflect.ValueOf(*file))
			golden := strings.TrimSuffix(path, ".yaml") + ".tree"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), b.String())
		})
	}
}

func parseFile(t *testing.T, path string) *File {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	file, problems := Parse(source.New(filepath.Base(path), text))
	require.NoError(t, problems.Err())
	require.Empty(t, problems)
	return file
}

// dump writes all that is present in a tree, one leaf to a line, with its place.
func dump(b *strings.Builder, path string, v reflect.Value) {
	line := func(at source.Span, value any) {
		fmt.Fprintf(b, "%2d:%-2d %s = %v\n", at.Line, at.Column, strings.TrimPrefix(path, "."), value)
	}
	switch x := v.Interface().(type) {
	case Text:
		if x.Present() {
			line(x.Span, fmt.Sprintf("%q (%d)", x.Value, x.Span.Width))
		}
		return
	case Duration, Integer, Percent, Bool, Date:
		if at := v.Field(0).Interface().(Text).Span; at.Present() {
			line(at, v.FieldByName("Value").Interface())
		}
		return
	case Value:
		line(x.Text.Span, x.Shape)
		if x.Shape == Scalar {
			dump(b, path, reflect.ValueOf(x.Text))
		}
		dump(b, path, reflect.ValueOf(x.Items))
		dump(b, path, reflect.ValueOf(x.Entries))
		return
	case Class, Form:
		fmt.Fprintf(b, "      %s = %v\n", strings.TrimPrefix(path, "."), x)
		return
	case source.Span, *source.File, bool:
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			dump(b, path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			dump(b, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			dump(b, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	}
}

func TestSpoofedGaugeAsPrinted(t *testing.T) {
	f := parseFile(t, "testdata/good/spoofed-gauge.yaml")
	assert.False(t, f.IsSystem())
	assert.Equal(t, 10*vtime.Minute, f.Run.Value)
	require.Len(t, f.System.Devices, 5)
	pump := f.System.Devices[1]
	assert.Equal(t, "pump", pump.Is.Value)
	inhibit, problems := ReadWiring(pump.Params[2])
	assert.Empty(t, problems)
	assert.True(t, inhibit.Wired)
	assert.Equal(t, "float.tripped", inhibit.Source.Value)
	require.Len(t, f.Timeline, 2)
	assert.Equal(t, Attack, f.Timeline[0].Class)
	assert.Equal(t, Fault, f.Timeline[1].Class)
	assert.Equal(t, "tower.level > 3.6", f.Timeline[1].When.Value)
	require.Len(t, f.Invariants, 3)
	assert.Equal(t, `abs(told(gauge.level, plc) - tower.level) < "20 mm"`, f.Invariants[2].Condition.Value)
	assert.Equal(t, 3*vtime.Minute+50*vtime.Second, f.Expect.Violated[0].After.Value)
	assert.InDelta(t, 0.001, f.System.Conduits[0].Loss.Value, 1e-15)
}

func TestEverything(t *testing.T) {
	f := parseFile(t, "testdata/good/everything.yaml")
	assert.Equal(t, time.Date(2015, 12, 28, 10, 22, 0, 0, time.UTC), f.Starts.Value)
	assert.Equal(t, "007-A", f.System.Devices[0].Tag.Value)
	when := f.Timeline[1].When
	assert.Equal(t, "tower.level > 3.6 and pump.running", when.Value)
	assert.Equal(t, "everything.yaml:52:5", when.At(len("tower.level > 3.6 and "), 4).String())
	speed, problems := ReadWiring(f.System.Devices[0].Params[0])
	assert.Empty(t, problems)
	assert.True(t, speed.Polled())
	assert.Equal(t, 400*vtime.Millisecond, speed.Every.Value)
}

func TestSystem(t *testing.T) {
	assert.True(t, parseFile(t, "testdata/good/system.yaml").IsSystem())
}

func TestReadCustomOfAnOverride(t *testing.T) {
	text := "use: a.yaml\nscenario: a\nrun: 1m\nsystem:\n  devices:\n    r: {signals: {t: {start: 360 K}}}\n"
	f, problems := Parse(source.New("b.yaml", []byte(text)))
	require.Empty(t, problems)
	d := f.System.Devices[0]
	assert.Nil(t, d.Custom)
	custom, problems := ReadCustom(d.Name, d.Params)
	require.Empty(t, problems)
	assert.Equal(t, "360 K", custom.Signals[0].Start.Value)
}

func TestBrokenLeaves(t *testing.T) {
	text := "scenario: a\nrun: soon\nsystem:\n  devices:\n    a-b: {is: [x], height: yes, wide: 3 m}\n"
	f, problems := Parse(source.New("a.yaml", []byte(text)))
	require.Len(t, problems, 4)
	assert.False(t, f.IsSystem())
	assert.True(t, f.Run.Broken)
	d := f.System.Devices[0]
	assert.True(t, d.Name.Broken)
	assert.Equal(t, "a-b", d.Name.Value)
	assert.True(t, d.Is.Broken)
	assert.Equal(t, Broken, d.Params[0].Value.Shape)
	assert.Equal(t, "3 m", d.Params[1].Value.Text.Value)
}
