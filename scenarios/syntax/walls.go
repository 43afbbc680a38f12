package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// A Wall is one entry of walls:, what nobody walks through.
type Wall struct {
	Name    Text
	About   Text
	Shape   Text     // the key that says its shape: corners or line
	Corners [][]Text // coordinates, quantities
	Thick   Text     // of a line
}

// wall reads one entry of walls:.
func (p *parser) wall(name Text, v Value) Wall {
	w := Wall{Name: name}
	o, ok := p.object("a wall", name.Span, v, nil,
		field{"about", p.text(&w.About)},
		field{"corners", p.corners(&w)},
		field{"line", p.corners(&w)},
		field{"thick", p.text(&w.Thick)},
	)
	if ok {
		o.one("line: [[0 m, 0 m], [4 m, 0 m]]", "corners", "line")
		o.only("thick", "line")
	}
	return w
}

// corners returns a reader of places in the plane.
func (p *parser) corners(w *Wall) func(Entry) {
	return func(e Entry) {
		if w.Shape.Present() {
			return // one too many, which is reported
		}
		w.Shape = e.Key
		const example = "[[0 m, 0 m], [4 m, 0 m], [4 m, 3 m]]"
		if !p.shape(e.Value, List, e.Key.Span, source.Quote(e.Key.Value), "write `"+e.Key.Value+": "+example+"`") {
			w.Shape.Broken = true
			return
		}
		for _, item := range e.Value.Items {
			corner, ok := p.corner(e.Key, item)
			if !ok {
				w.Shape.Broken = true
				return
			}
			w.Corners = append(w.Corners, corner)
		}
	}
}

// corner reads one place in the plane.
func (p *parser) corner(key Text, v Value) (corner []Text, ok bool) {
	if v.Shape != List || len(v.Items) != 2 {
		if v.Shape != Broken {
			p.errorf(v.Text.Span, "write `[4 m, 3 m]`: each corner is x and y in brackets of its own", "this is no corner of a wall")
		}
		return nil, false
	}
	p.items(&corner, Entry{key, v}, "")
	return corner, !corner[0].Broken && !corner[1].Broken
}
