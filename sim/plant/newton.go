package plant

import "math"

// maxRounds is how many rounds of Newton's iteration a step gets.
const maxRounds = 7

// slow is a rate of convergence up to which the Jacobian is not taken anew.
const slow = 1e-3

// rounding is a change, in units of the tolerance, that does no harm where rounding
// keeps it from getting smaller.
const rounding = 1e-1

// newton solves for the stages of an implicit step, by Newton's iteration with
// the matrices as they are, in the coordinates in which they fall apart (Hairer,
// Wanner, IV.8). It reports whether it converged.
func (p *Plant) newton(r *run, h float64) (rounds int, ok bool) {
	im := r.implicit
	im.guess(r, h)
	small := max(2.5e-15/p.rtol, min(0.03, math.Sqrt(p.rtol)))
	last, contraction := 0.0, math.Inf(1)
	im.rate = slow
	for rounds = 1; rounds <= maxRounds; rounds++ {
		if !p.stageDerivatives(r, h) {
			return rounds, false
		}
		change := p.correct(r, h)
		if change-change != 0 {
			return rounds, false
		}
		if rounds > 1 {
			if im.rate = change / last; rounds > 2 {
				im.rate = math.Sqrt(float64(im.rate * contraction))
			}
			contraction = change / last
			if im.rate >= 0.99 || im.hopeless(change, small, maxRounds-rounds) {
				return rounds, change < rounding && rounds > 2
			}
		}
		last = max(change, 1e-300)
		left := 1.0 // of the error, in units of the last change
		if rounds > 1 {
			left = im.rate / (1 - im.rate)
		}
		if float64(left*change) <= small {
			return rounds, true
		}
	}
	return rounds, false
}

// hopeless reports whether the rounds that are left cannot bring the change down
// far enough.
func (im *implicit) hopeless(change, small float64, left int) bool {
	change = float64(change * im.rate / (1 - im.rate))
	for range left {
		change = float64(change * im.rate)
	}
	return change > small
}

// guess begins with the dense output of the step before, drawn on.
func (im *implicit) guess(r *run, h float64) {
	for j := range r.cells {
		var z [3]float64
		if im.follows {
			for s, c := range [...]float64{c1, c2, 1} {
				z[s] = r.curves[j].at(1+float64(c*h)/im.before) - r.y1[j]
			}
		}
		for s := range 3 {
			im.z[s][j] = z[s]
			im.w[s][j] = times(&fromStages[s], z[0], z[1], z[2])
		}
	}
}

func times(row *[3]float64, a, b, c float64) float64 {
	return float64(row[0]*a) + float64(row[1]*b) + float64(row[2]*c)
}

// stageDerivatives evaluates the derivatives at the stages.
func (p *Plant) stageDerivatives(r *run, h float64) bool {
	im, start := r.implicit, r.t1.Seconds()
	for s, c := range [...]float64{c1, c2, 1} {
		for j := range r.cells {
			p.v[r.cells[j].slot] = r.y1[j] + im.z[s][j]
		}
		if !p.derive(r, start+float64(c*h), im.g[s]) {
			p.blame = firstNotFinite(im.g[s])
			return false
		}
	}
	return true
}

// correct does a round of the iteration; it returns the greatest change, in units
// of the tolerance, and blames the state that it is of.
func (p *Plant) correct(r *run, h float64) (most float64) {
	im := r.implicit
	n, a, b := im.n, alpha/h, beta/h
	u, re, up := im.err, im.both[:im.n], im.both[im.n:]
	for j := range n {
		g := [3]float64{im.g[0][j], im.g[1][j], im.g[2][j]}
		u[j] = times(&fromStages[0], g[0], g[1], g[2]) - float64(gamma/h*im.w[0][j])
		re[j] = times(&fromStages[1], g[0], g[1], g[2]) - float64(a*im.w[1][j]) + float64(b*im.w[2][j])
		up[j] = times(&fromStages[2], g[0], g[1], g[2]) - float64(a*im.w[2][j]) - float64(b*im.w[1][j])
	}
	im.real.solve(u)
	im.pair.solve(im.both)
	for j := range n {
		for s, d := range [...]float64{u[j], re[j], up[j]} {
			im.w[s][j] += d
			if size := math.Abs(d) / im.scale[j]; !(size <= most) {
				most, p.blame = size, j
			}
		}
		for s := range 3 {
			im.z[s][j] = times(&toStages[s], im.w[0][j], im.w[1][j], im.w[2][j])
		}
	}
	return most
}
