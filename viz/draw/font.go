package draw

import (
	"fmt"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// em is the size at which outlines are read. It is the one that the fonts were drawn at, so
// that nothing is rounded.
const em = 2048

// What the three fonts have in common, in parts of the size. The fonts' own tables say so
// and a test compares.
const (
	ascent  = 0.9448
	descent = 0.2109
	capital = 0.7226
	small   = 0.5303 // of an x
)

// missing is how wide the box is that stands for a rune without a glyph.
const missing = 0.6

// A face is what is known of a font once and for all: nothing writes to it once it is made.
type face struct {
	font  *sfnt.Font
	ascii [128]float32 // how wide letters are, in parts of the size
	other map[rune]float32
}

var faces = [...]func() *face{
	Regular: sync.OnceValue(func() *face { return load(goregular.TTF) }),
	Bold:    sync.OnceValue(func() *face { return load(gobold.TTF) }),
	Mono:    sync.OnceValue(func() *face { return load(gomono.TTF) }),
}

// face returns the face of a font, Regular where there is no such font.
func (f Font) face() *face {
	if int(f) >= len(faces) {
		f = Regular
	}
	return faces[f]()
}

// inhabited is where the fonts have letters: up to which rune from which.
var inhabited = [...][2]rune{{0, 0x2700}, {0xF800, 0x10000}}

// load reads one of the fonts that are built in.
func load(ttf []byte) *face {
	font, err := sfnt.Parse(ttf)
	if err != nil {
		panic(fmt.Sprintf("draw: a font that is built in cannot be read: %v", err))
	}
	f := &face{font: font, other: map[rune]float32{}}
	var b sfnt.Buffer
	for _, among := range inhabited {
		for r := among[0]; r < among[1]; r++ {
			width, ok := advance(font, &b, r)
			switch {
			case r < 128 && ok:
				f.ascii[r] = width
			case r < 128:
				f.ascii[r] = missing
			case ok:
				f.other[r] = width
			}
		}
	}
	return f
}

// advance reads how wide a letter is, in parts of the size, and whether there is one.
func advance(f *sfnt.Font, b *sfnt.Buffer, r rune) (float32, bool) {
	glyph, err := f.GlyphIndex(b, r)
	if err != nil || glyph == 0 {
		return 0, false
	}
	width, err := f.GlyphAdvance(b, glyph, fixed.I(em), 0)
	return float32(width) / (64 * em), err == nil
}

// advance returns how wide a letter is, in parts of the size.
func (f *face) advance(r rune) float32 {
	if uint32(r) < 128 {
		return f.ascii[r]
	}
	if width, ok := f.other[r]; ok {
		return width
	}
	return missing
}
