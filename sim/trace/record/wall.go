package record

import "github.com/harmproof/harmproof/sim/trace"

// walls describes where people do not walk.
func (r *Recorder) walls(h *trace.Header) {
	for i := range r.plan.Walls {
		w := &r.plan.Walls[i]
		one := trace.Wall{Name: w.Name, About: w.About, Solid: w.Solid, Thick: float64(w.Thick) / 1000}
		for _, c := range w.Corners {
			x, y := c.Metres()
			one.Corners = append(one.Corners, [2]float64{x, y})
		}
		h.Walls = append(h.Walls, one)
	}
}
