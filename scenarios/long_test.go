package scenarios

import (
	"flag"
	"testing"
)

// long asks for what takes more than a few seconds and shows what shorter tests show of
// smaller systems, or in fewer cases:
//
//	go test ./scenarios -long
var long = flag.Bool("long", false, "run the long tests as well")

// isLong skips a test that is long, unless it is asked for.
func isLong(t *testing.T) {
	t.Helper()
	if !*long {
		t.Skip("long: run it with -long")
	}
}
