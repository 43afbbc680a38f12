package view

import "github.com/harmproof/harmproof/viz/draw"

// A showing is what of a side is shown.
type showing uint8

const (
	bothShown showing = iota
	groundAlone
	plantAlone
	showings
)

// shows says what is shown: plant, ground, or both.
func (v *View) shows() string {
	if v.main().ground == nil {
		return "plant"
	}
	return [...]string{"both", "ground", "plant"}[v.showing%showings]
}

// turnGround shows something else of plant and ground.
func (v *View) turnGround() {
	if v.main().ground == nil {
		v.tell("Nobody and nothing in this recording has a place to be seen from above")
		return
	}
	v.showing = (v.showing + 1) % showings
}

// plantRoom is where the plant of a side lies, with its ribbon.
func (v *View) plantRoom(n int) draw.Rect {
	plant, _ := v.split(n)
	return plant
}

// floor is where the ground of a side lies, without its ribbon.
func (v *View) floor(n int) draw.Rect {
	_, r := v.split(n)
	_, r = r.CutTop(min(r.H, v.pt(ribbonHeight)))
	return r
}

// split parts the room of a side: the ground is beneath the plant, as high as it needs to be
// to be as wide as there is room, within bounds.
func (v *View) split(n int) (plant, ground draw.Rect) {
	r, s := v.frame.maps[n], v.sides[n]
	none := draw.Rect{X: r.X, Y: r.Bottom(), W: r.W}
	switch {
	case s.ground == nil || v.showing == plantAlone:
		return r, none
	case v.showing == groundAlone:
		return none, r
	}
	frame := s.ground.Frame()
	h := r.W*float32(frame.Height()/frame.Width()) + v.pt(ribbonHeight+70)
	ground, plant = r.CutBottom(round(max(v.pt(128), 0.3*r.H, min(0.42*r.H, h))))
	return plant, ground
}
