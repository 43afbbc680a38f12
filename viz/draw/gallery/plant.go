package gallery

import (
	"strconv"

	"github.com/harmproof/harmproof/viz/draw"
)

// Plant returns a picture as full as that of 200 devices: 4 000 shapes, of which 1 500
// are texts.
func Plant() Picture {
	p := Picture{Name: "plant", Width: 1280, Height: 800}
	l := &p.List
	l.Fill(rect(0, 0, 1280, 800), 0, paper)
	for i := range 200 {
		x, y := 8+52*float32(i%18), 8+44*float32(i/18)
		device(l, x, y, i)
	}
	for i := range 50 {
		row(l, 960, 10+float32(i)*15.5, i)
	}
	lanes(l)
	return p
}

// device is a card of twelve shapes, four of them texts.
func device(l *draw.List, x, y float32, i int) {
	l.Fill(rect(x, y, 46, 38), 5, 0xFFFFFFFF)
	l.Frame(rect(x, y, 46, 38), 5, 1, blue.Fade(0.6))
	l.Disc(at(x+9, y+9), 5, blue)
	l.Ring(at(x+9, y+9), 7, 1, ink)
	l.Arc(at(x+37, y+9), 6, 2, 2.5, 5.5, orange)
	l.Polygon(red.Fade(0.7), at(x+20, y+4), at(x+26, y+4), at(x+23, y+12))
	l.Line(1, purple, at(x+46, y+20), at(x+50, y+20), at(x+50, y+40), at(x+60, y+40))
	l.Line(1.5, ink.Fade(0.4), at(x+20, y+40), at(x+44, y+62))
	l.Text(at(x+4, y+24), draw.Style{Font: draw.Bold, Size: 8}, ink, "T"+strconv.Itoa(100+i))
	l.Text(at(x+24, y+24), draw.Style{Size: 8}, ink, "pump")
	l.Text(at(x+4, y+34), draw.Style{Font: draw.Mono, Size: 8}, ink, strconv.Itoa(i*37)+".5")
	l.Text(at(x+30, y+34), draw.Style{Size: 8}, ink.Fade(0.6), "m3/h")
}

// row is a line of a list: thirteen texts and six other shapes.
func row(l *draw.List, x, y float32, i int) {
	l.Fill(rect(x, y, 310, 14), 3, blue.Fade(0.1))
	l.Disc(at(x+7, y+7), 3, red)
	for k := range 4 {
		l.Fill(rect(x+100+float32(k)*50, y+2, 40, 10), 0, orange.Fade(0.2))
	}
	for k := range 13 {
		l.Text(at(x+14+float32(k)*23, y+11), draw.Style{Size: 11}, ink, strconv.Itoa(1000+i*7+k))
	}
}

// lanes is a timeline with events, and a curve.
func lanes(l *draw.List) {
	for i := range 7 {
		l.Fill(rect(8, 505+40*float32(i), 940, 36), 0, night.Fade(0.05))
		l.Text(at(12, 520+40*float32(i)), draw.Style{Size: 11}, ink, "lane "+strconv.Itoa(i)+" of the timeline")
		for k := range 60 {
			l.Fill(rect(12.5+15.5*float32(k), 525+40*float32(i), 3.2, 12), 0, blue.Fade(0.6))
		}
	}
	var curve []draw.Point
	for i := range 400 {
		curve = append(curve, at(10+2.3*float32(i), 700+float32((i*i)%61)))
	}
	l.Line(1.5, red, curve...)
}
