// Package scenarios loads scenario files: from YAML text to a plan that can be
// run, or every mistake at once.
package scenarios

import (
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
)

// A Scenario is a loaded scenario.
type Scenario struct {
	Plan *sim.Plan
	// File is where it came from, as given, or "library:NAME".
	File string
	// Text is the scenario file itself.
	Text []byte
	// Seeds is how many seeds the scenario asks for, at least 1.
	Seeds int
	// Warnings are mistakes that do not keep it from running.
	Warnings source.Problems
}

// An Entry is a scenario of the library.
type Entry struct {
	Name  string // such as "swat/attack-01"
	About string // one line
}

// Load reads, checks and compiles a scenario: a file, or a name of the library.
// The error is a source.Problems where the file has mistakes.
func Load(name string) (*Scenario, error) { return nil, nil }

// Parse checks and compiles a scenario from its text. Files that it uses are read
// relative to the name.
func Parse(name string, text []byte) (*Scenario, error) { return nil, nil }

// Library lists the scenarios of the library, by name.
func Library() []Entry { return nil }

// Expand turns names of the library, files and globs of either (swat/*) into
// names that Load takes. A glob that matches nothing is an error.
func Expand(patterns []string) ([]string, error) { return nil, nil }

// Catalog returns the kinds that a scenario can name, those written in the file
// (custom, plc) included.
func Catalog() *device.Catalog { return nil }

// Schema returns the JSON Schema of the language.
func Schema() ([]byte, error) { return nil, nil }
