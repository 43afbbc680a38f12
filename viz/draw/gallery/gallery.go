package gallery

import "github.com/harmproof/harmproof/viz/draw"

// A Picture is a list with a name and a size.
type Picture struct {
	Name          string
	Width, Height int
	List          draw.List
}

const (
	paper  draw.Color = 0xF7F7F5FF
	ink    draw.Color = 0x222222FF
	night  draw.Color = 0x1E2430FF
	blue   draw.Color = 0x1F77B4FF
	orange draw.Color = 0xFF7F0EFF
	red    draw.Color = 0xD62728FF
	purple draw.Color = 0x9467BDFF
)

func at(x, y float32) draw.Point { return draw.Point{X: x, Y: y} }

func rect(x, y, w, h float32) draw.Rect { return draw.Rect{X: x, Y: y, W: w, H: h} }

// Pictures returns one picture for every kind of shape, solid and half transparent.
func Pictures() []Picture {
	var all []Picture
	for _, p := range []struct {
		name string
		draw func(*draw.List)
	}{
		{"fills", fills}, {"frames", frames}, {"discs", discs}, {"arcs", arcs}, {"polygons", polygons},
		{"lines", lines}, {"joins", joins}, {"text", text}, {"clips", clips},
	} {
		picture := Picture{Name: p.name, Width: 240, Height: 120}
		picture.List.Fill(rect(0, 0, 240, 120), 0, paper)
		p.draw(&picture.List)
		all = append(all, picture)
	}
	return all
}

func fills(l *draw.List) {
	l.Fill(rect(10, 10, 60, 40), 0, blue)
	l.Fill(rect(80.25, 10.5, 60.5, 40.75), 0, blue.Fade(0.5))
	l.Fill(rect(150, 10, 60, 40), 10, blue)
	l.Fill(rect(10, 60, 60, 40), 20, blue.Fade(0.5))
	l.Fill(rect(80.3, 60.6, 60, 20), 4, orange)
	l.Fill(rect(80, 90, 60, 0.4), 0, ink)
	l.Fill(rect(150, 60, 0.5, 40), 3, ink)
	l.Fill(rect(160, 60, 3, 40), 9, ink)
	l.Fill(rect(170, 60, 60, 40), 1, red.Fade(0.5))
}

func frames(l *draw.List) {
	for i, width := range []float32{0.5, 1, 2.5, 6} {
		x := 10 + 56*float32(i)
		l.Frame(rect(x, 10, 46, 46), 0, width, blue.Fade(0.5))
		l.Frame(rect(x+0.3, 63.6, 46, 46), 8, width, purple.Fade(0.5))
	}
}

func discs(l *draw.List) {
	for i := range 10 {
		f := float32(i)
		l.Disc(at(14+22*f, 16.5), 0.3+f, blue)
		l.Disc(at(14.3+22*f, 41), 0.3+f, blue.Fade(0.5))
		l.Ring(at(14+22*f, 68.5), 0.3+f, 1, orange)
		l.Ring(at(14+22*f, 95), 0.3+f, 2.5, orange.Fade(0.5))
	}
}

func arcs(l *draw.List) {
	l.Arc(at(30, 30), 24, 8, 0, 4, purple.Fade(0.5))
	l.Arc(at(85, 30), 24, 1, 0.5, 5.8, purple)
	l.Arc(at(140, 30), 24, 0.4, -2, 1, purple)
	l.Arc(at(195, 30), 24, 24, -2, 1, purple.Fade(0.5))
	l.Sector(at(30, 88), 24, -1, 1.2, orange.Fade(0.5))
	l.Sector(at(85, 88), 24, 0.5, 5.8, orange.Fade(0.5))
	l.Sector(at(140, 88), 24, 0, 6.3, orange)
	l.Sector(at(195, 88), 24, 0, 0.1, orange)
}

var star = []draw.Point{at(0, -30), at(8, -8), at(30, 0), at(8, 8), at(0, 30), at(-8, 8), at(-30, 0), at(-8, -8)}

func moved(points []draw.Point, by draw.Point) (list []draw.Point) {
	for _, p := range points {
		list = append(list, p.Plus(by))
	}
	return list
}

func polygons(l *draw.List) {
	l.Polygon(orange.Fade(0.5), at(10, 10), at(80, 20), at(35, 40), at(70, 100), at(5, 90))
	l.Polygon(blue.Fade(0.5), moved(star, at(125, 60))...)
	l.Polygon(ink, at(170, 10), at(180, 15), at(170, 20))
	l.Polygon(ink, at(190, 10), at(235, 11), at(190, 12))
	l.Polygon(red, at(170, 30), at(230, 30), at(230, 50), at(170, 50))
	l.Polygon(red.Fade(0.5), at(200, 60), at(230, 85), at(200, 110), at(170, 85))
}

func lines(l *draw.List) {
	for i := range 12 {
		f := float32(i)
		l.Line(0.25+f/4, ink, at(10, 10+9*f), at(70, 10.5+5*f))
		l.Line(0.25+f/4, blue.Fade(0.5), at(80+4*f, 10), at(80+7*f, 110))
	}
	l.Line(1, ink, at(180, 20.5), at(230, 20.5))
	l.Line(2, ink, at(180, 30), at(230, 30))
	l.Line(1.5, ink, at(190.3, 40), at(190.3, 110))
	l.Line(1, ink, at(200.5, 40), at(200.5, 110))
	l.Line(8, red.Fade(0.5), at(215, 45), at(225, 105))
}

func joins(l *draw.List) {
	l.Line(10, blue.Fade(0.5), at(10, 15), at(40, 50), at(70, 15), at(95, 50), at(105, 15), at(110, 50))
	l.Line(1, ink, at(10, 65), at(40, 105), at(70, 65), at(74, 105), at(78, 65))
	l.Loop(6, orange.Fade(0.5), at(130, 15), at(190, 20), at(160, 50))
	l.Loop(1, purple, moved(star, at(210, 80))...)
	l.Line(3, ink, at(100, 70), at(120, 70), at(120, 100), at(150, 100), at(150, 75), at(170, 75))
}

func text(l *draw.List) {
	y := float32(13)
	for _, s := range []draw.Style{
		{Size: 11}, {Size: 13}, {Font: draw.Bold, Size: 13}, {Font: draw.Mono, Size: 12}, {Font: draw.Bold, Size: 16},
	} {
		l.Text(at(5, y), s, ink, "Reactor 2 told 3.42 bar − 12:49.348 → ±²▲●…")
		y += s.Height() + 3
	}
	l.Fill(rect(0, 92, 240, 28), 0, night)
	l.Text(at(5.3, 110), draw.Style{Size: 13}, paper.Fade(0.8), "Gauge silent since 0m12.500s µ ° 漢")
}

func clips(l *draw.List) {
	l.Clip(rect(20.2, 20, 200, 80))
	l.Fill(rect(0, 0, 240, 120), 0, night)
	l.Disc(at(20, 60), 30, red)
	l.Clip(rect(100, 10, 60, 50))
	l.Disc(at(100, 60), 30, blue)
	l.Text(at(80, 50), draw.Style{Size: 20}, paper, "Cut off where it ends")
	l.Line(4, orange, at(90, 10), at(200, 70))
	l.Unclip()
	l.Polygon(purple.Fade(0.5), moved(star, at(200, 90))...)
	l.Unclip()
	l.Fill(rect(225, 100, 10, 10), 3, ink)
}
