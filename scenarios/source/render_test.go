package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRenderAsPrinted(t *testing.T) {
	text := strings.Repeat("\n", 8) + "      height: 4\n" + strings.Repeat("\n", 4) + "      is: level-guage\n"
	f := New("plant.yaml", []byte(text))
	var problems Problems
	problems.Errorf(f.Span(14, 11, 11), "harmproof list --kinds shows them",
		`there is no kind "level-guage"%s`, DidYouMean("level-guage", []string{"tank", "level-gauge"}))
	problems.Errorf(f.Span(9, 15, 1), "write `4 m` (or mm, cm, ft, in)", "height needs its unit")
	problems.Add(problems[0]) // said twice, shown once
	want := `plant.yaml has 2 mistakes. Nothing was run.

plant.yaml:9:15  height needs its unit
   9 |       height: 4
     |               ^ write ` + "`4 m`" + ` (or mm, cm, ft, in)

plant.yaml:14:11  there is no kind "level-guage"; did you mean "level-gauge"?
  14 |       is: level-guage
     |           ^~~~~~~~~~~ harmproof list --kinds shows them
`
	assert.Equal(t, want, problems.Error())
}

func TestCount(t *testing.T) {
	a, b := New("a.yaml", []byte("a\nb\n")), New("b.yaml", []byte("b\n"))
	mistake := func(f *File, line int) Problem { return Errorf(f.Span(line, 1, 1), "f", "m") }
	warning := func(f *File, line int) Problem { return Warnf(f.Span(line, 1, 1), "f", "w") }
	for want, problems := range map[string]Problems{
		"0 mistakes":                          nil,
		"a.yaml has 1 mistake":                {mistake(a, 1)},
		"a.yaml has 2 mistakes":               {mistake(a, 1), mistake(a, 2)},
		"a.yaml has 1 warning":                {warning(a, 1)},
		"a.yaml has 1 mistake and 1 warning":  {mistake(a, 1), warning(a, 1)},
		"2 mistakes in 2 files":               {mistake(a, 1), mistake(b, 1)},
		"1 mistake and 2 warnings in 2 files": {mistake(a, 1), warning(b, 1), warning(a, 2)},
		"1 mistake":                           {{Message: "no place at all"}},
		`evil\x1b[31m.yaml has 1 mistake`:     {mistake(New("evil\x1b[31m.yaml", nil), 1)},
	} {
		assert.Equal(t, want+".\n", strings.SplitAfter(problems.Render(""), "\n")[0])
	}
}

func TestErr(t *testing.T) {
	f := New("a.yaml", nil)
	assert.NoError(t, Problems{}.Err())
	assert.NoError(t, Problems{Warnf(f.Whole(), "", "w")}.Err())
	err := Problems{Warnf(f.Whole(), "", "w"), Errorf(f.Whole(), "", "m")}.Err()
	var problems Problems
	require.ErrorAs(t, err, &problems)
	assert.Len(t, problems.Errors(), 1)
}

func TestOnlyTheFirstAreShown(t *testing.T) {
	f := New("a.yaml", []byte(strings.Repeat("x\n", 40)))
	var problems Problems
	for i := range 32 {
		problems.Errorf(f.Span(32-i, 1, 1), "fix", "m%d", 32-i)
	}
	got := problems.Error()
	assert.True(t, strings.HasPrefix(got, "a.yaml has 32 mistakes."))
	assert.Contains(t, got, "a.yaml:20:1  m20\n")
	assert.NotContains(t, got, "a.yaml:21:1")
	assert.True(t, strings.HasSuffix(got, "\n... and 12 more\n"))
}

func TestSnippets(t *testing.T) {
	long := strings.Repeat("abcdefghi ", 30)
	for _, c := range []struct {
		name, line string
		column     int
		width      int
		fix        string
		want       string
	}{
		{"tab", "\tx:\tbad", 5, 3, "fix", "   1 |     x:    bad\n     |           ^~~ fix\n"},
		{"a tab itself", "\tx", 1, 1, "fix", "   1 |     x\n     | ^~~~ fix\n"},
		{"wide", "日本: bad", 5, 3, "fix", "   1 | 日本: bad\n     |       ^~~ fix\n"},
		{"wide itself", "a: 日本", 4, 2, "fix", "   1 | a: 日本\n     |    ^~~~ fix\n"},
		{"combining", "e\u0301: bad", 5, 3, "fix", "   1 | e\u0301: bad\n     |    ^~~ fix\n"},
		{"control", "a\x1b[31m: bad", 9, 3, "fix", "   1 | a\\x1b[31m: bad\n     |            ^~~ fix\n"},
		{"bidi", "a\u202e: bad", 5, 3, "fix", "   1 | a\\u202e: bad\n     |          ^~~ fix\n"},
		{"not UTF-8", "a\xff: bad", 5, 3, "fix", "   1 | a\\xff: bad\n     |        ^~~ fix\n"},
		{"after the end", "abc", 9, 1, "fix", "   1 | abc\n     |    ^ fix\n"},
		{"no width", "abc", 2, 0, "fix", "   1 | abc\n     |  ^ fix\n"},
		{"too wide", "abc", 2, 99, "", "   1 | abc\n     |  ^~\n"},
		{"empty", "", 1, 1, "fix", "   1 |\n     | ^ fix\n"},
		{"long fix", "abc", 1, 1, strings.Repeat("word ", 16) + "`do not break this`",
			"   1 | abc\n     | ^\n" +
				"     | " + strings.Repeat("word ", 13) + "word\n     | word word `do not break this`\n"},
		{"long line", long, 1, 3, "fix", "   1 | " + long[:71] + "…\n     | ^~~ fix\n"},
		{"long line, middle", long, 151, 3, "fix",
			"   1 | …" + long[127:127+71] + "…\n     | " + strings.Repeat(" ", 24) + "^~~ fix\n"},
		{"long line, end", long[:299], 297, 3, "fix",
			"   1 | …" + long[228:299] + "\n     | " + strings.Repeat(" ", 69) + "^~~\n     | fix\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := New("a.yaml", []byte(c.line+"\n"))
			got := Errorf(f.Span(1, c.column, c.width), c.fix, "m").String()
			_, got, _ = strings.Cut(got, "\n")
			assert.Equal(t, c.want, got)
			for _, line := range strings.Split(got, "\n") {
				assert.LessOrEqual(t, displayWidth(line), columns, line)
			}
		})
	}
}

func TestLongMessagesWrap(t *testing.T) {
	f := New("a.yaml", []byte("x\n"))
	got := Errorf(f.Span(1, 1, 1), "fix", "%s", strings.Repeat("word ", 40)+"end").String()
	for _, line := range strings.Split(got, "\n") {
		assert.LessOrEqual(t, len(line), columns)
	}
	assert.Contains(t, got, "\n    word")
	assert.Equal(t, "a.yaml  warning: m\n    fix\n", Warnf(f.Whole(), "fix", "m").String())
	assert.Equal(t, "somewhere  m\n    fix\n", Errorf(Span{}, "fix", "m").String())
}

func TestMessagesAreSafe(t *testing.T) {
	f := New("a.yaml", []byte("x\n"))
	got := Errorf(f.Span(1, 1, 1), "write \x1b]0;x\x07", "bad %s", Quote("\x1b[2J\u202e\nnext")).String()
	assert.NotContains(t, got, "\x1b")
	assert.Contains(t, got, `bad "\x1b[2J\u202e\nnext"`)
	assert.Contains(t, got, `write \x1b]0;x\a`)
	assert.Equal(t, `"`+strings.Repeat("x", 39)+`…"`, Quote(strings.Repeat("x", 50)))
	assert.Equal(t, `größe 日本`, Printable(`größe 日本`))
	assert.Equal(t, `a\u00a0b\u200bc`, Printable("a\u00a0b\u200bc"))
}

func ExampleProblems() {
	f := New("plant.yaml", []byte("run: 10\n"))
	var problems Problems
	problems.Errorf(f.Span(1, 6, 2), "write `10s`", "a duration needs its unit")
	fmt.Print(problems)
	// Output:
	// plant.yaml has 1 mistake. Nothing was run.
	//
	// plant.yaml:1:6  a duration needs its unit
	//    1 | run: 10
	//      |      ^~ write `10s`
}
