// Package trials says how many trials a property test makes.
package trials

import (
	"flag"
	"strconv"
	"testing"
)

// Make has rapid.Check make so many trials until the test ends, or as many as the flag
// -rapid.checks says:
//
//	go test ./scenarios/expression -run Agree -rapid.checks=1000000
func Make(t testing.TB, trials int) {
	f := flag.Lookup("rapid.checks")
	before := f.Value.String()
	if before != f.DefValue {
		return
	}
	set := func(to string) {
		if err := f.Value.Set(to); err != nil {
			t.Fatal(err)
		}
	}
	set(strconv.Itoa(trials))
	t.Cleanup(func() { set(before) })
}

// Long skips a test that takes seconds where go test -short is asked for what is quick: under
// the race detector it takes a minute.
func Long(t testing.TB) {
	if testing.Short() {
		t.Skip("it takes seconds, and -short is given")
	}
}
