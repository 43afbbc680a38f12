package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The method Radau IIA of order 5 (Hairer, Wanner, Solving Ordinary Differential
// Equations II, 2nd ed., IV.8): three stages at the nodes c1, c2 and 1, the
// eigenvalues gamma and alpha +- i*beta of the inverse of its matrix, and the
// transformation that takes that to them.
const (
	root6 = 2.4494897427831780981972840747058914
	c1    = (4 - root6) / 10
	c2    = (4 + root6) / 10

	gamma = 3.6378342527444957322
	alpha = 2.6810828736277521339
	beta  = 3.0504301992474105694
)

var (
	toStages = [3][3]float64{
		{9.1232394870892942792e-02, -0.14125529502095420843, -3.0029194105147424492e-02},
		{0.24171793270710701896, 0.20412935229379993199, 0.38294211275726193779},
		{0.96604818261509293619, 1, 0},
	}
	fromStages = [3][3]float64{
		{4.3255798900631553510, 0.33919925181580986954, 0.54177053993587487119},
		{-4.1787185915519047273, -0.32768282076106238708, 0.47662355450055045196},
		{-0.50287263494578687595, 2.5719269498556054292, -0.59603920482822492497},
	}
	// of the error, that of the formula of third order with the same stages
	radauErr = [3]float64{-(13 + 7*root6) / 3, (-13 + 7*root6) / 3, -1. / 3}
)

// Limits of the implicit step size control.
const (
	radauShrink = 0.2
	radauGrow   = 8
	hold        = 1.2 // a step is not lengthened by less: that would cost a factorization
	giveUp      = 12  // rejections of a step before the explicit method tries
)

// implicit is what an island that is stiff needs beyond the rest.
type implicit struct {
	n          int
	jac        []float64
	radius     float64        // spectral, of the Jacobian: h times it is how stiff a step is
	current    bool           // the Jacobian is that at the end of the present step
	factored   vtime.Duration // the step that the matrices are factored for, or 0
	real, pair matrix         // for gamma, and for alpha and beta
	z, w, g    [3][]float64   // stages minus start, transformed, derivatives
	both       []float64      // right-hand side of the pair
	scale, err []float64
	follows    bool    // the dense output is of an implicit step that this one follows
	rate       float64 // of convergence of Newton's iteration
	before     float64 // size and error of the step before, s and tolerances
	errBefore  float64
}

func newImplicit(n int) *implicit {
	im := &implicit{
		n: n, jac: make([]float64, n*n), real: newMatrix(n), pair: newMatrix(2 * n), both: make([]float64, 2*n),
		scale: make([]float64, n), err: make([]float64, n),
	}
	for s := range 3 {
		im.z[s], im.w[s], im.g[s] = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	return im
}

// restart forgets the step before.
func (im *implicit) restart() { im.current, im.follows, im.before = false, false, 0 }

// stepImplicit computes the step after r.t1 and its dense output.
func (p *Plant) stepImplicit(island int) error {
	r := &p.run[island]
	if r.implicit == nil {
		r.implicit = newImplicit(len(r.cells))
	}
	im := r.implicit
	whole := max(1, min(p.first(r), r.most))
	span := p.upToSwitch(island, whole)
	cut := span < whole
	for try := range attempts {
		size, rounds, ok := p.tryImplicit(r, span, try == 0)
		h := vtime.Seconds(span)
		if ok && size < 1 {
			if p.acceptImplicit(r, span, size, rounds); cut && try == 0 { // it may go on as if nothing were
				r.h = max(r.h, vtime.Seconds(whole))
			}
			p.relax(island, h)
			return p.turns(island, try > 0)
		}
		p.Rejected++
		im.follows = false
		if span == 1 || try >= giveUp && p.Islands[island].Solver == Automatic {
			r.h = h
			break
		}
		next := 0.25
		if ok {
			next = radauFactor(size, rounds)
		}
		span = max(1, min(span-1, vtime.FromSeconds(float64(h*next))))
	}
	// A jump of the derivative, or a pole: the explicit method gets over it, or says
	// what it is.
	if im.restart(); p.Islands[island].Solver == Automatic {
		r.backToExplicit()
	}
	return p.stepExplicit(island)
}

// tryImplicit computes a step of the span and its error in units of the
// tolerance, after so many rounds of Newton's iteration; it reports whether that
// converged.
func (p *Plant) tryImplicit(r *run, span vtime.Duration, first bool) (size float64, rounds int, ok bool) {
	im, h := r.implicit, vtime.Seconds(span)
	if im.factored != span {
		if !im.current && (im.rate > slow || im.factored == 0) {
			p.jacobian(r)
		}
		im.factored = 0
		if !im.matrices(h) {
			return 0, 0, false
		}
		im.factored = span
	}
	p.scales(r, h)
	switch rounds, ok = p.newton(r, h); {
	case ok:
		return p.radauError(r, h, first), rounds, true
	case im.current:
		return 0, rounds, false
	}
	p.jacobian(r)
	return p.tryImplicit(r, span, first)
}

// scales takes the tolerances of the states, which are no finer than what rounding
// leaves of the derivatives: a small state between great ones has no better.
func (p *Plant) scales(r *run, h float64) {
	const roundings = 64
	im := r.implicit
	for j, y := range r.y1 {
		noise := 0.0
		row := im.jac[j*im.n : (j+1)*im.n]
		for i, x := range row {
			noise += math.Abs(float64(x * r.y1[i]))
		}
		im.scale[j] = p.atol + float64(p.rtol*math.Abs(y)) + float64(roundings*roundoff*noise/(gamma/h+math.Abs(row[j])))
	}
}

// matrices makes and factors the matrices of the step: gamma/h - J, and that of
// the pair of eigenvalues as a real one of twice the size.
func (im *implicit) matrices(h float64) bool {
	n := im.n
	a, b := alpha/h, beta/h
	for i := range n {
		one, up, down := im.real.row(i), im.pair.row(i), im.pair.row(n+i)
		clear(up)
		clear(down)
		for j, x := range im.jac[i*n : (i+1)*n] {
			one[j], up[j], down[n+j] = -x, -x, -x
		}
		one[i] += gamma / h
		up[i] += a
		down[n+i] += a
		up[n+i], down[i] = -b, b
	}
	return im.real.factor() && im.pair.factor()
}

// radauError estimates the error of the step in units of the tolerance, at its end
// and within, and blames the state that decides.
func (p *Plant) radauError(r *run, h float64, first bool) float64 {
	size := p.endError(r, h, first)
	if size >= 1 {
		return size
	}
	blame := p.blame
	if within := p.withinError(r, h); within > size {
		return within
	}
	p.blame = blame
	return size
}

func (p *Plant) endError(r *run, h float64, first bool) float64 {
	im := r.implicit
	size := p.errorFrom(r, h, r.f1)
	if size < 1 || first && im.before > 0 {
		return size
	}
	// What is stiff makes it too large: filter it once more.
	for j := range r.cells {
		p.v[r.cells[j].slot] = r.y1[j] + im.err[j]
	}
	if !p.derive(r, r.t1.Seconds(), p.f) {
		return size
	}
	return p.errorFrom(r, h, p.f)
}

// withinError estimates by how much the dense output is off where it is off most,
// between the last two nodes, from its defect there: what is stiff pulls towards
// the solution by as much as it is off, so that the nodes alone tell nothing of
// what is between them.
func (p *Plant) withinError(r *run, h float64) float64 {
	const most = 0.86
	im := r.implicit
	for j := range r.cells {
		c := im.curve(j, r.y1[j])
		p.v[r.cells[j].slot] = c.at(most)
		im.err[j] = c.slope(most) / h
	}
	if !p.derive(r, r.t1.Seconds()+float64(most*h), p.f) {
		return math.Inf(1)
	}
	for j := range im.err {
		im.err[j] = p.f[j] - im.err[j]
	}
	return p.filtered(im)
}

func (p *Plant) errorFrom(r *run, h float64, f []float64) float64 {
	im := r.implicit
	for j := range im.err {
		sum := float64(radauErr[0]*im.z[0][j]) + float64(radauErr[1]*im.z[1][j]) + float64(radauErr[2]*im.z[2][j])
		im.err[j] = f[j] + sum/h
	}
	return p.filtered(im)
}

// filtered takes the defect of a derivative to an error of the state, in units of
// the tolerance.
func (p *Plant) filtered(im *implicit) (worst float64) {
	im.real.solve(im.err)
	for j, e := range im.err {
		if size := math.Abs(e) / im.scale[j]; !(size <= worst) {
			worst, p.blame = size, j
		}
	}
	return max(worst, 1e-10)
}

// radauFactor is how much to change the step for an error of so many tolerances,
// less where Newton's iteration took many rounds.
func radauFactor(size float64, rounds int) float64 {
	safe := safety * (1 + 2*maxRounds) / float64(2*maxRounds+rounds)
	return min(radauGrow, max(radauShrink, safe/math.Sqrt(math.Sqrt(size))))
}

// acceptImplicit accepts the step and suggests the size of the next one, as
// Gustafsson's controller does.
func (p *Plant) acceptImplicit(r *run, span vtime.Duration, size float64, rounds int) {
	im, h := r.implicit, vtime.Seconds(span)
	p.Steps++
	p.Implicit++
	next := radauFactor(size, rounds)
	if im.before > 0 {
		trend := float64(safety * (h / im.before) * math.Sqrt(math.Sqrt(im.errBefore/float64(size*size))))
		next = min(next, max(radauShrink, trend))
	}
	im.before, im.errBefore = h, max(1e-2, size)
	if im.current = false; next >= 1 && next <= hold && im.rate <= slow {
		next = 1
	}
	r.h = float64(h * next)
	for j := range r.curves {
		y0 := r.y1[j]
		r.curves[j] = im.curve(j, y0)
		r.y0[j], r.y1[j] = y0, y0+im.z[2][j]
	}
	im.follows, r.fresh = true, false
	r.t0, r.t1 = r.t1, r.t1.Add(span)
}

// curve is the dense output of a state, from its value at the start: the cubic
// through that and the stages.
func (im *implicit) curve(j int, y0 float64) curve {
	d := im.z[2][j]
	a, b := (im.z[0][j]/c1-d)/(1-c1), (im.z[1][j]/c2-d)/(1-c2)
	bend := (b - a) / (c2 - c1)
	return curve{y0: y0, c0: d, c1: a - float64(c1*bend), c2: bend}
}
