package plant

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives the present step of every island, with its dense output.
func (p *Plant) Archive(a *snapshot.Archive) {
	for _, x := range []*uint64{&p.Steps, &p.Rejected, &p.Restarts, &p.Evaluations} {
		snapshot.Int(a, x)
	}
	snapshot.Int(a, &p.At)
	snapshot.Column(a, p.run, func(a *snapshot.Archive, r *run) { r.archive(a) })
}

func (r *run) archive(a *snapshot.Archive) {
	snapshot.Int(a, &r.t0)
	snapshot.Int(a, &r.t1)
	snapshot.Float(a, &r.h)
	snapshot.Bool(a, &r.fresh)
	snapshot.Int(a, &r.steps)
	snapshot.Int(a, &r.mark)
	for _, x := range [][]float64{r.y0, r.y1, r.r[0], r.r[1], r.r[2], r.r[3], r.f1} {
		snapshot.Floats(a, x)
	}
}
