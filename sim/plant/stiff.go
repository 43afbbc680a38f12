package plant

import "math"

// A Solver is a method of integration.
type Solver uint8

// The solvers.
const (
	// Automatic is explicit, and implicit while the system is stiff.
	Automatic Solver = iota
	Explicit
	Implicit
)

// Solvers returns the solvers as they are written, in their order.
func Solvers() []string { return []string{"automatic", "explicit", "implicit"} }

// String returns the solver as it is written.
func (s Solver) String() string { return Solvers()[s] }

// stiffness tells when the explicit method is held back by its stability, and
// when the implicit one is no longer worth its cost (Hairer, Wanner, Solving
// Ordinary Differential Equations II, IV.2).
type stiffness struct {
	stiff bool // the method at work is the implicit one
	// signs of the other method being the better one, and steps without any
	signs, quiet int
	// patience is how many signs it takes to change over to the implicit method:
	// more where that was not worth it the last times.
	patience, stay int
	gain           float64 // explicit steps that the stay was worth, about
	looked         uint8
}

// Limits of the changes between the methods. At h*lambda = 3.3 the explicit method
// is unstable, and its control keeps a step just below that; but from 1 on already
// a component is not followed, at the tolerances that are in use: it is only kept
// from growing, and how it is disturbed holds the step back.
const (
	heldBack     = 1   // h*lambda from which on the explicit method is held back
	atEase       = 0.6 // and below which it is not
	enough       = 15  // signs of either, to change over
	dear         = 32  // and one more to the implicit method for so many entries of its matrix
	calm         = 6   // steps without a sign, to forget those before
	worthwhile   = 10  // explicit steps that an implicit one must be worth
	mostPatience = enough << 2
	rarely       = 15 // one step of so many plus one is looked at while nothing is suspected
)

// suspect looks whether a step of h seconds was as long as stability lets it be.
func (p *Plant) suspect(island int, h float64) {
	r := &p.run[island]
	if r.looked++; r.signs == 0 && r.looked&rarely != 0 || p.Islands[island].Solver != Automatic {
		return
	}
	if float64(h*p.lambda(r)) <= heldBack {
		if r.quiet++; r.quiet >= calm {
			r.signs = 0
		}
		return
	}
	r.quiet = 0
	if r.signs++; r.signs >= max(enough, r.patience)+len(r.cells)*len(r.cells)/dear {
		r.stiffness = stiffness{stiff: true, patience: r.patience}
	}
}

// lambda estimates the greatest eigenvalue of the Jacobian, from the two stages
// at the end of the step just accepted.
func (p *Plant) lambda(r *run) float64 {
	df, dy := 0.0, 0.0
	for j := range r.cells {
		k := &p.k[j]
		a, b := k[6]-k[5], p.y[j]-k[7]
		df += float64(a * a)
		dy += float64(b * b)
	}
	if dy == 0 {
		return 0
	}
	return math.Sqrt(df / dy)
}

// relax looks whether an implicit step of h seconds is one that the explicit
// method could have made as well.
func (p *Plant) relax(island int, h float64) {
	r := &p.run[island]
	r.stay++
	r.gain += float64(h * r.implicit.radius)
	if p.Islands[island].Solver != Automatic {
		return
	}
	if float64(h*r.implicit.radius) > atEase {
		r.signs = 0
		return
	}
	if r.signs++; r.signs >= enough {
		r.implicit.restart()
		r.backToExplicit()
	}
}

// backToExplicit leaves the implicit method.
func (r *run) backToExplicit() {
	patience := enough
	if r.gain < float64(worthwhile*r.stay) {
		patience = min(mostPatience, 2*max(enough, r.patience))
	}
	r.stiffness = stiffness{patience: patience}
}
