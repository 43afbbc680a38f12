package view

import (
	"slices"
	"unicode/utf8"

	"github.com/harmproof/harmproof/sim/vtime"
)

// keys does what the keys do.
func (v *View) keys() {
	if v.panel.typing || v.notes.writing {
		v.typed()
		return
	}
	if v.in.Control { // these are the browser's, and the system's
		return
	}
	for _, k := range v.in.Keys {
		for i := range commands {
			if c := &commands[i]; c.is(k, v.in.Shift) {
				c.do(v)
				break
			}
		}
	}
}

// is reports whether a key gives the command. Keys that need Shift to be typed have
// no other meaning with it.
func (c *command) is(k Key, shift bool) bool {
	for _, own := range c.keys {
		if own == k {
			return c.shift == shift || k == "?" || k == "+"
		}
	}
	return false
}

// typed takes what is typed.
func (v *View) typed() {
	text := &v.panel.find
	if v.notes.writing {
		text = &v.notes.draft
	}
	for _, k := range v.in.Keys {
		switch k {
		case "enter":
			if v.notes.writing {
				v.keep()
			}
			v.panel.typing = false
			return
		case "escape":
			*text, v.panel.typing, v.notes.writing = "", false, false
			return
		case "backspace":
			_, n := utf8.DecodeLastRuneInString(*text)
			*text = (*text)[:len(*text)-n]
		}
	}
	for _, r := range v.in.Text {
		if r >= ' ' && r != 0x7f && len(*text)+utf8.RuneLen(r) <= longestNote {
			*text += string(r)
		}
	}
}

// leave closes the innermost thing that is open.
func (v *View) leave() {
	switch {
	case v.help:
		v.help = false
	case v.panel.find != "":
		v.panel.find = ""
	case v.marks[0] != nil || v.marks[1] != nil:
		v.marks = [2]*vtime.Time{}
	default:
		v.chosen = -1
	}
}

func (v *View) stepTime(parts float64) {
	by := v.window.length() / 100 * parts
	if by > 0 { // never by nothing, of however short a run
		by = max(1, by)
	} else {
		by = min(-1, by)
	}
	v.player.Step(vtime.Duration(by))
	v.follow()
}

// slide moves what the timeline shows by parts of it.
func (v *View) slide(parts float64) {
	by := vtime.Time(v.window.length() * parts)
	v.window = span{v.window.from + by, v.window.to + by}.within(v.whole())
}

func (v *View) fitAll() {
	v.window = v.whole()
	for _, s := range v.sides {
		s.camera, s.eye = camera{}, camera{}
	}
}

// mark sets a cursor at now, or takes it away where it is there.
func (v *View) mark(i int) {
	now := v.player.Now
	if v.marks[i] != nil && *v.marks[i] == now {
		v.marks[i] = nil
		return
	}
	v.marks[i] = &now
}

// plotNext plots the next signal of the device that is chosen.
func (v *View) plotNext() {
	if v.chosen < 0 {
		v.tell("Choose a device first: D, or click it")
		return
	}
	cells := v.main().cells[v.chosen]
	last := -1
	for i, cell := range cells {
		if len(v.plots) > 0 && v.plots[len(v.plots)-1] == cell {
			last = i
		}
	}
	for i := range cells {
		cell := cells[(last+1+i)%len(cells)]
		if !slices.Contains(v.plots, cell) {
			v.plot(cell)
			return
		}
	}
}

// turn changes the theme.
func (v *View) turn() {
	v.theme = themes[v.theme.Name == "dark"]
}
