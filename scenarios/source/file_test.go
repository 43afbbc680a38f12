package source

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestLines(t *testing.T) {
	f := New("a", []byte("\ufeffone\r\ntwö\n\nfour"))
	assert.Equal(t, 4, f.Lines())
	for n, want := range map[int]string{0: "", 1: "one", 2: "twö", 3: "", 4: "four", 5: ""} {
		assert.Equal(t, want, f.Line(n))
	}
	assert.Equal(t, "ö\n\nfour", string(f.Rest(Pos{2, 3})))
	assert.Equal(t, "\n\nfour", string(f.Rest(Pos{2, 9})))
	assert.Empty(t, f.Rest(Pos{9, 1}))
	assert.Equal(t, "a:2:3", f.Span(2, 3, 1).String())
	assert.Equal(t, "a", f.Whole().String())
	assert.False(t, f.Whole().Present())
}

// TestCursor compares a cursor that is used again with a new one.
func TestCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := New("a", []byte(rapid.StringOf(rapid.RuneFrom([]rune("aö日\n"))).Draw(t, "text")))
		c := Cursor{File: f}
		for range 20 {
			at := Pos{rapid.IntRange(-1, 5).Draw(t, "line"), rapid.IntRange(-1, 8).Draw(t, "column")}
			if got, want := string(c.Rest(at)), string(f.Rest(at)); got != want {
				t.Fatalf("%v: %q, want %q", at, got, want)
			}
		}
	})
}

func TestAt(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		value  string
		line   int
		column int
	}{
		"plain":          {"x: a < b", "a < b", 1, 4},
		"double":         {`x: "a < b"`, "a < b", 1, 4},
		"escapes":        {`x: "\"é\" \u00e9 < \\ \x41b"`, `"é" é < \ Ab`, 1, 4},
		"single":         {`x: 'it''s < b'`, "it's < b", 1, 4},
		"nested quotes":  {`x: '"20 mm" < b'`, `"20 mm" < b`, 1, 4},
		"plain lines":    {"x: a <\n   c and\n\n   b", "a < c and\nb", 1, 4},
		"folded":         {"x: >-\n  a <\n  c and\n  b\n", "a < c and b", 1, 4},
		"literal":        {"x: |\n  a <\n  c and b\n", "a <\nc and b", 1, 4},
		"wide":           {"x: \"日本\" < b", "日本 < b", 1, 4},
		"windows":        {"x: a <\r\n   b\r\n", "a < b", 1, 4},
		"double, broken": {"x: \"a <\n   c b\"", "a < c b", 1, 4},
	} {
		t.Run(name, func(t *testing.T) {
			f := New("f", []byte(c.text))
			text := Text{Value: c.value, Span: f.Span(c.line, c.column, 1)}
			for i, want := range []rune(c.value) {
				if want == ' ' || want == '\n' {
					continue
				}
				got, _ := utf8.DecodeRune(f.Rest(text.At(i, 1).Pos))
				if got != '\\' && want != '\'' {
					assert.Equal(t, string(want), string(got), "character %d", i)
				}
			}
			assert.NotPanics(t, func() { text.At(-1, 0); text.At(999, 1) })
		})
	}
	assert.Equal(t, Span{}, Text{Value: "x"}.At(0, 1))
}

func TestNearest(t *testing.T) {
	kinds := []string{"tank", "level-gauge", "level-alarm", "pump", "is", "if", "of"}
	for word, want := range map[string]string{
		"level-guage": "level-gauge", "level_gauge": "level-gauge", "Tank": "tank", "tnak": "tank", "pmp": "pump",
		"pumpp": "pump", "levelgauge": "level-gauge", "zebra": "", "": "", "x": "", "ix": "", "tank": "",
		"level": "",
	} {
		got, ok := Nearest(word, kinds)
		assert.Equal(t, want, got, word)
		assert.Equal(t, want != "", ok, word)
	}
	assert.Equal(t, `; did you mean "tank"?`, DidYouMean("tonk", kinds))
	assert.Empty(t, DidYouMean("zebra", kinds))
}

func TestSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"ca", "abc", 3}, {"größe", "grösse", 2}} {
		assert.Equal(t, c.want, slips([]rune(c.a), []rune(c.b)), c.a+" "+c.b)
		assert.Equal(t, c.want, slips([]rune(c.b), []rune(c.a)), c.b+" "+c.a)
	}
}
