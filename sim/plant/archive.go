package plant

import (
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Archive archives the present step of every island, with its dense output and
// what its method remembers.
func (p *Plant) Archive(a *snapshot.Archive) {
	for _, x := range []*uint64{&p.Steps, &p.Rejected, &p.Restarts, &p.Evaluations, &p.Implicit, &p.Unproven} {
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
	snapshot.Column(a, r.curves, func(a *snapshot.Archive, c *curve) {
		for _, x := range []*float64{&c.y0, &c.c0, &c.c1, &c.c2, &c.c3} {
			snapshot.Float(a, x)
		}
	})
	snapshot.Floats(a, r.y0)
	snapshot.Floats(a, r.y1)
	snapshot.Floats(a, r.f1)
	r.stiffness.archive(a)
	r.turning.archive(a)
	made := r.implicit != nil
	if snapshot.Bool(a, &made); !made {
		r.implicit = nil
		return
	}
	if r.implicit == nil {
		r.implicit = newImplicit(len(r.cells))
	}
	r.implicit.archive(a)
}

func (s *stiffness) archive(a *snapshot.Archive) {
	snapshot.Bool(a, &s.stiff)
	for _, x := range []*int{&s.signs, &s.quiet, &s.patience, &s.stay} {
		snapshot.Int(a, x)
	}
	snapshot.Float(a, &s.gain)
	snapshot.Int(a, &s.looked)
}

func (t *turning) archive(a *snapshot.Archive) {
	snapshot.Int(a, &t.turned)
	snapshot.Int(a, &t.shortest)
	snapshot.Int(a, &t.since)
	snapshot.Int(a, &t.jumper)
}

// archive leaves out the factored matrices, which are made anew, and what a step
// begins with writing.
func (im *implicit) archive(a *snapshot.Archive) {
	snapshot.Floats(a, im.jac)
	for _, x := range []*float64{&im.radius, &im.rate, &im.before, &im.errBefore} {
		snapshot.Float(a, x)
	}
	snapshot.Bool(a, &im.current)
	snapshot.Bool(a, &im.follows)
	if snapshot.Int(a, &im.factored); a.Reading() && im.factored != 0 && !im.matrices(vtime.Seconds(im.factored)) {
		im.factored = 0
	}
}
