//go:build !js

package main

import (
	"image"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A film is pictures at equal steps of time.
type film struct {
	from, to vtime.Time
	frames   int
	fps      int
}

// newFilm plans a film: of a short span as it was, of a long one so that it takes as many
// seconds as given.
func newFilm(o *options, traces []*opened, fps, seconds int) *film {
	f := &film{from: vtime.Never, fps: fps}
	if o.fps > 0 {
		f.fps = o.fps
	}
	for _, t := range traces {
		f.from, f.to = min(f.from, t.Header.From), max(f.to, t.Last())
	}
	if o.from != nil {
		f.from = max(f.from, min(f.to, *o.from))
	}
	if o.to != nil {
		f.to = max(f.from, min(f.to, *o.to))
	}
	lasts := min(float64(seconds), (f.to - f.from).Seconds())
	f.frames = max(2, int(lasts*float64(f.fps)+0.5))
	return f
}

// at is the time of a picture.
func (f *film) at(i int) vtime.Time {
	return f.from + vtime.Time(float64(f.to-f.from)*(float64(i)/float64(f.frames-1)))
}

// each takes the pictures one by one.
func (f *film) each(c *camera, take func(i int, img *image.RGBA) error) error {
	for i := range f.frames {
		img, err := c.takeAt(f.at(i))
		if err == nil {
			err = take(i, img)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
