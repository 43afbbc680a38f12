package view

import (
	"fmt"
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/look"
	"github.com/harmproof/harmproof/viz/scene"
)

// device draws a device: its icon in the state of now, and what has become of it.
func (v *View) device(l *draw.List, s *side, d int, view lens) {
	place := &s.plan.Devices[d]
	r := view.rect(place.X, place.Y, place.W, place.H)
	if !r.Overlaps(v.frame.all) {
		return
	}
	whole := view.rect(place.Label.X, place.Label.Y, place.Label.W, place.Label.H)
	v.ground(l, s, d, r, whole.Y)
	v.icon(l, s, d, v.shifted(s, d, r))
	v.badges(l, s, d, r)
	all := draw.Rect{X: min(r.X, whole.X), Y: r.Y, W: max(r.W, whole.W), H: whole.Bottom() - r.Y}
	v.hits = append(v.hits, hit{r: all.Intersect(v.clip), n: d, click: (*View).choose, wheel: nil})
}

// icon draws what a device looks like now. Malware, which is none, is a beetle.
func (v *View) icon(l *draw.List, s *side, d int, r draw.Rect) {
	x := &s.header().Devices[d]
	if x.Kind != "malware" {
		look.Icon(l, iconOf(x), r, v.state(s, d))
		return
	}
	in := r.Inset(r.W * 0.14)
	l.Fill(in, in.W*0.25, v.theme.Attack)
	v.bug(l, in)
}

// way is how far an icon moves along its way, in parts of its size: not out of its cell.
const wayX, wayY = 0.6, 0.12

// shifted is where the icon of a device is that moves.
func (v *View) shifted(s *side, d int, r draw.Rect) draw.Rect {
	x := s.header().Devices[d].Look
	if x == nil {
		return r
	}
	for i := range x.Parts {
		switch part := v.part(s, &x.Parts[i]); x.Parts[i].Part {
		case "x":
			r.X += (max(0, min(1, part)) - 0.5) * wayX * r.W
		case "y":
			r.Y += (0.5 - max(0, min(1, part))) * wayY * r.H
		}
	}
	return r
}

// part is how far the part of an icon is from one end to the other, or none from NaN.
func (v *View) part(s *side, p *trace.Part) float32 {
	if p.High == p.Low {
		return 0
	}
	part := float32((v.cell(s, p.Cell) - p.Low) / (p.High - p.Low))
	if part != part {
		return 0
	}
	return part
}

// ground draws what lies below an icon: that it is chosen, in somebody's hands, or lies. It
// ends above the name.
func (v *View) ground(l *draw.List, s *side, d int, r draw.Rect, name float32) {
	x := &s.scene.Devices[d]
	around := r.Inset(-max(v.pt(3), r.W*0.08))
	around.H = min(around.H, name-around.Y)
	radius := min(v.pt(10), around.W/5)
	switch {
	case x.Held || x.Infected > 0:
		l.Fill(around, radius, v.theme.Attack.Fade(0.16))
		l.Frame(around, radius, max(1.5, v.pt(2)), v.theme.Attack)
	case x.Lies || x.Deceived:
		l.Fill(around, radius, v.theme.Told.Fade(0.12))
		v.dashed(l, around, v.theme.Told)
	}
	if d == v.chosen {
		around = around.Inset(-v.pt(3))
		around.H -= v.pt(3)
		l.Frame(around, radius+v.pt(2), max(1.5, v.pt(2)), v.theme.Accent)
	}
}

// dashed draws a border of dashes.
func (v *View) dashed(l *draw.List, r draw.Rect, c draw.Color) {
	w, dash := max(1.5, v.pt(2)), max(4, v.pt(6))
	for x := r.X; x < r.Right(); x += 2 * dash {
		n := min(dash, r.Right()-x)
		l.Fill(draw.Rect{X: x, Y: r.Y, W: n, H: w}, 0, c)
		l.Fill(draw.Rect{X: x, Y: r.Bottom() - w, W: n, H: w}, 0, c)
	}
	for y := r.Y; y < r.Bottom(); y += 2 * dash {
		n := min(dash, r.Bottom()-y)
		l.Fill(draw.Rect{X: r.X, Y: y, W: w, H: n}, 0, c)
		l.Fill(draw.Rect{X: r.Right() - w, Y: y, W: w, H: n}, 0, c)
	}
}

// badges draws an attacker's hand, malware and a step in force at the corners.
func (v *View) badges(l *draw.List, s *side, d int, r draw.Rect) {
	x := &s.scene.Devices[d]
	size := max(v.pt(13), r.W*0.24)
	at := draw.Rect{X: r.Right() - size*0.6, Y: r.Y - size*0.45, W: size, H: size}
	if x.Held || x.Infected > 0 {
		text := ""
		if x.Hosts > 1 {
			text = share(x)
			right := at.Right()
			at.W = max(at.W, v.style(label).Width(text)+v.pt(8))
			at.X = right - at.W
		}
		l.Fill(at, at.H*0.3, v.theme.Attack)
		if text != "" {
			v.center(l, at, label, v.theme.Back, text)
		} else {
			v.bug(l, at)
		}
	}
	if x.Step < 0 {
		return
	}
	c := v.ink(s.header().Steps[x.Step].Kind)
	at = draw.Rect{X: r.X - size*0.4, Y: r.Y - size*0.45, W: size, H: size}
	l.Disc(at.Center(), size*0.55, c)
	v.bolt(l, at)
}

// share writes what part of a device has malware.
func share(x *scene.Device) string {
	percent := 100 * float64(x.Infected) / float64(max(1, x.Hosts))
	if percent < 1 {
		return "<1%"
	}
	return fmt.Sprintf("%.0f%%", math.Floor(percent))
}

// ink is the color of a kind of step.
func (v *View) ink(kind string) draw.Color {
	switch kind {
	case "attack":
		return v.theme.Attack
	case "fault":
		return v.theme.Fault
	}
	return v.theme.Act
}

// bolt draws a flash.
func (v *View) bolt(l *draw.List, r draw.Rect) {
	p := func(x, y float32) draw.Point { return draw.Point{X: r.X + x*r.W, Y: r.Y + y*r.H} }
	l.Polygon(v.theme.Back, p(0.56, 0.14), p(0.28, 0.56), p(0.47, 0.56), p(0.42, 0.88), p(0.72, 0.43), p(0.53, 0.43))
}

// bug draws a beetle.
func (v *View) bug(l *draw.List, r draw.Rect) {
	c, w := v.theme.Back, max(1, r.W*0.08)
	m := r.Center()
	for _, y := range []float32{-0.16, 0.06, 0.26} {
		l.Line(w, c, draw.Point{X: m.X - r.W*0.32, Y: m.Y + y*r.H}, draw.Point{X: m.X + r.W*0.32, Y: m.Y + y*r.H})
	}
	l.Disc(draw.Point{X: m.X, Y: m.Y + r.H*0.06}, r.W*0.2, c)
	l.Disc(draw.Point{X: m.X, Y: m.Y - r.H*0.2}, r.W*0.11, c)
}

// cell is the value of a cell now: as it is, or as it is told.
func (v *View) cell(s *side, cell int) float64 {
	if cell < 0 || cell >= len(s.scene.Values) {
		return math.NaN()
	}
	if told, ok := s.told[cell]; ok && v.told {
		return s.scene.Values[told]
	}
	return s.scene.Values[cell]
}

// iconOf is the icon of a device.
func iconOf(d *trace.Device) string {
	if d.Look != nil && d.Look.Icon != "" {
		return d.Look.Icon
	}
	for _, word := range []string{"tank", "valve", "pump", "gauge", "plc"} {
		if strings.Contains(d.Kind, word) {
			return word
		}
	}
	return "box"
}

// state is how the icon of a device looks now.
func (v *View) state(s *side, d int) look.State {
	x := look.State{Theme: v.theme, Compromised: s.scene.Devices[d].Held || s.scene.Devices[d].Infected > 0, False: s.scene.Devices[d].Lies}
	if n := s.scene.Devices[d].Hosts; n > 1 {
		x.Fill = float32(s.scene.Devices[d].Infected) / float32(n)
	}
	k := s.header().Devices[d].Look
	if k == nil {
		return x
	}
	for i := range k.Parts {
		p := &k.Parts[i]
		value, part := v.cell(s, p.Cell), v.part(s, p)
		if value != value {
			continue
		}
		switch p.Part {
		case "fill":
			x.Fill = max(0, min(1, part))
			if told, ok := s.told[p.Cell]; ok && !v.told && p.High != p.Low {
				x.Told = max(0, min(1, float32((s.scene.Values[told]-p.Low)/(p.High-p.Low))))
				x.HasTold = s.lies(p.Cell, told) && s.scene.Values[told] == s.scene.Values[told] && (x.Told-x.Fill > 0.04 || x.Fill-x.Told > 0.04)
			}
		case "heat":
			x.Heat = max(0, min(1, part))
		case "open":
			x.Open = max(0, min(1, part))
		case "turn":
			x.Turn = v.turned(part)
			x.On = x.On || part != 0
		case "on":
			x.On = value != 0
		case "alarm":
			x.Alarm = value != 0
		}
	}
	return x
}

// turned is the angle of what turns: once in two seconds of who watches at full speed,
// the same angle at the same time.
func (v *View) turned(part float32) float32 {
	period := 2e9 * v.player.Speed / math.Max(0.05, math.Abs(float64(part)))
	if part == 0 {
		return 0
	}
	_, angle := math.Modf(float64(v.player.Now) / period)
	if part < 0 {
		angle = -angle
	}
	return float32(2 * math.Pi * angle)
}
