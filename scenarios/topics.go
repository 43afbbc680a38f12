package scenarios

import (
	"embed"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/compile"
	formula "github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/sim/device"
)

// A Topic is a page about the language: a part of it, or an injection.
type Topic struct {
	Name, Summary, Text string
	// Example can be pasted below the key that Below names ("timeline:"), or where
	// Below says in words ("at the left margin").
	Example, Below string
}

// Each page is a file: a summary, a text, and after === and the place where it
// can be pasted an example. FUNCTIONS and ICONS stand for all of them.
//
//go:embed topics/*.txt
var pages embed.FS

// Topics returns the pages: the parts of the language, then the injections.
func Topics() (topics []Topic) {
	names := []string{"timeline", "invariants", "formula", "monitor", "expressions", "physics", "network", "work", "capacity", "lora", "battery", "protocols", "attackers", "credentials", "checks", "log", "malware", "habits", "hardening", "barriers", "harden", "people", "walls", "hazards", "harm", "subjects", "data", "expect", "look", "watch", "use"}
	for _, class := range []string{"attack", "fault", "act"} {
		for _, name := range compile.Injections(class) {
			if !slices.Contains(names, name) { // one page for a name, whoever does it
				names = append(names, name)
			}
		}
	}
	for _, name := range names {
		text, err := pages.ReadFile("topics/" + name + ".txt")
		if err != nil {
			continue // a test sees to it that there is one
		}
		t := Topic{Name: name}
		var rest string
		t.Summary, rest, _ = strings.Cut(string(text), "\n")
		t.Text, rest, _ = strings.Cut(rest, "\n=== ")
		t.Below, t.Example, _ = strings.Cut(rest, "\n")
		t.Text = strings.NewReplacer("FUNCTIONS", lines(formula.Functions()), "ICONS", lines(device.Icons())).Replace(strings.Trim(t.Text, "\n"))
		topics = append(topics, t)
	}
	return topics
}

// lines lists names in lines for a terminal.
func lines(names []string) string {
	const width = 76
	var lines []string
	line := " "
	for _, name := range names {
		if len(line)+1+len(name) > width {
			lines, line = append(lines, line), " "
		}
		line += " " + name + " "
	}
	return strings.Join(append(lines, line), "\n")
}
