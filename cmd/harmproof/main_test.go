package main

import (
	"flag"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the tool prints to the scripts")

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"harmproof": main}) }

// TestScripts runs the tool as people and their scripts do: each file of
// testdata/script is commands and what they must print.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true})
}
