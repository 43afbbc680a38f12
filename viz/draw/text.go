package draw

// A Font is how letters look.
type Font uint8

// The fonts.
const (
	Regular Font = iota
	Bold
	Mono
)

// A Style is a font of a size, in pixels. Sizes are rounded to half a pixel and end at
// Largest.
type Style struct {
	Font Font
	Size float32
}

// Largest is the size at which letters stop to grow.
const Largest = 160

// Rounded returns the style as it is drawn.
func (s Style) Rounded() Style {
	if !(s.Size > 0) { // not a number either
		return Style{Font: s.Font}
	}
	s.Size = float32(int(min(s.Size, Largest)*2+0.5)) / 2
	return s
}

// Width returns how long a line is.
func (s Style) Width(text string) (width float32) {
	f := s.Font.face()
	for _, r := range text {
		width += f.advance(r)
	}
	return width * s.Rounded().Size
}

// Advance returns how far the next letter is from the beginning of this one.
func (s Style) Advance(r rune) float32 { return s.Font.face().advance(r) * s.Rounded().Size }

// Fit returns how many bytes of a line fit into a width, in whole runes.
func (s Style) Fit(text string, width float32) int {
	f, size, used := s.Font.face(), s.Rounded().Size, float32(0)
	for i, r := range text {
		used += f.advance(r)
		if !(used*size <= width) {
			return i
		}
	}
	return len(text)
}

// Height is from one line to the next.
func (s Style) Height() float32 { return (ascent + descent) * s.Rounded().Size }

// Ascent is how far above the line letters reach.
func (s Style) Ascent() float32 { return ascent * s.Rounded().Size }

// Descent is how far below the line letters reach.
func (s Style) Descent() float32 { return descent * s.Rounded().Size }

// Capital is how tall capitals and digits are.
func (s Style) Capital() float32 { return capital * s.Rounded().Size }

// Base returns where the line runs on which capitals stand whose middle is at y.
func (s Style) Base(y float32) float32 { return y + s.Capital()/2 }
