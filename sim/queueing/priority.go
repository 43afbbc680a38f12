package queueing

import (
	"fmt"
	"math"
)

// A Class is what comes to a server with a priority: at which rate, and which service times
// it needs.
type Class struct{ Arrival, Mean, Second float64 }

// Cobham returns the mean waits of classes that one server takes strictly in their order,
// the first one first, without interrupting what it serves. A class for which it does not
// keep up waits for ever, +Inf, and so do all after it.
func Cobham(classes []Class) ([]float64, error) {
	residual := 0.0
	for i, c := range classes {
		err := moments(c.Mean, c.Second)
		if err == nil {
			err = natural("arrival rate", c.Arrival)
		}
		if err != nil {
			return nil, fmt.Errorf("class %d: %w", i, err)
		}
		residual += float64(float64(c.Arrival*c.Second) / 2)
	}
	waits := make([]float64, len(classes))
	before := 0.0
	for i, c := range classes {
		after := before + float64(c.Arrival*c.Mean)
		waits[i] = math.Inf(1)
		if after < 1 {
			waits[i] = residual / float64((1-before)*(1-after))
		}
		before = after
	}
	return waits, nil
}
