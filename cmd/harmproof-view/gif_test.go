//go:build !js

package main

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// painted is a picture of a ground with a box, and a shade of many colors.
func painted(x int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 320, 200))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{0x11, 0x15, 0x1C, 255}), image.Point{}, draw.Src)
	for i := range 64 {
		img.SetRGBA(200+i, 100, color.RGBA{uint8(4 * i), uint8(255 - 4*i), uint8(2 * i), 255})
	}
	draw.Draw(img, image.Rect(x, 20, x+30, 50), image.NewUniform(color.RGBA{0xF0, 0x60, 0x3A, 255}), image.Point{}, draw.Src)
	return img
}

// Each picture of an animation, put onto those before, is what it was made of; areas have
// their colors exactly, and only what changes is written.
func TestAnimation(t *testing.T) {
	var h histogram
	frames := []*image.RGBA{painted(10), painted(10), painted(60), painted(110)}
	for _, f := range frames {
		h.add(f)
	}
	a := newAnimation(h.palette(255), 10)
	for _, f := range frames {
		a.add(f)
	}
	require.Len(t, a.out.Image, 3, "the second picture is the first")
	assert.Equal(t, []int{20, 10, 10}, a.out.Delay)
	assert.Equal(t, image.Rect(10, 20, 90, 50), a.out.Image[1].Rect)
	seen := image.NewRGBA(frames[0].Rect)
	for i, want := range []*image.RGBA{frames[0], frames[2], frames[3]} {
		p := a.out.Image[i]
		draw.Draw(seen, p.Rect, p, p.Rect.Min, draw.Over)
		worst := 0
		for k := range seen.Pix {
			d := int(seen.Pix[k]) - int(want.Pix[k])
			worst = max(worst, d, -d)
		}
		assert.LessOrEqual(t, worst, 7, "picture %d", i)
		assert.Equal(t, color.RGBA{0x11, 0x15, 0x1C, 255}, seen.RGBAAt(300, 190))
		assert.Equal(t, color.RGBA{0xF0, 0x60, 0x3A, 255}, seen.RGBAAt([]int{15, 65, 115}[i], 30))
	}
}
