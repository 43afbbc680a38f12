//go:build !js

package main

import (
	"image"
	"image/color"
	"image/gif"
	"io"
)

// Animations take ten seconds at most, of eight pictures a second: larger ones nobody can
// send.
const (
	gifFPS     = 8
	gifSeconds = 10
	mostFrames = 1200
)

// writeGIF writes an animation.
func writeGIF(o *options, traces []*opened) error {
	c, err := newCamera(o, traces)
	if err != nil {
		return err
	}
	f := newFilm(o, traces, gifFPS, gifSeconds)
	f.frames = min(f.frames, mostFrames)
	var h histogram
	for _, i := range []int{0, f.frames / 4, f.frames / 2, 3 * f.frames / 4, f.frames - 1} {
		img, err := c.takeAt(f.at(i))
		if err != nil {
			return err
		}
		h.add(img)
	}
	a := newAnimation(h.palette(255), f.fps)
	if err := f.each(c, func(_ int, img *image.RGBA) error { a.add(img); return nil }); err != nil {
		return err
	}
	a.out.Delay[len(a.out.Delay)-1] = 200 // rest at the end
	return create(o.gif, func(out io.Writer) error { return gif.EncodeAll(out, &a.out) })
}

// An animation is pictures of which each has what has changed since the one before.
type animation struct {
	out     gif.GIF
	palette color.Palette // the last color is none: what has not changed
	near    [1 << 15]int16
	last    []uint8
	delay   int
}

func newAnimation(p color.Palette, fps int) *animation {
	a := &animation{palette: append(p, color.RGBA{}), delay: max(2, 100/fps)}
	for k := range a.near {
		a.near[k] = -1
	}
	return a
}

// index is the number of the color that is nearest.
func (a *animation) index(r, g, b uint8) uint8 {
	k := bin(r, g, b)
	if a.near[k] < 0 {
		a.near[k] = int16(a.palette[:len(a.palette)-1].Index(color.RGBA{r, g, b, 255}))
	}
	return uint8(a.near[k])
}

// add adds a picture.
func (a *animation) add(img *image.RGBA) {
	size := img.Rect.Size()
	now := make([]uint8, size.X*size.Y)
	changed := image.Rectangle{}
	for i := range now {
		p := img.Pix[4*i : 4*i+3]
		now[i] = a.index(p[0], p[1], p[2])
		if a.last == nil || now[i] != a.last[i] {
			x, y := i%size.X, i/size.X
			changed = changed.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	if changed.Empty() {
		a.out.Delay[len(a.out.Delay)-1] += a.delay
		return
	}
	none := uint8(len(a.palette) - 1)
	part := image.NewPaletted(changed, a.palette)
	for y := changed.Min.Y; y < changed.Max.Y; y++ {
		for x := changed.Min.X; x < changed.Max.X; x++ {
			i := y*size.X + x
			if v := now[i]; a.last == nil || v != a.last[i] {
				part.SetColorIndex(x, y, v)
			} else {
				part.SetColorIndex(x, y, none)
			}
		}
	}
	a.last = now
	a.out.Image, a.out.Delay = append(a.out.Image, part), append(a.out.Delay, a.delay)
	a.out.Disposal = append(a.out.Disposal, gif.DisposalNone)
	a.out.Config = image.Config{ColorModel: a.palette, Width: size.X, Height: size.Y}
}
