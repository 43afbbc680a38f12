package plant

import "math"

// jacobian takes the derivatives of an island's rates by its states at the end
// of the present step, by differences, and their spectral radius.
func (p *Plant) jacobian(r *run) {
	im := r.implicit
	n, start := im.n, r.t1.Seconds()
	for j := range n {
		if !p.column(r, j, start, 1) && !p.column(r, j, start, -1) {
			for i := range n {
				im.jac[i*n+j] = 0
			}
		}
	}
	im.radius = im.spectral()
	im.current, im.factored = true, 0
}

// column takes the derivatives by state j, away from zero or (side -1) towards
// it; it reports whether they are finite.
func (p *Plant) column(r *run, j int, start, side float64) bool {
	const root = 1.0 / (1 << 26) // of the unit roundoff
	im, y := r.implicit, r.y1[j]
	step := float64(math.Copysign(root, y) * side * max(math.Abs(y), p.atol/p.rtol))
	moved := y + step
	for i := range r.cells {
		p.v[r.cells[i].slot] = r.y1[i]
	}
	p.v[r.cells[j].slot] = moved
	if !p.derive(r, start, p.f) {
		return false
	}
	for i := range im.n {
		im.jac[i*im.n+j] = (p.f[i] - r.f1[i]) / (moved - y)
	}
	return true
}

// spectral estimates the spectral radius of the Jacobian, by the size of its
// sixteenth power (Gelfand): whatever the units, near enough.
func (im *implicit) spectral() float64 {
	const squarings = 4
	n := im.n
	m, next := im.real.a, im.pair.a[:n*n] // made anew before they are used
	copy(m, im.jac)
	var size [squarings + 1]float64
	for k := 0; ; k++ {
		for _, x := range m {
			size[k] = max(size[k], math.Abs(x))
		}
		if size[k] == 0 {
			return 0
		}
		if k == squarings {
			break
		}
		for i := range n {
			for j := range n {
				sum := 0.0
				for l := range n {
					sum += float64(m[i*n+l] / size[k] * (m[l*n+j] / size[k]))
				}
				next[i*n+j] = sum
			}
		}
		m, next = next, m
	}
	radius := size[squarings]
	for k := squarings - 1; k >= 0; k-- {
		radius = float64(size[k] * math.Sqrt(radius))
	}
	return radius
}
