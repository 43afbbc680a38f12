package scenariotest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/trace"
)

func TestSignalsAgainstClosedForm(t *testing.T) {
	level := Run(t, "tower/spoofed-gauge").Signal("tower.level")
	// 50 L/s on 3 m2 from 2 m, for 116 s.
	assert.InDelta(t, 2+0.05/3*116, level.Max(), 1e-6)
	assert.Equal(t, 2.0, level.Min())
}

// All of the library with -long; else of systems whose runs take a second and more some, and
// with -short one of each system.
func TestLibrary(t *testing.T) {
	some := []string{
		"centrifuge/normal", "centrifuge/slow-drives", "centrifuge/tachometer-trip", "mirai/flood",
		"platoon/emergency-braking", "platoon/injected-signed", "platoon/jammed",
	}
	walk(t, "../library", func(name string) bool {
		system, scenario, _ := strings.Cut(name, "/")
		switch {
		case trials.Asked():
			return true
		case testing.Short():
			return scenario == "normal" || system == "broker" || system == "mirai" && scenario == "flood" || system == "tower"
		}
		return slices.Contains(some, name) || !slices.Contains([]string{"centrifuge", "mirai", "platoon"}, system)
	})
}

// fake is a test that may fail.
type fake struct {
	testing.TB
	log    strings.Builder
	failed bool
}

func (f *fake) Helper()      {}
func (f *fake) Name() string { return "TestFake/edited" }
func (f *fake) Errorf(format string, args ...any) {
	f.failed = true
	fmt.Fprintf(&f.log, format, args...)
}
func (f *fake) Fatal(args ...any) {
	f.failed = true
	fmt.Fprintln(&f.log, args...)
	runtime.Goexit()
}
func (f *fake) Fatalf(format string, args ...any) { f.Fatal(fmt.Sprintf(format, args...)) }

// try runs f with a test that may fail, and returns what it says.
func try(f func(t testing.TB)) *fake {
	t := &fake{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(t)
	}()
	<-done
	return t
}

func edited(t *testing.T, old, new string) string {
	text, err := os.ReadFile("../library/tower/spoofed-gauge.yaml")
	require.NoError(t, err)
	require.Contains(t, string(text), old)
	name := filepath.Join(t.TempDir(), "edited.yaml")
	require.NoError(t, os.WriteFile(name, []byte(strings.Replace(string(text), old, new, 1)), 0o600))
	t.Chdir(t.TempDir()) // where traces of failing runs go
	return name
}

func TestAFailingScenarioFailsAndSaysWhy(t *testing.T) {
	name := edited(t, "    interlock-works: {after: 3m50s, before: 3m51s}\n", "")
	f := try(func(t testing.TB) { Run(t, name) })
	assert.True(t, f.failed)
	for _, want := range []string{"interlock-works was violated at 3m50.011s", "Why interlock-works", "A1", "harmproof run " + name + " --seed 7"} {
		assert.Contains(t, f.log.String(), want)
	}
	file, err := os.ReadFile("TestFake-edited.mcap")
	require.NoError(t, err)
	assert.Contains(t, f.log.String(), "TestFake-edited.mcap")
	recorded, err := trace.Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	assert.NoError(t, recorded.Warning)
	assert.False(t, recorded.Result.AsExpected)
}

func TestAMistakeFailsWithItsPlace(t *testing.T) {
	name := edited(t, "height: 4 m", "height: 4")
	f := try(func(t testing.TB) { Run(t, name) })
	assert.True(t, f.failed)
	assert.Contains(t, strings.Join(strings.Fields(f.log.String()), " "), ":12:15 height needs its unit")
}

func TestAMisspeltSignalFailsWithTheCandidates(t *testing.T) {
	f := try(func(t testing.TB) { Run(t, "tower/spoofed-gauge").Signal("tower.levle") })
	assert.True(t, f.failed)
	assert.Contains(t, f.log.String(), "tower.level")
}
