package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The tableau of Dormand and Prince (1980), order 5(4), seven stages of which
// the last is the first of the next step. Weights are applied to differences
// from the first stage, which takes the sum of the row (nodes, or 0): so a
// constant rate is integrated exactly, and the first column is not needed.
var nodes = [6]float64{1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1}

// stages are those of one state: its derivative at the beginning of the step, by
// how much those of stages 2 to 7 differ from it, and the state at stage 6.
type stages [8]float64

// The rows of the tableau from the second on.
func (k *stages) row2() float64 { return float64(3./10*k[0]) + float64(9./40*k[1]) }

func (k *stages) row3() float64 {
	return float64(4./5*k[0]) + float64(-56./15*k[1]) + float64(32./9*k[2])
}

func (k *stages) row4() float64 {
	return float64(8./9*k[0]) + float64(-25360./2187*k[1]) + float64(64448./6561*k[2]) + float64(-212./729*k[3])
}

func (k *stages) row5() float64 {
	return k[0] + float64(-355./33*k[1]) + float64(46732./5247*k[2]) + float64(49./176*k[3]) + float64(-5103./18656*k[4])
}

func (k *stages) row6() float64 {
	return k[0] + float64(500./1113*k[2]) + float64(125./192*k[3]) + float64(-2187./6784*k[4]) + float64(11./84*k[5])
}

// err is the difference of the fifth- and the fourth-order weights.
func (k *stages) err() float64 {
	return float64(-71./16695*k[2]) + float64(71./1920*k[3]) + float64(-17253./339200*k[4]) +
		float64(22./525*k[5]) + float64(-1./40*k[6])
}

// extension is of the continuous extension (Hairer, Norsett, Wanner, II.6, DOPRI5).
func (k *stages) extension() float64 {
	return float64(87487479700./32700410799*k[2]) + float64(-10690763975./1880347072*k[3]) +
		float64(701980252875./199316789632*k[4]) + float64(-1453857185./822651844*k[5]) + float64(69997945./29380423*k[6])
}

// Limits of the step size control.
const (
	safety   = 0.9
	shrink   = 0.2
	grow     = 10
	attempts = 100 // rejections of one step before it is called stuck
)

// stepExplicit computes the step after r.t1 and its dense output.
func (p *Plant) stepExplicit(island int) error {
	r := &p.run[island]
	whole := max(1, min(p.first(r), r.most))
	span := p.upToSwitch(island, whole)
	cut := span < whole
	jumped := false
	for range attempts {
		h := vtime.Seconds(span)
		size := p.attempt(r, h)
		jumped = jumped || p.mayJump(size)
		if size <= 1 || span == 1 && p.overJump(r) {
			p.Steps++
			p.extend(r, h)
			r.t0, r.t1 = r.t1, r.t1.Add(span)
			if r.h = float64(h * factor(size)); cut { // it may go on as if nothing were
				r.h = max(r.h, vtime.Seconds(whole))
			}
			p.suspect(island, h)
			return p.turns(island, jumped)
		}
		p.Rejected++
		if span == 1 {
			break
		}
		span, cut = max(1, min(span-1, vtime.FromSeconds(float64(h*factor(size))))), false
	}
	if p.wild {
		return p.notFinite(island, p.f, "becomes")
	}
	return p.stuck(island, p.blame, r.t1, "no step is short enough for the tolerance (tried down to %v): "+
		"it changes within less than that, grows beyond all bounds, or turns to and fro ever faster; slow it down, limit it, or give what switches it a band or a delay", span)
}

// first returns the size to try: as suggested by the step before, or guessed
// (Hairer, Norsett, Wanner, II.4: an explicit Euler step that changes the state
// by a hundredth).
func (p *Plant) first(r *run) vtime.Duration {
	if r.h > 0 {
		return vtime.FromSeconds(r.h)
	}
	var d0, d1 float64
	for j, y := range r.y1 {
		sc := p.atol + float64(p.rtol*math.Abs(y))
		d0 = max(d0, math.Abs(y)/sc)
		d1 = max(d1, math.Abs(r.f1[j])/sc)
	}
	if d0 < 1e-5 || d1 < 1e-5 {
		return vtime.Millisecond
	}
	return max(vtime.Microsecond, vtime.FromSeconds(0.01*d0/d1))
}

// factor is how much to change the step for an error of so many tolerances.
func factor(size float64) float64 {
	if size < 2e-6 { // it would come out above
		return grow
	}
	// The fifth root by three Newton steps from a rational start would do; cube
	// roots and square roots are exact operations everywhere: x^(1/5) is taken as
	// x^(3/16) (square roots only), within 6 % over the range that matters.
	q := math.Sqrt(math.Sqrt(math.Sqrt(size)))
	root := float64(q * math.Sqrt(q))
	return min(grow, max(shrink, safety/root))
}

// attempt computes the stages of a step of h seconds into p.k, the new state and
// its derivative into p.y and p.f; it returns the error in units of the
// tolerance, infinite where a derivative is not finite. It blames the state that
// decides.
func (p *Plant) attempt(r *run, h float64) float64 {
	start := r.t1.Seconds()
	for s, c := range nodes {
		p.place(r, s, h)
		if !p.derive(r, start+float64(c*h), p.f) {
			p.blame, p.wild = firstNotFinite(p.f[:len(r.cells)]), true
			return math.Inf(1)
		}
	}
	p.blame, p.wild = 0, false
	worst := 0.0
	y0, k := r.y1, p.k[:len(r.y1)]
	f, y := p.f[:len(k)], p.y[:len(k)]
	for j := range k {
		s := &k[j]
		s[6] = f[j] - s[0]
		y1 := y[j]
		sc := p.atol + float64(p.rtol*max(math.Abs(y0[j]), math.Abs(y1)))
		if size := math.Abs(float64(h*s.err())) / sc; !(size <= worst) {
			worst, p.blame = size, j
		}
		if y1-y1 != 0 {
			p.blame = j
			return math.Inf(1)
		}
	}
	return worst
}

// place puts the states of a stage into the column, once it has taken the
// derivatives of the stage before.
func (p *Plant) place(r *run, stage int, h float64) {
	k, v := p.k[:len(r.cells)], p.v
	cells, y, f := r.cells[:len(k)], r.y1[:len(k)], p.f[:len(k)]
	switch stage {
	case 0:
		for j := range k {
			k[j][0] = r.f1[j]
			v[cells[j].slot] = y[j] + float64(h*float64(1./5*k[j][0]))
		}
	case 1:
		for j := range k {
			k[j][1] = f[j] - k[j][0]
			v[cells[j].slot] = y[j] + float64(h*k[j].row2())
		}
	case 2:
		for j := range k {
			k[j][2] = f[j] - k[j][0]
			v[cells[j].slot] = y[j] + float64(h*k[j].row3())
		}
	case 3:
		for j := range k {
			k[j][3] = f[j] - k[j][0]
			v[cells[j].slot] = y[j] + float64(h*k[j].row4())
		}
	case 4:
		for j := range k {
			k[j][4] = f[j] - k[j][0]
			k[j][7] = y[j] + float64(h*k[j].row5())
			v[cells[j].slot] = k[j][7]
		}
	default:
		end := p.y[:len(k)]
		for j := range k {
			k[j][5] = f[j] - k[j][0]
			end[j] = y[j] + float64(h*k[j].row6())
			v[cells[j].slot] = end[j]
		}
	}
}

// extend accepts the step: y0, y1, f1 and its dense output.
func (p *Plant) extend(r *run, h float64) {
	curves, k := r.curves, p.k[:len(r.curves)]
	y, f := p.y[:len(k)], p.f[:len(k)]
	for j := range curves {
		c, s := &curves[j], &k[j]
		y0, y1 := r.y1[j], y[j]
		d := y1 - y0
		bend := float64(h*s[0]) - d
		c.y0, c.c0, c.c1 = y0, d, bend
		c.c2 = d - float64(h*f[j]) - bend
		c.c3 = float64(h * s.extension())
		r.y0[j], r.y1[j], r.f1[j] = y0, y1, f[j]
	}
}
