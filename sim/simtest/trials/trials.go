// Package trials says how many trials a test makes: as many as the flag asks for.
//
//	go test -short ./...        what is quick, and one scenario of each system
//	go test ./...               all that takes seconds
//	.ci/run                     all there is
//
// Tests that take many seconds show, most of them, what shorter ones show of smaller systems,
// or in fewer cases. Packages that have such know the flag -long:
//
//	go test ./scenarios ./scenarios/scenariotest ./cmd/harmproof -long
package trials

import (
	"flag"
	"strconv"
	"testing"
)

var long = flag.Bool("long", false, "make the long tests as well")

// Asked reports whether -long asks for the long tests.
func Asked() bool { return *long }

// OptIn skips a long test that nobody asks for.
func OptIn(t testing.TB) {
	t.Helper()
	if !*long {
		t.Skip("long: run it with -long")
	}
}

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

// Few is Make where a trial takes long, so that fewer are made than rapid makes by itself,
// unless the long tests are asked for. With -short rapid itself makes a fifth.
func Few(t testing.TB, trials int) {
	if !*long && !testing.Short() {
		Make(t, trials)
	}
}

// Long skips a test that takes seconds where go test -short is asked for what is quick: under
// the race detector it takes a minute.
func Long(t testing.TB) {
	if testing.Short() {
		t.Skip("it takes seconds, and -short is given")
	}
}
