package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// tool runs the tool and returns what it printed.
func tool(ctx context.Context, args ...string) (code int, out, err string) {
	var o, e bytes.Buffer
	a := &app{out: &o, err: &e}
	code = a.execute(ctx, args)
	return code, o.String(), e.String()
}

// plant writes the scenario of `harmproof new` into a folder of its own.
func plant(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plant.yaml")
	require.NoError(t, os.WriteFile(file, []byte(strings.ReplaceAll(template, "NAME", "plant")), 0o666))
	return file
}

// TestInterrupted: Ctrl-C ends with what is known, and 130.
func TestInterrupted(t *testing.T) {
	soon := func() context.Context {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(50*time.Millisecond, cancel)
		t.Cleanup(cancel)
		return ctx
	}
	file := plant(t)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	long := strings.Replace(string(text), "run: 10m", "run: 52w", 1)
	require.NoError(t, os.WriteFile(file, []byte(long), 0o666))
	code, out, _ := tool(soon(), "run", file)
	assert.Equal(t, interrupted, code)
	assert.Contains(t, out, "INTERRUPTED at")
	code, out, _ = tool(soon(), "run", "--json", file)
	assert.Equal(t, interrupted, code)
	assert.Contains(t, out, `"as_expected":false`)
	code, out, _ = tool(soon(), "run", file, file)
	assert.Equal(t, interrupted, code)
	assert.Equal(t, 1, strings.Count(out, "INTERRUPTED"))
	assert.Contains(t, out, "interrupted before it was run")
}

// TestBroken: the simulator failing is told apart from a violation.
func TestBroken(t *testing.T) {
	var out, errs bytes.Buffer
	r := &runner{app: &app{out: &out, err: &errs}}
	o := report.Outcome{Name: "plant.yaml", File: "plant.yaml", Seed: 7}
	cause := &sim.BrokenError{
		Device: "tower", Doing: "its level", At: vtime.Time(2 * vtime.Minute),
		Cause: errors.New("its derivative is NaN"), Stack: "goroutine 1\n",
	}
	require.NoError(t, r.broken(o, cause))
	assert.Equal(t, failed, r.code)
	assert.Equal(t, `harmproof: the simulator failed. This says nothing about plant.yaml.
  device  tower (its level)
  time    2m00.000s
  cause   its derivative is NaN
  again   harmproof run plant.yaml --seed 7
`, errs.String())
	r.flags.json = true
	require.NoError(t, r.broken(o, cause))
	assert.Contains(t, out.String(), "reproduce it with `harmproof run plant.yaml --seed 7`")
}

// TestTemplate: what `harmproof new` writes has no mistakes and runs as expected.
func TestTemplate(t *testing.T) {
	s, err := scenarios.Load(plant(t))
	require.NoError(t, err)
	assert.Empty(t, s.Warnings)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	assert.Empty(t, r.Unmet)
}

// TestExplain: every kind has an explanation that fits a terminal.
func TestExplain(t *testing.T) {
	catalog, err := scenarios.Catalog()
	require.NoError(t, err)
	for _, k := range catalog.Kinds() {
		text, err := explain(&k)
		require.NoError(t, err, k.Name)
		for line := range strings.Lines(text) {
			assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), columns, "%s: %s", k.Name, line)
		}
	}
}

// TestPages: every topic fits a terminal, and its example is shown as it is.
func TestPages(t *testing.T) {
	for _, topic := range scenarios.Topics() {
		text := page(&topic)
		for line := range strings.Lines(text) {
			assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), columns, "%s: %s", topic.Name, line)
		}
		for line := range strings.Lines(topic.Example) {
			assert.Contains(t, text, "  "+line)
		}
	}
}

// TestBar: nothing in the first second, then simulated time, speed and time left.
func TestBar(t *testing.T) {
	var errs bytes.Buffer
	now := time.Unix(0, 0)
	b := newBar(&app{err: &errs, terminal: true}, "swat/normal", vtime.Time(24*vtime.Hour), func() time.Time { return now })
	b.reached(vtime.Time(vtime.Hour))
	b.stop()
	assert.Empty(t, errs.String())
	now = now.Add(2 * time.Second)
	assert.Equal(t, "swat/normal  6h0m0s of 1d00h  11000 x real time  6s left", b.message(vtime.Time(6*vtime.Hour)))
	b.reached(vtime.Time(6 * vtime.Hour))
	time.Sleep(300 * time.Millisecond)
	b.stop()
	assert.Contains(t, errs.String(), "6h0m0s of 1d00h")
	assert.Contains(t, errs.String(), "25%")
	assert.True(t, strings.HasSuffix(errs.String(), "\r\x1b[K"), "the bar is taken off")
	for line := range strings.Lines(errs.String()) {
		line = strings.NewReplacer("\x1b[A", "", "\x1b[2K", "", "\x1b[K", "", "\r", "", "\n", "").Replace(line)
		assert.LessOrEqual(t, len(line), columns, "%q", line)
	}
}

func TestCut(t *testing.T) {
	assert.Equal(t, "short", cut("short", 10))
	assert.Equal(t, "a long...", cut("a long line of text", 12))
	assert.Equal(t, "0.25", rounded(0.25))
	assert.Equal(t, "41000", rounded(41234))
	assert.Equal(t, "-", rounded(0))
	assert.Equal(t, "120.000000001", exactSeconds(120000000001))
	assert.Equal(t, "0", exactSeconds(0))
}
