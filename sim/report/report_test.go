package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

var update = flag.Bool("update", false, "write what is reported to testdata")

// golden compares with a file, which -update writes. The digest changes with the
// simulator and is none of the report's business.
func golden(t *testing.T, name string, r *sim.Result, got []byte) {
	t.Helper()
	if r != nil {
		got = bytes.ReplaceAll(got, []byte(r.Digest), []byte("DIGEST"))
		got = bytes.ReplaceAll(got, []byte(r.Digest[:12]), []byte("0123456789ab"))
	}
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o777))
		require.NoError(t, os.WriteFile(file, got, 0o666))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

// text renders a result and checks that it fits.
func text(t *testing.T, r *sim.Result, o report.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Text(&b, r, o))
	if !o.Colour {
		for line := range strings.Lines(b.String()) {
			assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), max(79, o.Width), line)
			assert.False(t, strings.HasSuffix(strings.TrimRight(line, "\n"), " "), "%q", line)
		}
	}
	return b.Bytes()
}

// cases are the runs whose reports are kept in testdata.
func cases(t *testing.T) map[string]*sim.Result {
	surprised := spoofed()
	surprised.expect = sim.Expectations{NoEffect: map[string]bool{"A1": true}}
	surprised.extra = []sim.Step{
		{Step: inject.Step{Name: "late", Kind: inject.Act, What: "press", Target: "stop", Start: inject.At, Time: vtime.Time(vtime.Hour)}},
		{Step: inject.Step{Name: "idle", Kind: inject.Attack, What: "delay", Target: "gauge to plc", Start: inject.At, For: vtime.Second}},
	}
	plain := spoofed()
	plain.columns, plain.About, plain.Run = 0, "", vtime.Time(vtime.Minute)
	plain.expect = sim.Expectations{}
	noisy := spoofed()
	noisy.noise, noisy.columns = 0.0065, 2
	noisy.Name, noisy.File = "noisy gauge", "my plants/noisy.yaml"
	chatter := noisy
	chatter.noise, chatter.columns, chatter.Name = 0.03, 1, "chatter"
	ctx, cancel := context.WithCancel(context.Background())
	interrupted, err := sim.Run(ctx, spoofed().plan(t), sim.Progress(func(vtime.Time) { cancel() }))
	require.NoError(t, err)
	return map[string]*sim.Result{
		"expected": spoofed().run(t), "surprised": surprised.run(t), "plain": plain.run(t),
		"noisy": noisy.run(t), "chatter": chatter.run(t), "interrupted": interrupted,
	}
}

func TestText(t *testing.T) {
	for name, r := range cases(t) {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".txt", r, text(t, r, report.Options{}))
			if all := text(t, r, report.Options{All: true}); name == "expected" || name == "surprised" {
				golden(t, name+".all.txt", r, all)
			}
			for width := 40; width < 200; width += 20 {
				text(t, r, report.Options{Width: width})
			}
		})
	}
}

// TestColour checks that colours are all that colours change.
func TestColour(t *testing.T) {
	for name, r := range cases(t) {
		coloured := string(text(t, r, report.Options{Colour: true}))
		for _, escape := range []string{"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[33m"} {
			coloured = strings.ReplaceAll(coloured, escape, "")
		}
		assert.Equal(t, string(text(t, r, report.Options{})), coloured, name)
	}
}

func outcomes(t *testing.T) (list []report.Outcome) {
	all := cases(t)
	for _, name := range []string{"expected", "surprised", "plain", "interrupted"} {
		r := all[name]
		r.Digest = strings.Repeat("0", 64)
		list = append(list, report.Outcome{Name: "tower/" + name, File: name + ".yaml", Seed: r.Seed, Result: r})
	}
	return append(list,
		report.Outcome{Name: "broken.yaml", Problem: "broken.yaml has 2 mistakes"},
		report.Outcome{Name: "tower/nan", Seed: 7, Broken: true, Problem: "the run broke at 2m00.000s in device gauge (sample): its derivative is NaN"},
	)
}

func TestSummary(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.Summary(&b, outcomes(t), report.Options{}))
	golden(t, "summary.txt", nil, b.Bytes())
	r := outcomes(t)[0]
	second := r
	second.Seed = 8
	b.Reset()
	require.NoError(t, report.Summary(&b, []report.Outcome{r, second}, report.Options{}))
	golden(t, "seeds.txt", nil, b.Bytes())
}

func TestJUnit(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, report.JUnit(&b, outcomes(t)))
	golden(t, "junit.xml", nil, b.Bytes())
}

func TestJSON(t *testing.T) {
	for name, r := range cases(t) {
		line, err := report.JSON(r, r.Plan.File)
		require.NoError(t, err)
		assert.NotContains(t, string(line), "\n")
		var b bytes.Buffer
		require.NoError(t, json.Indent(&b, line, "", "  "))
		b.WriteString("\n")
		golden(t, name+".json", r, b.Bytes())
	}
	line, err := report.ErrorJSON("a.yaml", report.Problem{Line: 9, Column: 15, Message: "a height needs its unit", Fix: "write `4 m` <here>"})
	require.NoError(t, err)
	assert.Equal(t, `{"file":"a.yaml","errors":[{"line":9,"column":15,"message":"a height needs its unit","fix":"write `+"`4 m`"+` <here>"}]}`, string(line))
	line, err = report.ErrorJSON("a.yaml")
	require.NoError(t, err)
	assert.Equal(t, `{"file":"a.yaml","errors":[]}`, string(line))
}
