package view

import (
	"github.com/harmproof/harmproof/viz/draw"
)

// The tabs of the panel.
const (
	storyTab = iota
	whyTab
	inspectTab
	notesTab
	tabs
)

var tabNames = [tabs]string{"Story", "Why", "Device", "Notes"}

// A panel is what is at the side: one of four lists.
type panel struct {
	tab    int
	scroll [tabs]float32 // in points
	pinned bool          // the story stays where the reviewer scrolled it
	length [tabs]float32 // of what there is, in points
	find   string
	typing bool
	found  []int // lines of the story
	sought string
	of     int       // lines that found is of
	tops   []float32 // of the rows of the story, in points
	width  float32   // that they are for
	topsOf string    // and what is sought
	topsIn int       // in so many lines
	broken int       // the invariant that is explained, or -1
	root   int
	step   int     // of its chain
	signal int     // the row of the device that is chosen
	room   float32 // for the list, in points
	reveal bool    // the row that is chosen has to be seen
	moved  bool    // it was not, and the list was scrolled
}

// side draws the panel.
func (v *View) side(l *draw.List) {
	r := v.frame.panel
	l.Fill(r, 0, v.theme.Panel)
	l.Fill(draw.Rect{X: r.X, Y: r.Y, W: 1, H: r.H}, 0, v.theme.Border)
	head, r := r.CutTop(v.pt(36))
	head = head.InsetXY(v.pt(8), v.pt(5))
	width := head.W / tabs
	for i := range tabs {
		var b draw.Rect
		b, head = head.CutLeft(width)
		v.tab(l, b.InsetXY(v.pt(2), 0), i)
	}
	r = r.InsetXY(v.pt(10), v.pt(2))
	shapes, points, hits := len(l.Shapes), len(l.Points), len(v.hits)
	v.list(l, r)
	if v.panel.moved { // to the row that has to be seen: again, there
		l.Shapes, l.Points, v.hits = l.Shapes[:shapes], l.Points[:points], v.hits[:hits]
		v.panel.moved, v.panel.reveal = false, false
		v.list(l, r)
	}
	v.panel.reveal = false
}

// list draws the list of the tab.
func (v *View) list(l *draw.List, r draw.Rect) {
	switch v.panel.tab {
	case storyTab:
		v.storyList(l, r)
	case whyTab:
		v.whyList(l, r)
	case inspectTab:
		v.inspect(l, r)
	case notesTab:
		v.noteList(l, r)
	}
}

func (v *View) tab(l *draw.List, r draw.Rect, i int) {
	v.button(l, r, tabNames[i], v.panel.tab == i, (*View).turnTo, i)
}

// scrolled clips to a list and returns where it begins, as it is scrolled.
func (v *View) scrolled(l *draw.List, r draw.Rect) float32 {
	tab := v.panel.tab
	v.panel.room = r.H / v.frame.points
	most := max(0, v.panel.length[tab]-v.panel.room)
	v.panel.scroll[tab] = max(0, min(most, v.panel.scroll[tab]))
	l.Clip(r)
	v.hits = append(v.hits, hit{r: r, n: tab, wheel: scroll})
	return r.Y - v.pt(v.panel.scroll[tab])
}

// listed ends a list that went down to y, and draws how far it is scrolled.
func (v *View) listed(l *draw.List, r draw.Rect, y float32) {
	tab := v.panel.tab
	v.panel.length[tab] = (y-r.Y)/v.frame.points + v.panel.scroll[tab]
	if length := v.pt(v.panel.length[tab]); length > r.H+1 {
		h := max(v.pt(20), r.H*r.H/length)
		at := (r.H - h) * v.pt(v.panel.scroll[tab]) / max(1, length-r.H)
		l.Fill(draw.Rect{X: r.Right() - v.pt(3), Y: r.Y + at, W: v.pt(3), H: h}, v.pt(1.5), v.theme.Border)
	}
	l.Unclip()
}

func scroll(v *View, tab int, by draw.Point) {
	v.panel.scroll[tab] -= by.Y * 40
	if tab == storyTab {
		v.panel.pinned = true
	}
}

// row draws the ground of a row of a list that can be clicked. It reports whether it is
// to be seen at all.
func (v *View) row(l *draw.List, list, r draw.Rect, on bool, click func(v *View, n int), n int) bool {
	seen := r.Intersect(list)
	if on && v.panel.reveal && seen.H < r.H-1 {
		v.panel.moved = true
		v.panel.scroll[v.panel.tab] += (r.Y - list.Y - list.H*0.3) / v.frame.points
	}
	if seen.H <= 0 {
		return false
	}
	switch {
	case on:
		l.Fill(r, v.pt(4), v.theme.Accent.Fade(0.16))
		l.Fill(draw.Rect{X: r.X, Y: r.Y + v.pt(3), W: v.pt(3), H: r.H - v.pt(6)}, v.pt(1.5), v.theme.Accent)
	case v.hot(seen):
		l.Fill(r, v.pt(4), v.theme.Raised)
	}
	v.hits = append(v.hits, hit{r: seen, n: n, click: click})
	return true
}
