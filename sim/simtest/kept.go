package simtest

import (
	"context"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// kept keeps the run at some instants, and has new devices go on from there.
func (s *suite) kept(t testing.TB) {
	build := func() *sim.Plan {
		return s.plan(t, lone, nil, func(x *setup) { x.layers(signal.Layer{Op: signal.Hold}) })
	}
	want := s.record(t, build()).Digest
	chance := rng.New(uint64(s.run), s.kind.Name, "kept")
	for i := range uint64(4) {
		at := vtime.Time(chance.Float64(i) * float64(s.run))
		if i == 0 {
			at = from.Add(to.Sub(from) / 2) // under the injection
		}
		if got := s.resumed(t, build, at); got != want {
			t.Errorf("a run that was kept at %v and taken up by a new device ended otherwise: the device remembers something outside of its signals", at)
			return
		}
	}
}

// resumed returns the digest of a run that was kept at a time.
func (s *suite) resumed(t testing.TB, build func() *sim.Plan, at vtime.Time) string {
	t.Helper()
	var state []byte
	keep := sim.Keep(func(data []byte) error { state = data; return nil })
	if _, err := sim.Run(context.Background(), build(), sim.Until(at), keep); err != nil {
		t.Fatal(err)
	}
	return s.record(t, build(), sim.From(state)).Digest
}
