//go:build !js

package main

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/raster"
	"github.com/harmproof/harmproof/viz/view"
)

// A camera takes pictures of a view.
type camera struct {
	view    *view.View
	list    draw.List
	painter raster.Painter
	img     *image.RGBA
}

// mostRead is how large a trace may be that is read to its end before the first picture. Of
// a larger one lanes and plots come from its overview.
const mostRead = 64 << 20

func newCamera(o *options, traces []*opened) (*camera, error) {
	small := true
	for _, t := range traces {
		small = small && t.size <= mostRead
	}
	v, err := newView(unnamed(traces), o.opens(small), o.chosen)
	if err != nil {
		return nil, err
	}
	return &camera{view: v, img: image.NewRGBA(image.Rect(0, 0, o.width, o.height))}, nil
}

// take takes the picture of now; it is good until the next one.
func (c *camera) take() (*image.RGBA, error) {
	size := c.img.Rect.Size()
	if err := c.view.Update(view.Input{Width: float32(size.X), Height: float32(size.Y), Scale: 1}); err != nil {
		return nil, err
	}
	c.list.Reset()
	c.view.Draw(&c.list)
	c.painter.Paint(c.img, &c.list)
	return c.img, nil
}

// takeAt takes the picture of a time.
func (c *camera) takeAt(when vtime.Time) (*image.RGBA, error) {
	c.view.Seek(when)
	return c.take()
}

// create makes a file and has it written; where that fails there is none.
func create(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		_ = os.Remove(name)
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

// writePNG writes one picture.
func writePNG(o *options, traces []*opened) error {
	c, err := newCamera(o, traces)
	if err != nil {
		return err
	}
	img, err := c.take()
	if err != nil {
		return err
	}
	coder := png.Encoder{CompressionLevel: png.BestCompression}
	return create(o.png, func(out io.Writer) error { return coder.Encode(out, img) })
}
