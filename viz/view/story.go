package view

import (
	"fmt"
	"sort"
	"strings"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// storyList draws what happened, with a search.
func (v *View) storyList(l *draw.List, r draw.Rect) {
	box, r := r.CutTop(v.pt(28))
	v.searchBox(l, box)
	_, r = r.CutTop(v.pt(6))
	lines := v.main().read.Story.Lines
	list := v.search()
	tops := v.rows(r.W)
	v.panel.length[storyTab] = tops[len(list)]
	if !v.panel.pinned {
		v.reveal(list, tops, r)
	}
	now := v.main().read.Story.After(v.player.Now) - 1
	y := v.scrolled(l, r)
	seen := v.panel.scroll[storyTab]
	first := max(0, sort.Search(len(list), func(i int) bool { return tops[i+1] > seen }))
	for i := first; i < len(list) && y+v.pt(tops[i]) < r.Bottom(); i++ {
		row := draw.Rect{X: r.X, Y: y + v.pt(tops[i]), W: r.W - v.pt(6), H: v.pt(tops[i+1] - tops[i] - 2)}
		x := &lines[list[i]]
		if !v.row(l, r, row, list[i] == now, chooseLine, list[i]) {
			continue
		}
		v.storyLine(l, x, row, list[i] <= now)
	}
	if len(list) == 0 {
		text := "Nothing of that is in the story"
		if !v.main().read.Story.Done() {
			text = "Nothing of that is in the story so far"
		}
		v.left(l, draw.Rect{X: r.X, Y: r.Y, W: r.W, H: v.pt(28)}, body, v.theme.Faint, text)
	}
	v.listed(l, r, y+v.pt(tops[len(list)]))
}

// The heights of a row of the story, in points: without its lines, of a line of text, and
// at most so many lines.
const (
	rowHead  = 26
	rowLine  = 15
	rowLines = 3
)

// rows returns where the rows of the story begin, in points, and where the last ends.
func (v *View) rows(width float32) []float32 {
	p := &v.panel
	lines, list := v.main().read.Story.Lines, v.search()
	if len(p.tops) == len(list)+1 && p.width == width && p.topsOf == p.find && p.topsIn == len(lines) {
		return p.tops
	}
	p.width, p.topsOf, p.topsIn, p.tops = width, p.find, len(lines), append(p.tops[:0], 0)
	s, top := v.style(body), float32(0)
	for _, n := range list {
		top += rowHead + rowLine*float32(wrapped(s, lines[n].Text, width-v.pt(rowInset), rowLines, func(int, string) {}))
		p.tops = append(p.tops, top)
	}
	return p.tops
}

// rowInset is what a row of the story is wider than its text, in points.
const rowInset = 26

// storyLine draws a line: when, and beneath what.
func (v *View) storyLine(l *draw.List, x *scene.Line, row draw.Rect, past bool) {
	in := row.InsetXY(v.pt(10), v.pt(4))
	head, rest := in.CutTop(v.pt(14))
	ink, c := v.theme.Text, v.colorOf(x)
	if !past {
		ink = v.theme.Faint
	}
	l.Disc(draw.Point{X: head.X + v.pt(4), Y: head.Y + head.H/2}, v.pt(3.5), c)
	_, head = head.CutLeft(v.pt(14))
	used := v.left(l, head, number, v.theme.Soft, x.At.Short())
	_, head = head.CutLeft(used + v.pt(10))
	v.left(l, head, caption, v.theme.Faint, v.main().read.Story.Sort(x))
	s := v.style(body)
	wrapped(s, x.Text, rest.W, rowLines, func(i int, line string) {
		l.Text(draw.Point{X: round(rest.X), Y: round(rest.Y + v.pt(13) + v.pt(rowLine)*float32(i))}, s, ink, line)
	})
}

// reveal scrolls so that the line of now is seen.
func (v *View) reveal(list []int, tops []float32, r draw.Rect) {
	now := v.main().read.Story.After(v.player.Now) - 1
	at := max(0, sort.Search(len(list), func(i int) bool { return list[i] > now })-1)
	room := r.H / v.frame.points
	if at >= len(list) {
		return
	}
	s := &v.panel.scroll[storyTab]
	if tops[at] < *s || tops[at+1] > *s+room {
		*s = max(0, tops[at]-room*0.4)
	}
}

func chooseLine(v *View, n int) {
	lines := v.main().read.Story.Lines
	if n < 0 || n >= len(lines) {
		return
	}
	v.player.Playing = false
	v.Seek(lines[n].At)
	if lines[n].Device >= 0 {
		v.chosen = lines[n].Device
	}
	if lines[n].Kind == violationBegan {
		v.panel.broken, v.panel.root, v.panel.step = lines[n].Index, 0, 0
	}
}

// search returns the numbers of the lines that have what is sought.
func (v *View) search() []int {
	p := &v.panel
	lines := v.main().read.Story.Lines
	if p.of == len(lines) && p.sought == p.find && p.found != nil {
		return p.found
	}
	p.of, p.sought, p.found = len(lines), p.find, p.found[:0]
	if p.found == nil {
		p.found = []int{}
	}
	want := strings.ToLower(p.find)
	for i := range lines {
		if want == "" || strings.Contains(strings.ToLower(lines[i].Text+" "+lines[i].Detail+" "+v.main().read.Story.Sort(&lines[i])), want) {
			p.found = append(p.found, i)
		}
	}
	return p.found
}

func (v *View) searchBox(l *draw.List, r draw.Rect) {
	l.Fill(r, v.pt(4), v.theme.Inside)
	border := v.theme.Border
	if v.panel.typing {
		border = v.theme.Accent
	}
	l.Frame(r, v.pt(4), max(1, v.pt(1)), border)
	v.hits = append(v.hits, hit{r: r, click: func(v *View, _ int) { v.panel.typing = true }})
	in := r.InsetXY(v.pt(8), 0)
	count := fmt.Sprintf("%d of %d", len(v.search()), len(v.main().read.Story.Lines))
	if v.main().read.Story.Cut {
		count += "+"
	}
	used := v.right(l, in, caption, v.theme.Faint, count)
	_, in = in.CutRight(used + v.pt(8))
	if v.panel.find == "" && !v.panel.typing {
		v.left(l, in, body, v.theme.Faint, "Search the story (/)")
		return
	}
	w := v.left(l, in, body, v.theme.Text, v.panel.find)
	if v.panel.typing && int(v.since.Milliseconds()/500)%2 == 0 {
		l.Fill(draw.Rect{X: in.X + w + v.pt(1), Y: in.Y + v.pt(7), W: max(1, v.pt(1.5)), H: in.H - v.pt(14)}, 0, v.theme.Accent)
	}
}
