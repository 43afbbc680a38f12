package view

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
)

// A lettering is how large names of devices are written, kept as long as the plant does
// not move.
type lettering struct {
	view   lens
	points float32
	style  draw.Style
	both   bool      // there is room for a value below a name
	clear  []float32 // of each zone's title: as far as no line crosses it
}

// lettering is the size of names that most of them have room in; the others are smaller.
func (v *View) lettering(s *side, view lens) *lettering {
	k := &s.letters
	if k.view == view && k.points == v.frame.points {
		return k
	}
	*k = lettering{view: view, points: v.frame.points, style: label, clear: v.clearance(s, view)}
	var sizes []float32
	for d := range s.plan.Devices {
		box := s.plan.Devices[d].Label
		r := view.rect(box.X, box.Y, box.W, box.H)
		_, k.both = v.fitting(label, draw.Rect{W: r.W, H: r.H / 2}, "")
		if k.both {
			r.H /= 2
		}
		fitted, _ := v.fitting(label, r, s.called(d))
		sizes = append(sizes, fitted.Size)
	}
	if slices.Sort(sizes); len(sizes) > 0 {
		k.style.Size = sizes[len(sizes)/4]
		if title, ok := v.small(label, view.scale*titleRoom); ok { // zones are above devices
			k.style.Size = min(k.style.Size, max(title.Size, readable/v.frame.points))
		}
	}
	return k
}

// names writes name and value below an icon; where they would be too small, the name alone
// in the room of both.
func (v *View) names(l *draw.List, s *side, d int, view lens) {
	place := &s.plan.Devices[d].Label
	r := view.rect(place.X, place.Y, place.W, place.H)
	if !r.Overlaps(v.frame.all) {
		return
	}
	letters := v.lettering(s, view)
	name, both := letters.style, letters.both
	first, second := r.CutTop(min(r.H/2, v.style(name).Height()*1.15))
	second.H = first.H
	if !both {
		first = r
	}
	called := s.called(d)
	style, ok := v.fitting(name, first, called)
	if v.style(style).Width(called) > r.W { // rather the whole name than how many there are
		called = s.tag(d)
		style, ok = v.fitting(name, first, called)
	}
	if full := v.style(style); ok && full.Width(called) > r.W && s.ambiguous(d) {
		called = pinched(full, called, r.W)
	}
	if ok {
		v.center(l, first, style, v.theme.Text, called)
	}
	if !ok || !both {
		return
	}
	text, ink := v.value(s, d), v.theme.Soft
	if lie := s.lie(d); lie != nil {
		t := s.trace()
		text = worded(t.KindOf(lie.Source), s.scene.Values[lie.Told], "told ")
		ink = v.theme.Told
	} else if v.told {
		ink = v.theme.Told
	}
	style.Font = draw.Regular
	v.center(l, second, style, ink, text)
}

// called is what a device is called in the picture, with how many there are.
func (s *side) called(d int) string {
	if n := s.header().Devices[d].Count; n > 1 {
		return fmt.Sprintf("%s ×%d", s.tag(d), n)
	}
	return s.tag(d)
}

// tag is the name of a device in the plant, or in the scenario where it has none.
func (s *side) tag(d int) string {
	if x := &s.header().Devices[d]; x.Tag != "" {
		return x.Tag
	}
	return s.header().Devices[d].ID
}

// alike is from how many equal letters on names look alike that are cut.
const alike = 4

// ambiguous reports whether the name of another device begins as that of a device does.
func (s *side) ambiguous(d int) bool {
	name := s.tag(d)
	for i := range s.header().Devices {
		other := s.tag(i)
		if i != d && other != name && len(name) > alike && len(other) > alike && name[:alike] == other[:alike] {
			return true
		}
	}
	return false
}

// pinched shortens a name in its middle: how it ends tells it from those that begin alike.
func pinched(s draw.Style, name string, width float32) string {
	letters := []rune(name)
	for cut := 1; cut < len(letters)-1; cut++ {
		head := (len(letters) - cut) / 2
		short := string(letters[:head]) + "…" + string(letters[head+cut:])
		if s.Width(short) <= width {
			return short
		}
	}
	return name
}

// lie is the first value of a device that somebody is told otherwise, or that it is told itself
// by somebody else, or nil.
func (s *side) lie(d int) *scene.Lie {
	for i := range s.scene.False {
		if s.liar(&s.scene.False[i]) == d {
			return &s.scene.False[i]
		}
	}
	return nil
}

// liar is the device beneath which a lie is written: whose value others are told wrong, unless
// a step was done to what is told, as to the rate of a pump that somebody else commands.
func (s *side) liar(x *scene.Lie) int {
	for _, step := range s.aimed[x.Told] {
		if s.scene.Steps[step] == scene.InForce || s.scene.Steps[step] == scene.Over {
			return x.To
		}
	}
	return x.From
}

// aims are the steps that are done to cells, by the cell.
func aims(t *trace.Trace) map[int][]int {
	list := map[int][]int{}
	for i := range t.Header.Steps[:min(len(t.Header.Steps), mostAims)] {
		if cell, err := t.Cell(t.Header.Steps[i].Target); err == nil {
			list[cell] = append(list[cell], i)
		}
	}
	return list
}

// mostAims bounds of how many steps it is known what they are done to.
const mostAims = 1000

// blame leaves the mark of those who lie to those for whom nobody else speaks.
func (s *side) blame() {
	for i := range s.scene.Devices {
		s.scene.Devices[i].Lies = false
	}
	for i := range s.scene.False {
		if x := &s.scene.False[i]; s.liar(x) == x.From {
			s.scene.Devices[x.From].Lies = true
		}
	}
}

// value writes what a device shows.
func (v *View) value(s *side, d int) string {
	x := s.header().Devices[d].Look
	if x == nil {
		return ""
	}
	for _, want := range []string{"value", "fill", "on", "open"} {
		for i := range x.Parts {
			if p := &x.Parts[i]; p.Part == want && p.Cell >= 0 && p.Cell < s.trace().Cells() {
				return worded(s.trace().KindOf(p.Cell), v.cell(s, p.Cell), "")
			}
		}
	}
	return ""
}

// worded writes a value beneath a device. A yes or a bare number says nothing without its
// name.
func worded(k *trace.Kind, x float64, told string) string {
	text := told + scene.Show(k, x)
	if k.Type == "bool" || k.Type != "enum" && k.Unit.Symbol == "" {
		return k.Name + ": " + text
	}
	return text
}
