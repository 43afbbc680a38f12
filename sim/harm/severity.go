package harm

import "github.com/harmproof/harmproof/sim/detmath"

// A Severity is how badly a person is harmed.
type Severity int

// The scale, see the page of the package.
const (
	None Severity = iota
	Slight
	Serious
	Irreversible
	Death
)

// words are the scale for people.
var words = [...]string{"none", "slight", "serious", "irreversible", "death"}

// String returns the severity in a word. What is off the scale is as bad as its end.
func (s Severity) String() string { return words[min(max(s, None), Death)] }

// From which probability of death on each severity is given.
const (
	slightRisk       = 0.0001
	seriousRisk      = 0.001
	irreversibleRisk = 0.01
	deathRisk        = 0.1
)

// Risk is the model of exposures that kill with a probability.
func Risk() *Model { return rising(0, 1, slightRisk, seriousRisk, irreversibleRisk, deathRisk) }

// loads are those of a probit a + b ln(load), for the severities from slight to death.
func loads(a, b float64) (at [Death]float64) {
	for i, p := range [Death]float64{slightRisk, seriousRisk, irreversibleRisk, deathRisk} {
		at[i] = load(a, b, p)
	}
	return at
}

// load is with which a share comes to harm: share = Phi(a + b ln(load) - 5).
func load(a, b, share float64) float64 {
	return detmath.Exp((5 + detmath.NormQuantile(share) - a) / b)
}
