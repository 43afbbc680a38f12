package plant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/plant"
)

// The floor under BenchmarkTenTanks: the same system, method, tolerance and
// switches, written by hand for it: no cells, no closures, no islands, a root
// where the sign differs between the ends of a step, found by Illinois on the
// dense output down to a nanosecond.

const tanks = 10

type vector [tanks]float64

type byHand struct {
	t, h, rtol   float64
	y, f, pump   vector
	y1           vector
	k            [7]vector
	steps, roots uint64
}

func (s *byHand) rate(y, f *vector) {
	before := 0.0
	for j := range y {
		root := math.Sqrt(max(0, y[j]))
		f[j] = s.pump[j] - float64(0.02*root) + float64(0.01*before)
		before = root
	}
}

func (s *byHand) attempt() (size float64) {
	h, k, y := s.h, &s.k, &s.y
	var z vector
	k[0] = s.f
	for j := range z {
		z[j] = y[j] + float64(h*float64(1./5*k[0][j]))
	}
	s.rate(&z, &k[1])
	for j := range z {
		z[j] = y[j] + float64(h*(float64(3./40*k[0][j])+float64(9./40*k[1][j])))
	}
	s.rate(&z, &k[2])
	for j := range z {
		z[j] = y[j] + float64(h*(float64(44./45*k[0][j])+float64(-56./15*k[1][j])+float64(32./9*k[2][j])))
	}
	s.rate(&z, &k[3])
	for j := range z {
		z[j] = y[j] + float64(h*(float64(19372./6561*k[0][j])+float64(-25360./2187*k[1][j])+
			float64(64448./6561*k[2][j])+float64(-212./729*k[3][j])))
	}
	s.rate(&z, &k[4])
	for j := range z {
		z[j] = y[j] + float64(h*(float64(9017./3168*k[0][j])+float64(-355./33*k[1][j])+
			float64(46732./5247*k[2][j])+float64(49./176*k[3][j])+float64(-5103./18656*k[4][j])))
	}
	s.rate(&z, &k[5])
	for j := range z {
		z[j] = y[j] + float64(h*(float64(35./384*k[0][j])+float64(500./1113*k[2][j])+
			float64(125./192*k[3][j])+float64(-2187./6784*k[4][j])+float64(11./84*k[5][j])))
	}
	s.rate(&z, &k[6])
	s.y1 = z
	for j := range z {
		e := float64(71./57600*k[0][j]) + float64(-71./16695*k[2][j]) + float64(71./1920*k[3][j]) +
			float64(-17253./339200*k[4][j]) + float64(22./525*k[5][j]) + float64(-1./40*k[6][j])
		size = max(size, math.Abs(float64(h*e))/(s.rtol/1000+float64(s.rtol*max(math.Abs(y[j]), math.Abs(z[j])))))
	}
	return size
}

// gap is that of the next switch of tank j.
func (s *byHand) gap(j int, y float64) float64 {
	if s.pump[j] > 0 {
		return y - 1.5
	}
	return 0.8 - y
}

// dense returns the coefficients of the dense output of tank j.
func (s *byHand) dense(j int) (c [5]float64) {
	k := &s.k
	d := s.y1[j] - s.y[j]
	bend := float64(s.h*k[0][j]) - d
	sum := float64(-12715105075./11282082432*k[0][j]) + float64(87487479700./32700410799*k[2][j]) +
		float64(-10690763975./1880347072*k[3][j]) + float64(701980252875./199316789632*k[4][j]) +
		float64(-1453857185./822651844*k[5][j]) + float64(69997945./29380423*k[6][j])
	return [5]float64{s.y[j], d, bend, d - float64(s.h*k[6][j]) - bend, float64(s.h * sum)}
}

func eval(c *[5]float64, x float64) float64 {
	x1 := 1 - x
	return c[0] + float64(x*(c[1]+float64(x1*(c[2]+float64(x*(c[3]+float64(x1*c[4])))))))
}

// root returns where in the step tank j switches, by Illinois.
func (s *byHand) root(j int, to float64) float64 {
	c := s.dense(j)
	a, b := 0.0, to
	fa, fb := s.gap(j, eval(&c, a)), s.gap(j, eval(&c, b))
	for side := 0; (b-a)*s.h > 1e-9; {
		m := (float64(a*fb) - float64(b*fa)) / (fb - fa)
		fm := s.gap(j, eval(&c, m))
		if fm >= 0 {
			if b = m; side == 1 {
				fa /= 2
			}
			fb, side = fm, 1
		} else {
			if a = m; side == -1 {
				fb /= 2
			}
			fa, side = fm, -1
		}
		if fm == 0 || math.Abs(fm) < 1e-15 {
			break
		}
	}
	return b
}

// step accepts a step, up to the first switch in it.
func (s *byHand) step() {
	size := s.attempt()
	for ; size > 1; size = s.attempt() {
		s.h *= max(0.2, 0.9/math.Sqrt(math.Sqrt(size)))
	}
	s.steps++
	which, at := -1, 1.0
	for j := range s.y {
		y := s.y1[j]
		if which >= 0 {
			c := s.dense(j)
			y = eval(&c, at)
		}
		if s.gap(j, s.y[j]) < 0 && s.gap(j, y) >= 0 {
			which, at = j, s.root(j, at)
		}
	}
	next := s.h * min(10, 0.9/math.Sqrt(math.Sqrt(max(size, 1e-9))))
	s.t += float64(s.h * at)
	if which < 0 {
		s.y, s.f, s.h = s.y1, s.k[6], next
		return
	}
	for j := range s.y {
		c := s.dense(j)
		s.y1[j] = eval(&c, at)
	}
	s.roots++
	s.pump[which] = 0.04 - s.pump[which]
	s.y, s.h = s.y1, next
	s.rate(&s.y, &s.f)
}

// tenTanksByHand is the system at 2000 s.
func tenTanksByHand(rtol float64) *byHand {
	s := &byHand{h: 0.1, rtol: rtol}
	for j := range s.y {
		s.y[j] = 1 + 0.1*float64(j)
	}
	for s.rate(&s.y, &s.f); s.t < 2000-1e-9; {
		s.h = min(s.h, 2000-s.t)
		s.step()
	}
	return s
}

// The two agree as well as the tolerance lets them, switch by switch.
func TestTenTanks(t *testing.T) {
	best, far := tenTanksByHand(1e-12), math.Inf(1)
	for _, rtol := range []float64{1e-6, 1e-8, 1e-10} {
		s, hand, worst, off := newTanks(true, plant.Options{Rtol: rtol, Atol: rtol / 1000}), tenTanksByHand(rtol), 0.0, 0.0
		s.to(t, 2000*second)
		for j, y := range best.y {
			worst = max(worst, math.Abs(s.frame.V[int(first)+j]-y))
			off = max(off, math.Abs(hand.y[j]-y))
		}
		t.Logf("rtol %.0e: %d steps, %d rejected, %d roots, off by %.1e; by hand %d steps, off by %.1e",
			rtol, s.Steps, s.Rejected, s.roots, worst, hand.steps, off)
		assert.Equal(t, best.roots, s.roots)
		assert.Equal(t, best.roots, hand.roots)
		assert.Less(t, worst, 1000*rtol)
		assert.Less(t, worst, far)
		far = worst
	}
}

func BenchmarkTenTanksByHand(bm *testing.B) {
	bm.ReportAllocs()
	var steps, roots uint64
	for range bm.N {
		s := tenTanksByHand(1e-6)
		steps, roots = steps+s.steps, roots+s.roots
	}
	report(bm, steps, roots)
}
