package powergrid

import (
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/device"
)

// A flow is a power flow that Newton's method solves in polar coordinates: at buses
// with a machine power and voltage are given, at an infinite bus voltage and angle,
// at all others power and reactive power. Where no bus is infinite the first
// machine's is taken for one.
type flow struct {
	y                [][]phasor // admittances between buses
	active, reactive []float64  // injected, as wanted
	magnitude, angle []float64
	// turns and lifts are the buses whose angle and magnitude are looked for.
	turns, lifts []int
}

// rounds bounds Newton's method, which from a flat start takes about five.
const rounds = 30

// flowOf sets up the power flow of the start.
func flowOf(s *Spec, l *layout) *flow {
	n := len(l.buses)
	f := &flow{
		y: lines(s, l, nil), active: make([]float64, n), reactive: make([]float64, n),
		magnitude: make([]float64, n), angle: make([]float64, n),
	}
	held, swings := make([]bool, n), make([]bool, n)
	for i := range n {
		f.magnitude[i], swings[i] = 1, true
	}
	for i, bus := range l.machine {
		f.magnitude[bus], held[bus] = s.Machines[i].Voltage, true
		f.active[bus] += s.Machines[i].Power / s.Base
		swings[bus] = i > 0 || len(l.infinite) > 0
	}
	for i, bus := range l.infinite {
		f.magnitude[bus], held[bus], swings[bus] = s.Infinite[i].Voltage, true, false
	}
	for i, bus := range l.load {
		f.active[bus] -= s.Loads[i].Power / s.Base
		f.reactive[bus] -= s.Loads[i].Reactive / s.Base
	}
	for i := range n {
		if swings[i] {
			f.turns = append(f.turns, i)
		}
		if !held[i] {
			f.lifts = append(f.lifts, i)
		}
	}
	return f
}

// lines is the matrix of the branches that are closed, all where closed is nil.
func lines(s *Spec, l *layout, closed []bool) [][]phasor {
	y := table(len(l.buses), len(l.buses))
	for i, b := range s.Branches {
		if closed != nil && !closed[i] {
			continue
		}
		from, to := l.from[i], l.to[i]
		series := phasor{b.Resistance, b.Reactance}.inverse()
		own := series.plus(phasor{0, float64(b.Charging / 2)})
		y[from][from], y[to][to] = y[from][from].plus(own), y[to][to].plus(own)
		y[from][to], y[to][from] = y[from][to].minus(series), y[to][from].minus(series)
	}
	return y
}

// solve runs Newton's method until a round changes nothing any more that counts.
func (f *flow) solve() ([]phasor, error) {
	size := len(f.turns) + len(f.lifts)
	for range rounds {
		jacobian, rest := f.linear()
		worst := 0.0
		for i := range rest {
			worst = max(worst, math.Abs(rest[i][0].re))
		}
		if size > 0 && !solve(jacobian, rest) {
			break
		}
		for i, bus := range f.turns {
			f.angle[bus] += rest[i][0].re
		}
		for i, bus := range f.lifts {
			f.magnitude[bus] += float64(rest[len(f.turns)+i][0].re * f.magnitude[bus])
		}
		if worst < 1e-12 {
			return f.voltages(), nil
		}
	}
	return nil, device.Invalid("machines", "and loads have no power flow: Newton's method finds none from 1 pu at every bus")
}

func (f *flow) voltages() []phasor {
	v := make([]phasor, len(f.angle))
	for i := range v {
		v[i] = polar(f.magnitude[i], f.angle[i])
	}
	return v
}

// linear returns the Jacobian, by angle and by relative magnitude, and the mismatch,
// both as real parts.
func (f *flow) linear() (jacobian, rest [][]phasor) {
	n := len(f.angle)
	p, q := make([]float64, n), make([]float64, n)
	// s and c are |Vi||Vj| times G sin - B cos and G cos + B sin of the pair.
	s, c := make([][]float64, n), make([][]float64, n)
	for i := range n {
		s[i], c[i] = make([]float64, n), make([]float64, n)
		for j := range n {
			g, b := f.y[i][j].re, f.y[i][j].im
			if g == 0 && b == 0 {
				continue
			}
			sin, cos := detmath.Sincos(f.angle[i] - f.angle[j])
			both := float64(f.magnitude[i] * f.magnitude[j])
			s[i][j] = float64(both * (float64(g*sin) - float64(b*cos)))
			c[i][j] = float64(both * (float64(g*cos) + float64(b*sin)))
			p[i], q[i] = p[i]+c[i][j], q[i]+s[i][j]
		}
	}
	size := len(f.turns) + len(f.lifts)
	jacobian, rest = table(size, size), table(size, 1)
	for row := range size {
		lift := row >= len(f.turns)
		i := f.unknown(row)
		if rest[row][0].re = f.active[i] - p[i]; lift {
			rest[row][0].re = f.reactive[i] - q[i]
		}
		for column := range size {
			j := f.unknown(column)
			jacobian[row][column].re = slope(i, j, lift, column >= len(f.turns), s, c, p, q)
		}
	}
	return jacobian, rest
}

func (f *flow) unknown(i int) int {
	if i < len(f.turns) {
		return f.turns[i]
	}
	return f.lifts[i-len(f.turns)]
}

// slope is a partial derivative: of the active or reactive power at bus i, by the
// angle or the relative magnitude at bus j.
func slope(i, j int, reactive, magnitude bool, s, c [][]float64, p, q []float64) float64 {
	switch {
	case i != j && !reactive && !magnitude:
		return s[i][j]
	case i != j && !reactive:
		return c[i][j]
	case i != j && !magnitude:
		return -c[i][j]
	case i != j:
		return s[i][j]
	case !reactive && !magnitude:
		return s[i][i] - q[i]
	case !reactive:
		return p[i] + c[i][i]
	case !magnitude:
		return p[i] - c[i][i]
	}
	return q[i] + s[i][i]
}
