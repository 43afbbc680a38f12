package raster

import (
	"image"
	"sync"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/mesh"
)

// A Painter paints pictures. The zero value is ready; it keeps its memory from one picture
// to the next.
type Painter struct {
	mesh  mesh.Mesh
	lower target // half of the image, which another goroutine paints
	paint func()
	wait  sync.WaitGroup
}

// Paint fills an image with a picture. What the picture leaves free is transparent.
func (p *Painter) Paint(img *image.RGBA, l *draw.List) {
	size := img.Rect.Size()
	if size.X <= 0 || size.Y <= 0 {
		return
	}
	p.mesh.Build(l, size.X, size.Y)
	if p.paint == nil { // made once, as starting it then takes no memory
		p.paint = func() {
			p.lower.paint(&p.mesh)
			p.wait.Done()
		}
	}
	// What a pixel becomes does not depend on which half it is in.
	middle := size.Y / 2
	p.lower = target{img.Pix, img.Stride, size.X, middle, size.Y}
	p.wait.Add(1)
	go p.paint()
	target{img.Pix, img.Stride, size.X, 0, middle}.paint(&p.mesh)
	p.wait.Wait()
	p.lower = target{}
}

// Image returns a picture as an image of its own.
func Image(l *draw.List, width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, max(0, width), max(0, height)))
	Paint(img, l)
	return img
}

// Paint fills an image with a picture, as a painter does that paints no other.
func Paint(img *image.RGBA, l *draw.List) { new(Painter).Paint(img, l) }
