package expression

import (
	"strconv"
	"strings"
)

// A Use is what an expression is for.
type Use uint8

// The uses of expressions.
const (
	Guard      Use = iota // a condition of a device: a rule's when and if, a plc's on and off
	Trigger               // a step's when
	Invariant             // a condition of an invariant
	Wiring                // an input made of several signals
	Rule                  // what a rule or a message sets
	Derivative            // a rate
	Computed              // a value that is always up to date
	Shown                 // a column of the story
	uses
)

var useNames = [uses]string{"guard", "trigger", "invariant", "wired input", "assignment", "derivative", "computed signal", "column"}

// A Tally counts the expressions that were compiled to closures. Every expression
// that has no mistake is: there is no interpreter that another could fall back on.
type Tally [uses]int

// Add adds another tally.
func (t *Tally) Add(other Tally) {
	for use, n := range other {
		t[use] += n
	}
}

// Total is how many there are.
func (t Tally) Total() (n int) {
	for _, of := range t {
		n += of
	}
	return n
}

// String says how many there are of each use: "3 guards, 1 invariant".
func (t Tally) String() string {
	var parts []string
	for use, n := range t {
		if n > 0 {
			parts = append(parts, plural(strconv.Itoa(n), useNames[use]))
		}
	}
	return strings.Join(parts, ", ")
}
