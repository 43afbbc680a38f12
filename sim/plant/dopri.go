package plant

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The tableau of Dormand and Prince (1980), order 5(4), seven stages of which
// the last is the first of the next step. Weights are applied to differences
// from the first stage, which takes the sum of the row (nodes, or 0): so a
// constant rate is integrated exactly.
var (
	tableau = [6][]float64{
		{1. / 5},
		{3. / 40, 9. / 40},
		{44. / 45, -56. / 15, 32. / 9},
		{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
		{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
		{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
	}
	nodes = [6]float64{1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1}
	// difference of the fifth- and the fourth-order weights
	errors = [7]float64{71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40}
	// of the continuous extension (Hairer, Norsett, Wanner, II.6, DOPRI5)
	extension = [7]float64{
		-12715105075. / 11282082432, 0, 87487479700. / 32700410799, -10690763975. / 1880347072,
		701980252875. / 199316789632, -1453857185. / 822651844, 69997945. / 29380423,
	}
)

// Limits of the step size control.
const (
	safety   = 0.9
	shrink   = 0.2
	grow     = 10
	attempts = 100 // rejections of one step before it is called stuck
)

// step computes the step after r.t1 and its dense output.
func (p *Plant) step(is *Island, r *run) error {
	n := len(is.States)
	span := max(1, min(p.first(is, r), p.longest))
	for range attempts {
		h := vtime.Seconds(span)
		size := p.attempt(is, r, h)
		if size <= 1 {
			p.Steps++
			p.extend(r, h, n)
			r.t0, r.t1 = r.t1, r.t1.Add(span)
			r.h = float64(h * factor(size))
			return nil
		}
		p.Rejected++
		if span == 1 {
			break
		}
		span = max(1, min(span-1, vtime.FromSeconds(float64(h*factor(size)))))
	}
	if x := p.k[6][p.blame]; p.wild {
		return &StuckError{r.t1, p.name(is.States[p.blame].Slot), fmt.Sprintf("its derivative becomes %v%s", x, perhaps(x))}
	}
	return &StuckError{r.t1, p.name(is.States[p.blame].Slot),
		fmt.Sprintf("no step is short enough for the tolerance (tried down to %v)", span)}
}

// perhaps says what a derivative that is not a number mostly comes from.
func perhaps(x float64) string {
	if math.IsNaN(x) {
		return " (a root or a logarithm of less than 0? sqrt(max(x, 0)) is safe)"
	}
	return ""
}

// first returns the size to try: as suggested by the step before, or guessed
// (Hairer, Norsett, Wanner, II.4: an explicit Euler step that changes the state
// by a hundredth).
func (p *Plant) first(is *Island, r *run) vtime.Duration {
	if r.h > 0 {
		return vtime.FromSeconds(r.h)
	}
	var d0, d1 float64
	for j := range is.States {
		sc := p.atol + float64(p.rtol*math.Abs(r.y1[j]))
		d0 = max(d0, math.Abs(r.y1[j])/sc)
		d1 = max(d1, math.Abs(r.f1[j])/sc)
	}
	if d0 < 1e-5 || d1 < 1e-5 {
		return vtime.Millisecond
	}
	return max(vtime.Microsecond, vtime.FromSeconds(0.01*d0/d1))
}

// factor is how much to change the step for an error of so many tolerances.
func factor(size float64) float64 {
	if size < 1e-9 {
		return grow
	}
	// The fifth root by three Newton steps from a rational start would do; cube
	// roots and square roots are exact operations everywhere: x^(1/5) is taken as
	// x^(3/16) (square roots only), within 6 % over the range that matters.
	q := math.Sqrt(math.Sqrt(math.Sqrt(size)))
	root := float64(q * math.Sqrt(q))
	return min(grow, max(shrink, safety/root))
}

// attempt computes the stages of a step of h seconds into p.k[0..6] and the new
// state into p.k[7]; it returns the error in units of the tolerance, infinite
// where a derivative is not finite. It blames the state that decides.
func (p *Plant) attempt(is *Island, r *run, h float64) float64 {
	n := len(is.States)
	copy(p.k[0][:n], r.f1)
	y := p.k[7][:n]
	start := r.t1.Seconds()
	for s, row := range tableau {
		for j := range y {
			k0 := p.k[0][j]
			sum := float64(nodes[s] * k0)
			for i, a := range row[1:] {
				sum += float64(a * (p.k[i+1][j] - k0))
			}
			y[j] = r.y1[j] + float64(h*sum)
		}
		p.deriveAt(is, start+float64(nodes[s]*h), y, p.k[s+1][:n])
		if j := notFinite(p.k[s+1][:n]); j >= 0 {
			p.blame, p.wild, p.k[6][j] = j, true, p.k[s+1][j]
			return math.Inf(1)
		}
	}
	p.blame, p.wild = 0, false
	worst := 0.0
	for j := range y {
		e := 0.0
		for i, c := range errors {
			e += float64(c * (p.k[i][j] - p.k[0][j]))
		}
		sc := p.atol + float64(p.rtol*max(math.Abs(r.y1[j]), math.Abs(y[j])))
		if size := math.Abs(float64(h*e)) / sc; !(size <= worst) {
			worst, p.blame = size, j
		}
		if y[j]-y[j] != 0 {
			p.blame = j
			return math.Inf(1)
		}
	}
	return worst
}

// extend accepts the step: y0, y1, f1 and the coefficients of its dense output.
func (p *Plant) extend(r *run, h float64, n int) {
	for j := range n {
		y0, y1 := r.y1[j], p.k[7][j]
		d := y1 - y0
		bend := float64(h*p.k[0][j]) - d
		sum := 0.0
		for i, c := range extension {
			sum += float64(c * (p.k[i][j] - p.k[0][j]))
		}
		r.r[0][j], r.r[1][j] = d, bend
		r.r[2][j] = d - float64(h*p.k[6][j]) - bend
		r.r[3][j] = float64(h * sum)
		r.y0[j], r.y1[j], r.f1[j] = y0, y1, p.k[6][j]
	}
}

// fraction returns which part of the step is over at t.
func (r *run) fraction(t vtime.Time) float64 {
	if t < r.t0 || t > r.t1 {
		panic(fmt.Sprintf("plant: read at %v outside of the step %v to %v", t, r.t0, r.t1))
	}
	if t == r.t1 {
		return 1
	}
	return float64(t-r.t0) / float64(r.t1-r.t0)
}

// dense evaluates the dense output of state j where the part x of the step is
// over.
func (r *run) dense(x float64, j int) float64 {
	x1 := 1 - x
	q := r.r[2][j] + float64(x1*r.r[3][j])
	q = r.r[1][j] + float64(x*q)
	q = r.r[0][j] + float64(x1*q)
	return r.y0[j] + float64(x*q)
}
