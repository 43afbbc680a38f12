package draw

// A Point is a place, or a distance.
type Point struct{ X, Y float32 }

// Plus returns the sum of two points.
func (p Point) Plus(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Minus returns the way from q to p.
func (p Point) Minus(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }

// Times returns a point scaled.
func (p Point) Times(f float32) Point { return Point{p.X * f, p.Y * f} }

// A Color is red, green, blue and opacity, a byte each from the highest: 0x1F77B4FF. Its
// opacity is not in the other three.
type Color uint32

// Fade returns the color with its opacity times a part from 0 to 1.
func (c Color) Fade(part float32) Color {
	return c&^0xFF | Color(float32(c&0xFF)*max(0, min(1, part))+0.5)
}

// Mix returns a color between two, part from the first to the second.
func (c Color) Mix(d Color, part float32) (mixed Color) {
	part = max(0, min(1, part))
	for shift := 0; shift < 32; shift += 8 {
		a, b := float32(c>>shift&0xFF), float32(d>>shift&0xFF)
		mixed |= Color(a+(b-a)*part+0.5) << shift
	}
	return mixed
}

// A Form is what a shape is.
type Form uint8

// The forms. Their points, Radius and Width are those of the list's methods.
const (
	FillForm Form = iota
	PolygonForm
	LineForm
	DiscForm
	ArcForm
	SectorForm
	TextForm
	ClipForm
	UnclipForm
)

// A Shape is one shape of a list. Its points are Points[First : First+Count].
type Shape struct {
	Form         Form
	Closed       bool // of a line
	Color        Color
	First, Count int32
	Radius       float32
	Width        float32 // of what is not filled; 0 where it is
	From, To     float32 // of an arc or a sector, radians clockwise from the right
	Style        Style
	Text         string
}

// A List is a picture: what comes later lies above.
type List struct {
	Shapes []Shape
	Points []Point
}

// Reset empties the list and keeps its room.
func (l *List) Reset() { l.Shapes, l.Points = l.Shapes[:0], l.Points[:0] }

func (l *List) add(s Shape, points ...Point) {
	s.First, s.Count = int32(len(l.Points)), int32(len(points))
	l.Points = append(l.Points, points...)
	l.Shapes = append(l.Shapes, s)
}

func (l *List) box(s Shape, r Rect) { l.add(s, Point{r.X, r.Y}, Point{r.X + r.W, r.Y + r.H}) }

// Fill fills a rectangle, whose corners may be round.
func (l *List) Fill(r Rect, radius float32, c Color) {
	l.box(Shape{Form: FillForm, Color: c, Radius: radius}, r)
}

// Frame draws the border of a rectangle, within it.
func (l *List) Frame(r Rect, radius, width float32, c Color) {
	l.box(Shape{Form: FillForm, Color: c, Radius: radius, Width: width}, r)
}

// Polygon fills a polygon that does not cross itself.
func (l *List) Polygon(c Color, points ...Point) {
	l.add(Shape{Form: PolygonForm, Color: c}, points...)
}

// Line draws a line along points.
func (l *List) Line(width float32, c Color, points ...Point) {
	l.add(Shape{Form: LineForm, Color: c, Width: width}, points...)
}

// Loop draws a line along points and back to the first.
func (l *List) Loop(width float32, c Color, points ...Point) {
	l.add(Shape{Form: LineForm, Color: c, Width: width, Closed: true}, points...)
}

// Disc fills a circle.
func (l *List) Disc(center Point, radius float32, c Color) {
	l.add(Shape{Form: DiscForm, Color: c, Radius: radius}, center)
}

// Ring draws the border of a circle, within it.
func (l *List) Ring(center Point, radius, width float32, c Color) {
	l.add(Shape{Form: DiscForm, Color: c, Radius: radius, Width: width}, center)
}

// Arc draws a part of a circle's border, within it, clockwise.
func (l *List) Arc(center Point, radius, width, from, to float32, c Color) {
	l.add(Shape{Form: ArcForm, Color: c, Radius: radius, Width: width, From: from, To: to}, center)
}

// Sector fills a piece of a cake.
func (l *List) Sector(center Point, radius, from, to float32, c Color) {
	l.add(Shape{Form: SectorForm, Color: c, Radius: radius, From: from, To: to}, center)
}

// Text writes a line; at is the left end of the line that the letters stand on.
func (l *List) Text(at Point, s Style, c Color, text string) {
	if text != "" {
		l.add(Shape{Form: TextForm, Color: c, Style: s, Text: text}, at)
	}
}

// Clip hides what is drawn outside of a rectangle from now on, and of the clips around it.
func (l *List) Clip(r Rect) { l.box(Shape{Form: ClipForm}, r) }

// Unclip ends the last clip.
func (l *List) Unclip() { l.add(Shape{Form: UnclipForm}) }
