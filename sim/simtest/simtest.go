package simtest

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Build returns a new device, configured for the suite; each call a new one,
// all alike.
type Build func() (device.Device, error)

// An Option changes how the suite runs.
type Option func(s *suite)

// Range gives the values, in SI, that an input is fed with; without it they are 0
// to 1.
func Range(input string, low, high float64) Option {
	return func(s *suite) { s.ranges[input] = [2]float64{low, high} }
}

// For gives how long the suite lets the device run; without it a minute.
func For(d vtime.Duration) Option { return func(s *suite) { s.run = vtime.Time(d) } }

type suite struct {
	kind   device.Kind
	build  Build
	decl   device.Declaration
	ranges map[string][2]float64
	run    vtime.Time
}

// Run runs the suite for a kind, as subtests of t.
func Run(t *testing.T, kind device.Kind, build Build, options ...Option) {
	t.Helper()
	s := newSuite(t, kind, build, options...)
	for _, c := range contract {
		t.Run(c.name, func(t *testing.T) { c.check(s, t) })
	}
}

var contract = []struct {
	name  string
	check func(s *suite, t testing.TB)
}{
	{"described", (*suite).described},
	{"reads", (*suite).reads},
	{"deterministic", (*suite).deterministic},
	{"isolated", (*suite).isolated},
	{"members", (*suite).members},
	{"observed", (*suite).observed},
	{"reverted", (*suite).reverted},
	{"down", (*suite).down},
	{"kept", (*suite).kept},
}

func newSuite(t testing.TB, kind device.Kind, build Build, options ...Option) *suite {
	t.Helper()
	s := &suite{kind: kind, build: build, ranges: map[string][2]float64{}, run: vtime.Time(vtime.Minute)}
	for _, option := range options {
		option(s)
	}
	decl, err := device.Declare(s.device(t))
	if err != nil {
		t.Fatal(err)
	}
	s.decl = decl
	for input := range s.ranges {
		if !s.declares(input) {
			t.Fatalf("there is no input %q to give a range to", input)
		}
	}
	return s
}

func (s *suite) declares(input string) bool {
	for i := range s.decl.Signals {
		if sig := &s.decl.Signals[i]; sig.Name == input && sig.Role.Listens() {
			return true
		}
	}
	return false
}

// device builds a device.
func (s *suite) device(t testing.TB) device.Device {
	t.Helper()
	d, err := s.build()
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	return d
}
