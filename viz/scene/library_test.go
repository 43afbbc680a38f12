package scene_test

import (
	"flag"
	"math"
	"math/rand/v2"
	"path"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

var whole = flag.Bool("whole", false, "record the runs of the library to their ends, however long")

// copied is a scene that stays.
func copied(s *scene.Scene) scene.Scene {
	c := *s
	c.Values, c.Devices, c.Steps = slices.Clone(s.Values), slices.Clone(s.Devices), slices.Clone(s.Steps)
	c.Broken, c.False, c.Flights = slices.Clone(s.Broken), slices.Clone(s.False), slices.Clone(s.Flights)
	c.Harmed, c.Present = slices.Clone(s.Harmed), slices.Clone(s.Present)
	if len(c.Flights) == 0 {
		c.Flights = nil
	}
	if len(c.False) == 0 {
		c.False = nil
	}
	for i, v := range c.Values {
		if v != v {
			c.Values[i] = math.Inf(-1) // so that it is equal to itself
		}
	}
	return c
}

// Of every scenario of the library, of each sixth without -long, a trace opens, and who jumps
// to a time sees what who plays there does.
func TestSeekingIsPlaying(t *testing.T) {
	changes := 500
	if *whole {
		changes = 0
	}
	for i, e := range scenarios.Library() {
		t.Run(e.Name, func(t *testing.T) {
			if normal := path.Base(e.Name) == "normal"; !normal && (testing.Short() || i%6 > 0 && !trials.Asked() && !*whole) {
				t.Skip("some of each system: -long looks at all")
			}
			t.Parallel()
			x := scenariotest.Recorded(t, e.Name, changes)
			played, sought := scene.Of(x), scene.Of(x)
			require.NoError(t, played.Story.ReadAll())
			require.NoError(t, sought.Story.ReadAll())
			random := rand.New(rand.NewPCG(1, uint64(len(e.Name))))
			const within = 300 * vtime.Millisecond
			frame := max(1, x.Last()/97)
			want := map[vtime.Time]scene.Scene{}
			times := []vtime.Time{x.Header.From, x.Last()}
			for range 10 {
				times = append(times, vtime.Time(random.Int64N(int64(x.Last())+1)))
			}
			slices.Sort(times)
			next := 0
			for at := x.Header.From; next < len(times); at += frame {
				for ; next < len(times) && times[next] <= at; next++ {
					s, err := played.At(times[next], within)
					require.NoError(t, err)
					want[times[next]] = copied(s)
				}
				_, err := played.At(at, within)
				require.NoError(t, err)
			}
			random.Shuffle(len(times), func(i, j int) { times[i], times[j] = times[j], times[i] })
			for _, at := range times {
				s, err := sought.At(at, within)
				require.NoError(t, err)
				require.Equal(t, want[at], copied(s), "at %v", at)
				values, err := x.At(at)
				require.NoError(t, err)
				for cell, v := range values {
					require.Equal(t, math.Float64bits(v), math.Float64bits(s.Values[cell]), "%s at %v", x.Path(cell), at)
				}
			}
		})
	}
}

// What is false is marked: the screens of TRITON show nothing of it.
func TestLies(t *testing.T) {
	x := scenariotest.Recorded(t, "reactor/triton", 0)
	r := scene.Of(x)
	require.NoError(t, r.Story.ReadAll())
	device := func(id string) int {
		return slices.IndexFunc(x.Header.Devices, func(d trace.Device) bool { return d.ID == id })
	}
	at := func(seconds float64) scene.Scene {
		s, err := r.At(vtime.Time(vtime.FromSeconds(seconds)), 0)
		require.NoError(t, err)
		return copied(s)
	}
	before := at(1.7)
	require.Empty(t, before.False)
	require.False(t, before.Devices[device("ews")].Held)
	require.True(t, at(14).Devices[device("ews")].Held)
	require.False(t, before.Devices[device("laptop")].Held)
	require.True(t, at(6).Devices[device("laptop")].Held, "who acts from it has it")
	during := at(95)
	require.True(t, during.Devices[device("bpcs")].Held)
	require.True(t, during.Devices[device("hmi")].Deceived)
	require.NotEmpty(t, during.False)
	require.True(t, slices.Contains(during.Broken, true))
	require.False(t, slices.Contains(before.Broken, true))
}

// The story is told in plain words.
func TestStory(t *testing.T) {
	x := scenariotest.Recorded(t, "reactor/triton", 0)
	s := scene.Of(x).Story
	require.NoError(t, s.ReadAll())
	var all []string
	for i := range s.Lines {
		require.NotEmpty(t, s.Lines[i].Text)
		all = append(all, s.Lines[i].At.Short()+" "+s.Lines[i].Text)
	}
	require.Contains(t, all, "1m32.285s no-runaway is VIOLATED")
	require.Contains(t, all, "0m22.000s Attack straight is stopped: download to sis: program = 2")
	require.Len(t, s.Violations(), 9)
}

// Harm is what becomes of the plant: rotors that burst are, a screen that does not show it
// is none.
func TestHarm(t *testing.T) {
	trials.Long(t)
	x := scenariotest.Recorded(t, "centrifuge/attack-315", 0)
	s := scene.Of(x).Story
	require.NoError(t, s.ReadAll())
	lanes := map[string]scene.Lane{}
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Kind == trace.ViolationBegan {
			lanes[x.Header.Invariants[l.Index].Name] = l.Lane
		}
	}
	require.Equal(t, scene.Harm, lanes["no-rotor-fails"])
	require.Equal(t, scene.Invariants, lanes["screen-is-true"])
	ended := map[string]scene.Lane{}
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Kind == trace.ViolationEnded {
			ended[x.Header.Invariants[l.Index].Name] = l.Lane
		}
	}
	for name, lane := range ended {
		require.Equal(t, lanes[name], lane, name)
	}
}
