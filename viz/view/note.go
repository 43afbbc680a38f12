package view

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
)

// A Note is what a reviewer wrote to a time.
type Note struct {
	At     vtime.Time `json:"at"`
	Device string     `json:"device,omitempty"`
	Text   string     `json:"text"`
}

// The most notes, and the longest one, in bytes.
const (
	mostNotes   = 1000
	longestNote = 500
)

// notes are those of the reviewer, and the one that is being written.
type notes struct {
	list    []Note
	draft   string
	writing bool
	chosen  int
}

// Notes returns the notes of the reviewer.
func (v *View) Notes() []Note { return v.notes.list }

// write begins a note at now.
func (v *View) write() {
	v.panel.tab, v.notes.writing, v.player.Playing = notesTab, true, false
}

// keep keeps the note that was written.
func (v *View) keep() {
	v.notes.writing = false
	if v.notes.draft == "" {
		return
	}
	if len(v.notes.list) == mostNotes {
		v.tell("There are %d notes already; remove one", mostNotes)
		return
	}
	n := Note{At: v.player.Now, Text: v.notes.draft}
	if v.chosen >= 0 {
		n.Device = v.main().header().Devices[v.chosen].ID
	}
	i := 0
	for i < len(v.notes.list) && v.notes.list[i].At <= n.At {
		i++
	}
	v.notes.list = append(v.notes.list[:i], append([]Note{n}, v.notes.list[i:]...)...)
	v.notes.draft, v.notes.chosen = "", i
	v.saved()
}

// saved keeps the notes where they are kept.
func (v *View) saved() {
	if v.save == nil {
		v.tell("Notes are not kept here: they end with this window")
		return
	}
	if err := v.save(v.notes.list); err != nil {
		v.tell("The notes could not be kept: %v", err)
	}
}

// remove removes a note.
func (v *View) remove(i int) {
	if i >= 0 && i < len(v.notes.list) {
		v.notes.list = append(v.notes.list[:i], v.notes.list[i+1:]...)
		v.notes.chosen = min(v.notes.chosen, len(v.notes.list)-1)
		v.saved()
	}
}

// noteList draws the notes.
func (v *View) noteList(l *draw.List, r draw.Rect) {
	box, rest := r.CutTop(v.pt(58))
	v.noteBox(l, box)
	_, r = rest.CutTop(v.pt(8))
	y := v.scrolled(l, r)
	s := v.style(body)
	for i := range v.notes.list {
		n := &v.notes.list[i]
		lines := wrapped(s, n.Text, r.W-v.pt(50), 8, func(int, string) {})
		row := draw.Rect{X: r.X, Y: y, W: r.W - v.pt(6), H: v.pt(26 + 15*float32(lines))}
		y += row.H + v.pt(4)
		if !v.row(l, r, row, i == v.notes.chosen, chooseNote, i) {
			continue
		}
		in := row.InsetXY(v.pt(10), v.pt(5))
		head, text := in.CutTop(v.pt(14))
		cross, head := head.CutRight(v.pt(20))
		v.button(l, cross, "x", false, (*View).remove, i)
		used := v.left(l, head, number, v.theme.Soft, n.At.Short())
		_, head = head.CutLeft(used + v.pt(8))
		v.left(l, head, caption, v.theme.Faint, n.Device)
		wrapped(s, n.Text, text.W-v.pt(20), 8, func(i int, line string) {
			l.Text(draw.Point{X: round(text.X), Y: round(text.Y + v.pt(13) + float32(i)*v.pt(15))}, s, v.theme.Text, line)
		})
	}
	v.listed(l, r, y)
}

// noteBox draws where a note is written.
func (v *View) noteBox(l *draw.List, r draw.Rect) {
	l.Fill(r, v.pt(4), v.theme.Inside)
	border := v.theme.Border
	if v.notes.writing {
		border = v.theme.Accent
	}
	l.Frame(r, v.pt(4), max(1, v.pt(1)), border)
	v.hits = append(v.hits, hit{r: r, click: func(v *View, _ int) { v.write() }})
	in := r.InsetXY(v.pt(8), v.pt(4))
	if !v.notes.writing && v.notes.draft == "" {
		v.left(l, in, body, v.theme.Faint, fmt.Sprintf("Write a note at %s (M)", v.player.Now.Short()))
		return
	}
	s := v.style(body)
	text := v.notes.draft
	if v.notes.writing {
		text += "_"
	}
	wrapped(s, text, in.W, 3, func(i int, line string) {
		l.Text(draw.Point{X: round(in.X), Y: round(in.Y + v.pt(12) + float32(i)*v.pt(15))}, s, v.theme.Text, line)
	})
}

func chooseNote(v *View, i int) {
	v.notes.chosen = i
	v.player.Playing = false
	v.Seek(v.notes.list[i].At)
	if d, ok := v.main().names[v.notes.list[i].Device]; ok {
		v.chosen = d
	}
}
