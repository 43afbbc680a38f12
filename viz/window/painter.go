package window

import (
	"image"

	"github.com/hajimehoshi/ebiten/v2"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/mesh"
)

// A painter paints pictures with the graphics card.
type painter struct {
	mesh     mesh.Mesh
	vertices []ebiten.Vertex
	texture  *ebiten.Image // the atlas
	pixels   []byte
}

func (p *painter) paint(screen *ebiten.Image, l *draw.List) {
	size := screen.Bounds().Size()
	p.mesh.Build(l, size.X, size.Y)
	p.upload()
	p.vertices = p.vertices[:0]
	var color draw.Color
	var like ebiten.Vertex // of that color
	for i := range p.mesh.Vertices {
		v := &p.mesh.Vertices[i]
		if v.Color != color {
			color = v.Color
			like.ColorR, like.ColorG = channel(color>>24), channel(color>>16)
			like.ColorB, like.ColorA = channel(color>>8), channel(color)
		}
		like.DstX, like.DstY, like.SrcX, like.SrcY = v.X, v.Y, v.U, v.V
		p.vertices = append(p.vertices, like)
	}
	screen.DrawTriangles32(p.vertices, p.mesh.Indices, p.texture, nil)
}

func channel(c draw.Color) float32 { return float32(c&0xFF) / 255 }

// upload brings the letters that are new onto the graphics card.
func (p *painter) upload() {
	atlas := &p.mesh.Atlas
	from, to := atlas.Changed[0], atlas.Changed[1]
	if p.texture == nil || p.texture.Bounds().Dy() != atlas.Height() {
		if p.texture != nil {
			p.texture.Deallocate()
		}
		p.texture = ebiten.NewImage(mesh.AtlasWidth, atlas.Height())
		from, to = 0, atlas.Height()
	}
	if from == to {
		return
	}
	p.pixels = p.pixels[:0]
	for _, c := range atlas.Cover[from*mesh.AtlasWidth : to*mesh.AtlasWidth] {
		p.pixels = append(p.pixels, c, c, c, c)
	}
	rows := p.texture.SubImage(image.Rect(0, from, mesh.AtlasWidth, to)).(*ebiten.Image)
	rows.WritePixels(p.pixels)
	atlas.Clean()
}
