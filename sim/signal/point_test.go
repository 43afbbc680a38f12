package signal

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

const second = vtime.Time(vtime.Second)

// fold applies one layer at 10 s over 3 and shows what it makes of x at now.
func fold(l Layer, x float64, now vtime.Time) float64 {
	var p Point
	p.Apply(l, 3, 10*second)
	return p.Fold(x, now)
}

func TestOperations(t *testing.T) {
	const x = 8.0
	tape := &Tape{Span: 4 * vtime.Second}
	for i := range vtime.Time(10) {
		tape.Record(i*second, float64(100+i))
	}
	tape.Stop(10 * second)
	for _, test := range []struct {
		name  string
		layer Layer
		now   vtime.Time
		want  float64
	}{
		{"hold", Layer{Op: Hold}, 12 * second, 3},
		{"freeze", Layer{Op: Freeze}, 12 * second, x},
		{"const", Layer{Op: Const, A: -1}, 12 * second, -1},
		{"add", Layer{Op: Add, A: -1}, 12 * second, 7},
		{"scale", Layer{Op: Scale, A: 0.25}, 12 * second, 2},
		{"drift", Layer{Op: Drift, A: 0.5}, 10 * second, 8},
		{"drift", Layer{Op: Drift, A: 0.5}, 13 * second, 9.5},
		{"ramp", Layer{Op: Ramp, A: 0.5}, 10 * second, 3},
		{"ramp", Layer{Op: Ramp, A: 0.5}, 13 * second, 4.5},
		{"replay", Layer{Op: Replay, Tape: tape}, 10 * second, 106},
		{"replay", Layer{Op: Replay, Tape: tape}, 13*second + 1, 109},
		{"replay", Layer{Op: Replay, Tape: tape}, 14 * second, 106},
		{"empty replay", Layer{Op: Replay, Tape: &Tape{Span: vtime.Second}}, 14 * second, 3},
	} {
		require.Equal(t, test.want, fold(test.layer, x, test.now), "%s at %v", test.name, test.now)
	}
}

// Faults before attacks; among those by the time they were applied; then by their
// place, and their part of the step.
func TestFoldOrder(t *testing.T) {
	var p Point
	times := func(a float64, attack bool, place, part uint32) Layer {
		return Layer{Op: Scale, A: a, Attack: attack, Place: place, Part: part}
	}
	p.Apply(times(2, true, 1, 0), 0, 5)
	p.Apply(Layer{Op: Add, A: 1, Attack: true, Place: 9}, 0, 4)
	p.Apply(Layer{Op: Add, A: 10, Place: 3, Part: 1}, 0, 7)
	p.Apply(times(3, false, 3, 0), 0, 7)
	p.Apply(Layer{Op: Add, A: 100, Place: 2}, 0, 8)
	p.Apply(times(7, false, 0, 0), 0, 8)
	// Faults at 7: *3 (3.0), +10 (3.1); at 8: *7 (0), +100 (2); attacks: +1, *2.
	require.Equal(t, float64(((1*3+10)*7+100+1)*2), p.Fold(1, 9))
	require.Equal(t, 1, p.Top())
	require.Equal(t, 6, p.Layers())
	p.Revert(1, 0)
	require.Equal(t, 9, p.Top())
}

// A layer that holds or ramps begins with what is beneath it, not with what is
// shown: a fault under an attack sticks at the truth.
func TestHeldIsBeneath(t *testing.T) {
	var p Point
	p.Apply(Layer{Op: Const, A: 1.2, Attack: true, Place: 0}, 2, 10)
	p.Apply(Layer{Op: Hold, Place: 1}, 2, 20)
	require.Equal(t, 1.2, p.Fold(3, 30))
	p.Revert(0, 0)
	require.Equal(t, 2.0, p.Fold(3, 40), "stuck, not spoofed")

	p = Point{}
	p.Apply(Layer{Op: Add, A: 5, Place: 1}, 2, 10)
	p.Apply(Layer{Op: Ramp, A: 1, Attack: true, Place: 2}, 2, 20*second)
	require.Equal(t, 10.0, p.Fold(100, 23*second))
}

func TestRevertUncoversWhatIsBeneath(t *testing.T) {
	var p Point
	p.Apply(Layer{Op: Const, A: 1, Place: 1}, 0, 1)
	p.Apply(Layer{Op: Const, A: 2, Place: 2}, 0, 2)
	p.Apply(Layer{Op: Const, A: 3, Place: 3, Roots: 8}, 0, 3)
	require.Equal(t, 3.0, p.Fold(9, 4))
	l, ok := p.Revert(2, 0) // from the middle
	require.True(t, ok)
	require.Equal(t, 2.0, l.A)
	require.Equal(t, 3.0, p.Fold(9, 4))
	require.Equal(t, Mask(8), p.Roots())
	p.Revert(3, 0)
	require.Equal(t, 1.0, p.Fold(9, 4))
	_, ok = p.Revert(3, 0)
	require.False(t, ok)
	p.Revert(1, 0)
	require.Equal(t, 9.0, p.Fold(9, 4))
}

// Noise goes by the number of the value that is told: to look twice, or another
// layer that comes and goes, changes nobody's luck.
func TestNoiseIsNumberedByValuesTold(t *testing.T) {
	key := rng.New(1, "step", "target")
	noise := Layer{Op: Noise, A: 2, Chance: key}
	shown := func(disturb func(p *Point, i int)) (list []float64) {
		var p Point
		p.Apply(noise, 0, 0)
		for i := range 20 {
			disturb(&p, i)
			list = append(list, p.Tell(50, vtime.Time(i)))
		}
		return list
	}
	want := shown(func(*Point, int) {})
	for i, x := range want {
		require.Equal(t, 50+float64(2*key.Normal(uint64(i))), x)
	}
	require.Equal(t, want, shown(func(p *Point, i int) {
		if i == 5 {
			p.Apply(Layer{Op: Hold, Attack: true, Place: 1}, 50, vtime.Time(i))
			p.Fold(50, vtime.Time(i))
			p.Revert(1, 0)
		}
		p.Fold(50, vtime.Time(i))
	}))
	// Shown before anything is told, it is the noise of the first value.
	var p Point
	p.Apply(noise, 0, 0)
	require.Equal(t, want[0], p.Fold(50, 0))
	require.Equal(t, want[0], p.Fold(50, 0))
}

func TestEffects(t *testing.T) {
	var p Point
	p.Apply(Layer{Op: Const, A: 5, Place: 1}, 0, 0)
	p.Apply(Layer{Op: Const, A: 5, Place: 2}, 0, 0)
	p.Tell(5, 1)
	require.Zero(t, p.Effects(1, 0))
	p.Tell(6, 2)
	p.Tell(7, 2)
	require.Equal(t, uint64(2), p.Effects(1, 0))
	require.Zero(t, p.Effects(2, 0), "it found 5 already")
	// To apply a layer is not to look.
	p.Apply(Layer{Op: Hold, Place: 3}, 8, 3)
	require.Equal(t, uint64(2), p.Effects(1, 0))
	l, _ := p.Revert(1, 0)
	require.Equal(t, uint64(2), l.Effects)
	require.Zero(t, p.Effects(1, 0))
}

// Any layers applied and reverted, against a fold that is written as it is
// defined.
func TestFoldAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Point
		var active []Layer
		now, told := vtime.Time(0), uint64(0)
		beneath := 0.0
		show := func() (x float64) { return naive(active, beneath, now, told) }
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) {
				require.Equal(t, show(), p.Fold(beneath, now))
				require.Equal(t, len(active), p.Layers())
			},
			"apply": func(t *rapid.T) {
				l := Layer{
					Op:     rapid.SampledFrom([]Op{Hold, Const, Add, Scale, Drift, Ramp, Noise}).Draw(t, "op"),
					Attack: rapid.Bool().Draw(t, "attack"), A: float64(rapid.IntRange(-3, 3).Draw(t, "a")),
					Place: uint32(rapid.IntRange(0, 5).Draw(t, "place")), Part: uint32(rapid.IntRange(0, 1).Draw(t, "part")),
					Chance: rng.Key(rapid.Uint64().Draw(t, "chance")), Roots: Mask(told), // here: when it was applied
				}
				if slices.ContainsFunc(active, func(m Layer) bool { return m.Place == l.Place && m.Part == l.Part }) {
					return
				}
				p.Apply(l, beneath, now)
				l.Since = now
				active = append(active, l)
				slices.SortFunc(active, order)
				i := slices.IndexFunc(active, func(m Layer) bool { return m.Place == l.Place && m.Part == l.Part })
				active[i].Held = naive(active[:i], beneath, now, told)
			},
			"revert": func(t *rapid.T) {
				if len(active) > 0 {
					i := rapid.IntRange(0, len(active)-1).Draw(t, "which")
					_, ok := p.Revert(active[i].Place, active[i].Part)
					require.True(t, ok)
					active = slices.Delete(active, i, i+1)
				}
			},
			"tell": func(t *rapid.T) {
				now += vtime.Time(rapid.IntRange(0, 2e9).Draw(t, "later"))
				beneath, told = float64(rapid.IntRange(-9, 9).Draw(t, "x")), told+1
				require.Equal(t, show(), p.Tell(beneath, now))
			},
		})
	})
}

func order(a, b Layer) int {
	return cmp.Or(boolean(a.Attack)-boolean(b.Attack), cmp.Compare(a.Since, b.Since), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Part, b.Part))
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

func naive(layers []Layer, x float64, now vtime.Time, told uint64) float64 {
	for _, l := range layers {
		s := vtime.Seconds(vtime.Duration(now - l.Since))
		switch l.Op {
		case Hold:
			x = l.Held
		case Const:
			x = l.A
		case Add:
			x += l.A
		case Scale:
			x = float64(x * l.A)
		case Drift:
			x += float64(l.A * s)
		case Ramp:
			x = l.Held + float64(l.A*s)
		case Noise:
			n := told - uint64(l.Roots) // values told since
			x += float64(l.A * l.Chance.Normal(max(n, 1)-1))
		}
	}
	return x
}
