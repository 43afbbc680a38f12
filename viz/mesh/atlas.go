package mesh

import "github.com/harmproof/harmproof/viz/draw"

// Blank is where in an atlas, both ways, all is covered: for what is no letter.
const Blank = 2

// The sizes of an atlas. It grows downwards, so that places stay where they are.
const (
	AtlasWidth = 1024
	least      = 256
	Tallest    = 2048 // it is begun anew when it would become taller
)

// parts is at how many places within a pixel letters are drawn.
const parts = 4

// An Atlas is an image with every letter that was drawn, once for each style and each
// quarter of a pixel at which it began. The zero value is ready and empty.
type Atlas struct {
	// Cover is how much of each pixel is covered, AtlasWidth to a row.
	Cover []byte
	// Changed is which rows have changed since the last call of Clean, from and to.
	Changed [2]int

	pen     draw.Pen
	strikes map[draw.Style]*strike
	x, y    int // where the next letter goes
	row     int // how tall the row of letters is
}

// A strike is the letters of a style.
type strike struct {
	ascii [128]letter
	other map[rune]*letter
}

// A letter is one as drawn at each part of a pixel.
type letter struct {
	places  [parts]place
	advance float32
}

// A place is where a glyph is in the atlas, and where it is from its pen.
type place struct {
	drawn      bool
	u, v, w, h int16
	x, y       int16
}

// Height is how many rows the atlas has.
func (a *Atlas) Height() int { return len(a.Cover) / AtlasWidth }

// Clean says that the changes have been seen.
func (a *Atlas) Clean() { a.Changed = [2]int{} }

func (a *Atlas) change(from, to int) {
	if a.Changed[0] == a.Changed[1] {
		a.Changed = [2]int{from, to}
		return
	}
	a.Changed = [2]int{min(a.Changed[0], from), max(a.Changed[1], to)}
}

// begin makes an atlas that can be used.
func (a *Atlas) begin() {
	if a.strikes == nil {
		a.Cover = make([]byte, AtlasWidth*least)
		a.clear()
	}
}

// clear forgets all letters.
func (a *Atlas) clear() {
	clear(a.Cover)
	a.strikes = map[draw.Style]*strike{}
	for y := range 2 * Blank {
		for x := range 2 * Blank {
			a.Cover[y*AtlasWidth+x] = 0xFF
		}
	}
	a.x, a.y, a.row = 2*Blank+1, 0, 2*Blank
	a.change(0, a.Height())
}

// strike returns the letters of a style.
func (a *Atlas) strike(s draw.Style) *strike {
	k := a.strikes[s]
	if k == nil {
		k = &strike{other: map[rune]*letter{}}
		for r := range k.ascii {
			k.ascii[r].advance = s.Advance(rune(r))
		}
		a.strikes[s] = k
	}
	return k
}

func (k *strike) letter(s draw.Style, r rune) *letter {
	if uint32(r) < 128 {
		return &k.ascii[r]
	}
	l := k.other[r]
	if l == nil {
		l = &letter{advance: s.Advance(r)}
		k.other[r] = l
	}
	return l
}

// draw draws a letter into the atlas and reports whether there was room.
func (a *Atlas) draw(s draw.Style, r rune, part int, p *place) bool {
	g := a.pen.Glyph(s, r, float32(part)/parts)
	if a.x+g.W+1 > AtlasWidth {
		a.x, a.y, a.row = 0, a.y+a.row+1, 0
	}
	if !a.grow(a.y + g.H + 1) {
		return false
	}
	for y := range g.H {
		copy(a.Cover[(a.y+y)*AtlasWidth+a.x:], g.Cover[y*g.W:(y+1)*g.W])
	}
	a.change(a.y, a.y+g.H)
	*p = place{true, int16(a.x), int16(a.y), int16(g.W), int16(g.H), int16(g.X), int16(g.Y)}
	a.x, a.row = a.x+g.W+1, max(a.row, g.H)
	return true
}

// grow makes room for a number of rows, if the atlas may have them.
func (a *Atlas) grow(rows int) bool {
	if rows > Tallest {
		return false
	}
	for a.Height() < rows {
		a.Cover = append(a.Cover, make([]byte, len(a.Cover))...)
		a.change(0, a.Height())
	}
	return true
}
