package draw

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"
)

// used is what the replay writes beyond ASCII.
const used = "−×·→←↑↓▲▼●○■…°µ²³±≤≥≠äöüßéñ–—“”‘’"

// The fonts have a glyph for all that is written.
func TestFontsHaveWhatIsWritten(t *testing.T) {
	for f := Regular; f <= Mono; f++ {
		for _, r := range used {
			require.Contains(t, f.face().other, r, "font %d has no %c", f, r)
		}
		for r := rune(' '); r < 127; r++ {
			glyph, err := f.face().font.GlyphIndex(nil, r)
			require.NoError(t, err)
			require.NotZero(t, glyph, "font %d has no %c", f, r)
		}
	}
	require.Equal(t, Regular.face(), Font(77).face())
}

// Reading a font looks where letters are, and nowhere else are any.
func TestAllLettersAreFound(t *testing.T) {
	for f := Regular; f <= Mono; f++ {
		var b sfnt.Buffer
		for r := rune(128); r < 0x20000; r++ {
			_, found := f.face().other[r]
			if _, ok := advance(f.face().font, &b, r); ok != found {
				t.Errorf("font %d: %U is there %v and was found %v", f, r, ok, found)
			}
		}
	}
}

// What is said of the fonts is what their tables say.
func TestMetricsAreThoseOfTheFonts(t *testing.T) {
	for f := Regular; f <= Mono; f++ {
		var b sfnt.Buffer
		m, err := f.face().font.Metrics(&b, fixed.I(em), font.HintingNone)
		require.NoError(t, err)
		part := func(x fixed.Int26_6) float64 { return float64(x) / (64 * em) }
		require.InDelta(t, part(m.Ascent), ascent, 1e-3)
		require.InDelta(t, part(m.Descent), descent, 1e-3)
		require.InDelta(t, part(m.CapHeight), capital, 1e-3)
		require.InDelta(t, part(m.XHeight), small, 7e-3, "that of Bold is a little more")
	}
}

// How wide a line is agrees with x/image's own measure, a letter's width being rounded to
// 1/64 of a pixel there, and kerning apart.
func TestWidthIsThatOfTheFont(t *testing.T) {
	for f, ttf := range map[Font][]byte{Regular: goregular.TTF, Bold: gobold.TTF, Mono: gomono.TTF} {
		parsed, err := opentype.Parse(ttf)
		require.NoError(t, err)
		for _, size := range []float32{8.5, 13, 40} {
			face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size), DPI: 72})
			require.NoError(t, err)
			for _, text := range []string{"Reactor 2 told 3.42 bar", used, ""} {
				want := 0.0
				for _, r := range text {
					a, ok := face.GlyphAdvance(r)
					require.True(t, ok)
					want += float64(a) / 64
				}
				runes := float64(utf8.RuneCountInString(text))
				require.InDelta(t, want, Style{f, size}.Width(text), 1.0/64*runes+1e-3, text)
			}
		}
	}
}

func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Style{Font(rapid.IntRange(0, 3).Draw(t, "font")), rapid.Float32Range(-1, 200).Draw(t, "size")}
		text := rapid.String().Draw(t, "text")
		width := rapid.Float32Range(0, 300).Draw(t, "width")
		n := s.Fit(text, width)
		require.True(t, n == len(text) || utf8.RuneStart(text[n]))
		require.LessOrEqual(t, s.Width(text[:n]), width*1.0001)
		if n < len(text) {
			_, size := utf8.DecodeRuneInString(text[n:])
			require.Greater(t, s.Width(text[:n+size])*1.0001, width)
		}
	})
}

func TestMeasuringTakesNoMemory(t *testing.T) {
	s := Style{Bold, 13}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		s.Width("Reactor 2 told 3.42 bar −→▲漢")
		s.Fit("Reactor 2 told 3.42 bar −→▲漢", 60)
	}))
}

func BenchmarkWidth(b *testing.B) {
	s := Style{Regular, 13}
	for b.Loop() {
		s.Width("Reactor 2 told 3.42 bar")
	}
}

// A letter's pixels are those of an outline: as dark as at a large size, where fitting ends,
// once both are of one size, and within their field.
func TestGlyphs(t *testing.T) {
	var p Pen
	dark := func(s Style, r rune, part float32) (sum float64) {
		g := p.Glyph(s, r, part)
		require.Len(t, g.Cover, g.W*g.H)
		for _, c := range g.Cover {
			sum += float64(c) / 255
		}
		return sum / float64(s.Size) / float64(s.Size)
	}
	for f := Regular; f <= Mono; f++ {
		for _, r := range "AgMx8%▲" {
			large := dark(Style{f, 100}, r, 0)
			require.Greater(t, large, 0.05)
			for _, size := range []float32{11, 13, 24} {
				for part := float32(0); part < 1; part += 0.25 {
					require.InEpsilon(t, large, dark(Style{f, size}, r, part), 0.16, "%c at %v", r, size)
				}
			}
		}
		require.Zero(t, p.Glyph(Style{f, 12}, ' ', 0).W)
	}
}

// Capitals and small letters end between two pixels: the row above them is empty and their
// own first has all of the bar there, which is 0.07 of the size thick or more.
func TestLettersAreFitted(t *testing.T) {
	var p Pen
	for size := float32(9); size <= fitted; size += 0.5 {
		for _, r := range "ETz" {
			g := p.Glyph(Style{Regular, size}, r, 0)
			require.Zero(t, g.Y+g.H, "%c at %v stands on the line", r, size)
			top := byte(0)
			for _, c := range g.Cover[:g.W] {
				top = max(top, c)
			}
			require.Greater(t, float32(top), 255*min(0.9, 0.07*size), "%c at %v", r, size)
		}
	}
}

// What stands for a missing letter is a box, as high as a capital.
func TestMissingLetterIsABox(t *testing.T) {
	var p Pen
	g := p.Glyph(Style{Regular, 20}, '漢', 0)
	require.Equal(t, 8, g.W)
	middle := g.Cover[g.H/2*g.W : (g.H/2+1)*g.W]
	require.Zero(t, middle[g.W/2])
	require.Greater(t, max(middle[0], middle[1], middle[2]), byte(200))
	require.InDelta(t, 0.6*20, Style{Regular, 20}.Advance('漢'), 1e-4)
}
