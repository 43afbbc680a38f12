package view_test

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/raster"
	"github.com/harmproof/harmproof/viz/view"
)

var update = flag.Bool("update", false, "rewrite the pictures of moments")

// A moment is a picture of a replay, and how a reviewer comes to it.
type moment struct {
	name          string
	scenarios     []string
	changes       int     // after which the recordings end, where runs are long
	at            float64 // s
	width, height int
	light         bool
	way           func(s *screen)
}

var moments = []moment{
	{"reactor-why", []string{"reactor/triton"}, 0, 92.5, 1280, 800, false, func(s *screen) {
		s.key("tab")
		s.key("r")
	}},
	{"tower-told", []string{"tower/spoofed-gauge"}, 0, 200, 1280, 800, false, nil},
	{"valve-forced", []string{"swat/attack-01-from-laptop"}, 0, 770, 1024, 640, true, nil},
	{"outbreak", []string{"centrifuge/flat"}, 90_000, 150_000, 1152, 720, false, nil},
	{"flood", []string{"mirai/flood"}, 0, 81_000, 1024, 640, false, nil},
	{"breakers", []string{"grid/breakers-opened"}, 0, 12.6, 1024, 640, false, nil},
	{"side-by-side", []string{"reactor/triton", "reactor/triton-key-in-run"}, 0, 0, 1024, 640, false, func(s *screen) { s.key("f") }},
	{"help", []string{"tower/spoofed-gauge"}, 0, 0, 1024, 640, false, func(s *screen) { s.key("?") }},
	{"note", []string{"broker/retained-spoof"}, 0, 900, 1024, 640, true, func(s *screen) {
		s.key("d", "d")
		s.key("m")
		s.write("The broker keeps the reading of the laptop: after its restart the controller is told 1.2 m again")
		s.key("enter")
	}},
	{"cell-harm", []string{"robot-cell/zone-spoofed"}, 0, 9.063, 1024, 640, false, nil},
	{"cell-ground", []string{"robot-cell/zone-spoofed-curtain"}, 0, 7.5, 1280, 800, true, func(s *screen) { s.key("g") }},
	{"plume", []string{"centrifuge/feed-overheated"}, 0, 615, 1024, 640, true, func(s *screen) { s.key("g") }},
	{"platoon-collision", []string{"platoon/jammed-trusting"}, 0, 53.7, 1280, 800, false, nil},
	{"home-monoxide", []string{"home/alarm-suppressed"}, 0, 13_000, 1280, 800, true, nil},
	{"insulin-hypo", []string{"insulin/wrong-bolus"}, 0, 0, 1024, 640, false, func(s *screen) { s.key("h"); s.key("h"); s.key("d") }},
	{"as-told", []string{"reactor/triton"}, 0, 95, 1024, 640, false, func(s *screen) {
		s.key("o", "a", "arrowright", "arrowright", "arrowright", "arrowright", "b")
	}},
}

// What a reviewer sees at sixteen moments of the library is what it was. Another machine may
// round an edge another way, which moves few pixels by a little.
func TestMoments(t *testing.T) {
	for _, m := range moments {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			name, img := filepath.Join("testdata", "moments", m.name+".png"), m.picture(t)
			if *update {
				var b bytes.Buffer
				coder := png.Encoder{CompressionLevel: png.BestCompression}
				require.NoError(t, coder.Encode(&b, img))
				require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
				require.NoError(t, os.WriteFile(name, b.Bytes(), 0o644))
			}
			data, err := os.ReadFile(name)
			require.NoError(t, err, "go test ./viz/view -update makes it")
			was, err := png.Decode(bytes.NewReader(data))
			require.NoError(t, err)
			require.Equal(t, was.Bounds(), img.Bounds())
			mean, moved := differences(was, img)
			require.Less(t, mean, 0.02, "mean difference of a channel, of 255")
			require.Less(t, moved, 0.001, "share of pixels that are another color")
		})
	}
}

// picture goes to the moment and takes its picture.
func (m *moment) picture(t *testing.T) *image.RGBA {
	var traces []*trace.Trace
	for _, name := range m.scenarios {
		traces = append(traces, scenariotest.Recorded(t, name, m.changes))
	}
	at := vtime.Time(m.at * 1e9)
	require.LessOrEqual(t, at, traces[0].Last())
	v, err := view.New(traces, view.Options{Eager: true, Light: m.light, At: &at, Save: func([]view.Note) error { return nil }})
	require.NoError(t, err)
	s := &screen{t: t, v: v, in: view.Input{Width: float32(m.width), Height: float32(m.height), Scale: 1}}
	s.frame()
	if m.way != nil {
		m.way(s)
	}
	s.frame()
	return coarse(raster.Image(&s.list, m.width, m.height))
}

// coarse leaves six bits of a channel, which nobody misses and makes files smaller.
func coarse(img *image.RGBA) *image.RGBA {
	for i, x := range img.Pix {
		img.Pix[i] = x&^3 | x>>6
	}
	return img
}

// differences returns how much two pictures differ in a channel on average, and what share
// of their pixels differs by more than can hardly be seen.
func differences(a, b image.Image) (mean, moved float64) {
	flat := func(x image.Image) *image.RGBA {
		f := image.NewRGBA(x.Bounds())
		draw.Draw(f, f.Rect, x, x.Bounds().Min, draw.Src)
		return f
	}
	x, y := flat(a), flat(b)
	sum, pixels := 0, 0
	for i := 0; i < len(x.Pix); i += 4 {
		most := 0
		for k := range 3 {
			d := int(x.Pix[i+k]) - int(y.Pix[i+k])
			d = max(d, -d)
			sum, most = sum+d, max(most, d)
		}
		if most > 16 {
			pixels++
		}
	}
	n := float64(len(x.Pix) / 4)
	return float64(sum) / (3 * n), float64(pixels) / n
}
