package layout_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/record"
	"github.com/harmproof/harmproof/viz/layout"
)

// header returns what a trace of a scenario would be of, without a run.
func header(t testing.TB, name string) *trace.Header {
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	var out bytes.Buffer
	r, err := record.New(&out, s.Plan, record.Options{Seed: s.Plan.Seed, File: s.File})
	require.NoError(t, err)
	r.Begin(0, nil, make([]float64, s.Plan.Signals.Len()))
	require.NoError(t, r.Close(nil)) // as if the run broke at once
	x, err := trace.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	return &x.Header
}

// All of the library has sound pictures, on a wide screen, a square and a high one. A
// device can be read on a laptop: an icon of a picture of 1280 by 800 has 24 pixels and more.
func TestLibrary(t *testing.T) {
	for _, e := range scenarios.Library() {
		h := header(t, e.Name)
		for _, aspect := range []float32{1.6, 1, 0.6} {
			p := layout.Of(h, aspect)
			sound(t, h, p)
			requireApart(t, p)
			requireWays(t, h, p)
		}
		p := layout.Of(h, 1.6)
		require.Greater(t, layout.Icon*min(1280/p.Width, 800/p.Height), float32(24), e.Name)
		require.Equal(t, layout.Of(h, 1.6), layout.Of(h, 1.6))
	}
}

// The material goes from left to right.
func TestMaterial(t *testing.T) {
	for name, chains := range map[string][][]string{
		"swat/attack-01": {{"mv101", "t101", "p101"}, {"t101", "p102"}, {"t301", "p301", "uf", "t401", "ro"}, {"t301", "p302", "uf"},
			{"mv304", "uf"}},
		"tower/spoofed-gauge": {{"pump", "tower", "gauge"}},
		"mirai/growth":        {{"pump", "tower", "village"}},
		"tennessee/normal":    {{"feed1", "plant", "product"}, {"feed2", "plant"}, {"purge", "plant"}},
		"centrifuge/flat":     {{"a_drive", "a_rotor", "a_tachometer"}, {"f_drive", "f_rotor", "f_tachometer"}},
		"reactor/triton":      {{"cooling", "reactor"}, {"shutoff", "reactor"}, {"tt201", "sis"}, {"key", "sis"}},
	} {
		h := header(t, name)
		p := layout.Of(h, 1.6)
		for _, chain := range chains {
			for i := 1; i < len(chain); i++ {
				require.Less(t, place(t, h, p, chain[i-1]).X, place(t, h, p, chain[i]).X, "%s: %v", name, chain[i-1:i+1])
			}
		}
	}
}

// Instruments stand above what they measure.
func TestInstruments(t *testing.T) {
	for name, pairs := range map[string][][2]string{
		"swat/attack-01": {{"lit101", "t101"}, {"fit101", "mv101"}, {"lit301", "t301"}, {"lit401", "t401"}, {"fit201", "mv201"}, {"fit301", "uf"}},
		"mirai/growth":   {{"gauge", "tower"}},
	} {
		h := header(t, name)
		p := layout.Of(h, 1.6)
		for _, pair := range pairs {
			instrument, measured := place(t, h, p, pair[0]), place(t, h, p, pair[1])
			require.Equal(t, measured.X, instrument.X, pair)
			require.Less(t, instrument.Y, measured.Y, pair)
		}
	}
}

// The levels of the Purdue model follow each other as lines of a text do: from the top to
// the bottom, in a wide frame also from the left to the right; and the stages of a plant
// from left to right.
func TestLevels(t *testing.T) {
	h := header(t, "swat/attack-01-from-laptop")
	for _, aspect := range []float32{0.5, 1.6, 2.1, 4} {
		areas, beside := layout.Of(h, aspect).Areas, 0
		for i := range areas {
			for k := range areas {
				if a, b := &areas[i], &areas[k]; a.Level > b.Level && a.Y+a.H > b.Y {
					require.LessOrEqual(t, a.X+a.W, b.X, "%s %s", a.Name, b.Name)
					require.Equal(t, a.Y, b.Y, "%s %s are in one row", a.Name, b.Name)
					beside++
				}
			}
		}
		require.Equal(t, aspect > 1, beside > 0, "%v: side by side where a frame is wide, and only there", aspect)
	}
	areas := layout.Of(h, 1.6).Areas
	require.Less(t, areas[0].X, areas[1].X)
	plain := layout.Of(header(t, "swat/attack-01"), 1.6).Areas // no levels: they follow from the wires
	require.Less(t, plain[3].Y, min(plain[0].Y, plain[1].Y, plain[2].Y))
}

func place(t testing.TB, h *trace.Header, p *layout.Plan, id string) layout.Place {
	for i := range h.Devices {
		if h.Devices[i].ID == id {
			return p.Devices[i]
		}
	}
	require.Fail(t, "no device", id)
	return layout.Place{}
}
