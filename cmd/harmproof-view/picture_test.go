//go:build !js

package main

import (
	"image/gif"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// made makes what a flag asks for of a run, and opens it.
func made(t *testing.T, x *opened, flag, name string, more ...string) *os.File {
	file := filepath.Join(t.TempDir(), name)
	o, err := parseOptions(append(append([]string{flag + "=" + file}, more...), "run.mcap"))
	require.NoError(t, err)
	require.NoError(t, o.show([]*opened{x}))
	out, err := os.Open(file)
	require.NoError(t, err)
	t.Cleanup(func() { _ = out.Close() })
	return out
}

// A picture needs no display, has the size that was asked for, and differs by time, theme
// and what is chosen.
func TestPicture(t *testing.T) {
	x := recorded(t, "tower/spoofed-gauge")
	seen := map[string]bool{}
	for _, more := range [][]string{{"-at=1m"}, {"-at=4m"}, {"-at=4m", "-theme=light"}, {"-at=4m", "-select=pump.flow"}} {
		out := made(t, x, "-png", "run.png", append(more, "-size=1000x700")...)
		img, err := png.Decode(out)
		require.NoError(t, err)
		assert.Equal(t, 1000, img.Bounds().Dx())
		assert.Equal(t, 700, img.Bounds().Dy())
		_, _, _, alpha := img.At(0, 0).RGBA()
		assert.EqualValues(t, 0xFFFF, alpha)
		data, err := os.ReadFile(out.Name())
		require.NoError(t, err)
		assert.False(t, seen[string(data)], more)
		seen[string(data)] = true
	}
}

// An animation of a long span is short, one of a short span as long as that was.
func TestAnimationOfARun(t *testing.T) {
	x := recorded(t, "tower/spoofed-gauge")
	lasts := func(more ...string) (centiseconds int) {
		g, err := gif.DecodeAll(made(t, x, "-gif", "run.gif", append(more, "-size=400x300")...))
		require.NoError(t, err)
		assert.Equal(t, 400, g.Config.Width)
		assert.Greater(t, len(g.Image), 1)
		for _, d := range g.Delay[:len(g.Delay)-1] {
			centiseconds += d
		}
		return centiseconds
	}
	assert.InDelta(t, 1000, lasts(), 60)
	assert.InDelta(t, 200, lasts("-from=2m", "-to=2m2s", "-fps=10"), 30)
}

func TestVideo(t *testing.T) {
	x := recorded(t, "tower/spoofed-gauge")
	if _, err := exec.LookPath("ffmpeg"); err == nil {
		out := made(t, x, "-mp4", "run.mp4", "-size=401x301", "-from=2m", "-to=2m1s")
		head := make([]byte, 12)
		_, err := out.Read(head)
		require.NoError(t, err)
		assert.Equal(t, "ftyp", string(head[4:8]))
	}
	t.Setenv("PATH", "")
	o, err := parseOptions([]string{"-mp4=run.mp4", "run.mcap"})
	require.NoError(t, err)
	require.ErrorContains(t, o.show([]*opened{x}), "a video needs ffmpeg, which is not installed; write an animation instead: --gif run.gif")
}
