package sim_test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A run that was kept at any times and taken up again is the same run: digest,
// verdicts, margins, causes, story.
func TestSnapshotIsTheRun(t *testing.T) {
	ctx, whole := context.Background(), tower(t)
	want, err := sim.Run(ctx, whole)
	require.NoError(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		s, err := sim.New(tower(t))
		require.NoError(rt, err)
		at := vtime.Time(0)
		for range rapid.IntRange(1, 3).Draw(rt, "times") {
			at += vtime.Time(rapid.Int64Range(0, int64(3*vtime.Minute)).Draw(rt, "at"))
			require.NoError(rt, s.RunTo(ctx, at))
			data, err := s.Snapshot()
			require.NoError(rt, err)
			s, err = sim.Resume(tower(t), data)
			require.NoError(rt, err)
			again, err := s.Snapshot()
			require.NoError(rt, err)
			require.Equal(rt, data, again, "a snapshot that was read is written the same")
		}
		require.NoError(rt, s.RunTo(ctx, vtime.Never))
		got, err := s.Result()
		require.NoError(rt, err)
		same(rt, want, got)
	})
}

// verdicts says all of what became of the invariants.
func verdicts(r *sim.Result) (text string) {
	for _, i := range r.Invariants {
		w := i.Witness
		i.Witness, i.Result.Witness = nil, nil
		text += fmt.Sprintf("%+v", i)
		if w != nil {
			text += fmt.Sprintf(" %+v", *w)
		}
	}
	return text
}

func same(t require.TestingT, want, got *sim.Result) {
	require.Equal(t, want.Digest, got.Digest)
	require.Equal(t, want.Stats, got.Stats)
	require.Equal(t, verdicts(want), verdicts(got))
	require.Equal(t, fmt.Sprintf("%+v", want.Injections), fmt.Sprintf("%+v", got.Injections))
	require.Equal(t, fmt.Sprint(want.Story), fmt.Sprint(got.Story))
}

// A fork with another future is the run that had it from the beginning, where the
// past is the same.
func TestForkIsTheOtherRun(t *testing.T) {
	ctx, plan := context.Background(), tower(t)
	s, err := sim.New(plan)
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, vtime.Time(time(90))))
	without, err := plan.Without("A1")
	require.NoError(t, err)
	later, err := plan.Vary("A1", func(s *inject.Step) { s.Time, s.Ops[0].Layer.A = vtime.Time(time(150)), 0.9 })
	require.NoError(t, err)
	for _, p := range []*sim.Plan{plan, without, later} {
		want, err := sim.Run(ctx, p)
		require.NoError(t, err)
		f, err := s.Fork(p)
		require.NoError(t, err)
		require.NoError(t, f.RunTo(ctx, vtime.Never))
		got, err := f.Result()
		require.NoError(t, err)
		require.Equal(t, want.Digest, got.Digest)
		require.Equal(t, verdicts(want), verdicts(got))
	}
	other, err := s.Fork(plan, sim.Seed(8))
	require.NoError(t, err)
	require.NoError(t, other.RunTo(ctx, vtime.Never))
	r, err := other.Result()
	require.NoError(t, err)
	want, err := sim.Run(ctx, plan)
	require.NoError(t, err)
	require.NotEqual(t, want.Digest, r.Digest, "another seed from here on")
	require.Equal(t, uint64(8), r.Seed)
}

func time(seconds int) vtime.Duration { return vtime.Duration(seconds) * vtime.Second }

func TestForkRefuses(t *testing.T) {
	ctx, plan := context.Background(), tower(t)
	s, err := sim.New(plan)
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, vtime.Time(time(130))))
	without, err := plan.Without("A1")
	require.NoError(t, err)
	_, err = s.Fork(without)
	require.ErrorContains(t, err, "step A1: it began at 2m00.000s, before the fork at 2m10.000s")
	_, err = s.Fork(tower(t))
	require.ErrorContains(t, err, "no variation")
	_, err = plan.Without("A2")
	require.ErrorContains(t, err, `there is no step "A2"`)
	_, err = plan.Vary("A1", func(s *inject.Step) { s.Ops[0].Point++ })
	require.ErrorContains(t, err, "not what it is and acts on")
	_, err = s.Result()
	require.NoError(t, err)
	_, err = s.Snapshot()
	require.ErrorContains(t, err, "has given its result")
}

// A snapshot of something else, or one that is damaged, is refused.
func TestResumeRefuses(t *testing.T) {
	ctx, plan := context.Background(), tower(t)
	s, err := sim.New(plan)
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, vtime.Time(time(100))))
	data, err := s.Snapshot()
	require.NoError(t, err)
	longer := tower(t)
	longer.Run *= 2
	_, err = sim.Resume(longer, data)
	require.ErrorContains(t, err, "the snapshot is of spoofed-gauge, plan ")
	data[len(data)/2] ^= 4
	_, err = sim.Resume(plan, data)
	require.ErrorContains(t, err, "damaged")
	_, err = sim.Resume(plan, []byte("hello"))
	require.ErrorContains(t, err, "not a snapshot")
}

// A fork taken before anything has happened is the run from its beginning.
func TestForkAtTheStart(t *testing.T) {
	ctx, plan := context.Background(), tower(t)
	want, err := sim.Run(ctx, plan)
	require.NoError(t, err)
	s, err := sim.New(plan)
	require.NoError(t, err)
	f, err := s.Fork(plan)
	require.NoError(t, err)
	require.NoError(t, f.RunTo(ctx, vtime.Never))
	got, err := f.Result()
	require.NoError(t, err)
	same(t, want, got)
}

// A step that was left out is put back where its condition has not risen yet.
func TestForkPutsBack(t *testing.T) {
	ctx, plan := context.Background(), tower(t)
	want, err := sim.Run(ctx, plan)
	require.NoError(t, err)
	without, err := plan.Without("F1")
	require.NoError(t, err)
	s, err := sim.New(without)
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, vtime.Time(time(200))))
	f, err := s.Fork(plan)
	require.NoError(t, err)
	require.NoError(t, f.RunTo(ctx, vtime.Never))
	got, err := f.Result()
	require.NoError(t, err)
	require.Equal(t, want.Digest, got.Digest)

	require.NoError(t, s.RunTo(ctx, vtime.Time(time(230))))
	_, err = s.Fork(plan)
	require.ErrorContains(t, err, "step F1: its condition holds at 3m50.000s already")
	_, err = plan.Vary("A1", func(s *inject.Step) { s.For = -1 })
	require.ErrorContains(t, err, "no span may be less than 0")
}

// A snapshot that somebody changed, seal and all, ends with an error or a result,
// and both can be told.
func TestHostileSnapshots(t *testing.T) {
	ctx, plan := context.Background(), tower(t)
	s, err := sim.New(plan)
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, vtime.Time(time(240))))
	data, err := s.Snapshot()
	require.NoError(t, err)
	_, err = snapshot.Open("", data)
	var label *snapshot.LabelError
	require.ErrorAs(t, err, &label)
	state, err := snapshot.Open(label.Has, data)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		bad := slices.Clone(state)
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			at := rapid.IntRange(0, len(bad)-1).Draw(t, "at")
			bad[at] = rapid.Byte().Draw(t, "byte")
		}
		s, err := sim.Resume(plan, snapshot.Seal(label.Has, bad))
		if err != nil {
			return
		}
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		if s.RunTo(ctx, s.Now()+vtime.Time(vtime.Second)) != nil {
			return
		}
		if r, err := s.Result(); err == nil {
			require.NoError(t, report.Text(io.Discard, r, report.Options{All: true}))
			_, err = report.JSON(r, "")
			require.NoError(t, err)
		}
	})
}

// The rows of a run that was kept are those of its two halves.
func TestSamplesOfTwoHalves(t *testing.T) {
	ctx := context.Background()
	for _, every := range []vtime.Duration{0, vtime.Second, 7 * vtime.Second} {
		rows := func(to *[]string) sim.Option {
			return sim.Sample(every, []string{"tower.level", "pump.running"}, func(at vtime.Time, values []float64) error {
				*to = append(*to, fmt.Sprint(at, values))
				return nil
			})
		}
		var whole, halves []string
		_, err := sim.Run(ctx, tower(t), rows(&whole))
		require.NoError(t, err)
		s, err := sim.New(tower(t), rows(&halves))
		require.NoError(t, err)
		require.NoError(t, s.RunTo(ctx, vtime.Time(time(210))))
		data, err := s.Snapshot()
		require.NoError(t, err)
		s, err = sim.Resume(tower(t), data, rows(&halves))
		require.NoError(t, err)
		require.NoError(t, s.RunTo(ctx, vtime.Never))
		_, err = s.Result()
		require.NoError(t, err)
		require.Equal(t, whole, halves)
	}
}

// A recording that begins where a run goes on begins with what is then.
func TestRecordingOfTheSecondHalf(t *testing.T) {
	ctx, at := context.Background(), vtime.Time(time(210))
	var whole, half sim.History
	_, err := sim.Run(ctx, tower(t), sim.Record(&whole))
	require.NoError(t, err)
	s, err := sim.New(tower(t))
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, at))
	data, err := s.Snapshot()
	require.NoError(t, err)
	_, err = sim.Run(ctx, tower(t), sim.From(data), sim.Record(&half))
	require.NoError(t, err)
	// A course is cut at other times, to the nanosecond, in which the level rises 2e-11 m.
	const nanosecond = 5e-11
	for _, path := range []string{"tower.level", "pump.running", "gauge.level"} {
		want, err := whole.Signal(path)
		require.NoError(t, err)
		got, err := half.Signal(path)
		require.NoError(t, err)
		require.Equal(t, at, got.Changes[0].At)
		require.InDelta(t, want.At(at), got.First(), nanosecond, path)
		for _, later := range []int{215, 250, 500} {
			require.InDelta(t, want.At(vtime.Time(time(later))), got.At(vtime.Time(time(later))), nanosecond, path)
		}
	}
}
