package repocheck

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// policy is who may import whom: a package imports only what is on earlier lines.
// Within the rooms of sim the prefix sim/ is left out. Nobody relaxes it to fix a
// build; changing the plan is a commit that says why.
//
// Two lines of the plan are cut in two: rng and unit need functions with the same
// bits everywhere (detmath); compile knows custom devices. A signal's bounds are
// intervals.
//
// The plan had traces below the kernel, which would feed them. They stand after sim, as
// files and compression are outside of a run, and know nothing of it (narrow): who
// watches a trace needs no simulator. sim/trace/record leads from one to the other.
const policy = `
vtime detmath snapshot floor scenarios/source
unit rng queueing tally
quantile arrivals
station
des interval data/anonymity data/places
data/link
signal
plant
logbook check network/lora
network
network/modbus network/mqtt network/enip
monitor/formula
monitor/reference monitor/truth monitor/margin monitor/stl
device monitor
outbreak data
inject/technique
harm inject
sim
sim/simtest sim/simtest/trials sim/recording sim/pcap sim/trace/container sim/trace/robotics
sim/trace
sim/trace/record sim/trace/vcd sim/trace/perfetto sim/trace/parquet
sim/campaign
sim/campaign/why sim/campaign/harden sim/campaign/capacity
sim/report
twins/<kind>
twins
scenarios/syntax scenarios/expression
scenarios/custom
scenarios/compile
scenarios
scenarios/scenariotest
viz/draw
viz/draw/gallery
viz/scene viz/player viz/layout viz/look
viz/ground
viz/view
viz/mesh
viz/raster viz/window
cmd/<tool>
`

// narrow is who imports even less: only what is named, of the repository.
const narrow = `
sim/data/anonymity sim/data/places: sim/vtime sim/rng sim/detmath
sim/data/link: sim/vtime sim/data/anonymity
twins/<kind>: sim/device sim/vtime sim/unit sim/rng sim/detmath sim/harm
sim/trace: sim/vtime sim/trace/container sim/trace/robotics
sim/trace/container sim/trace/robotics: sim/vtime
sim/trace/vcd sim/trace/perfetto sim/trace/parquet: sim/vtime sim/unit sim/trace
viz/draw:
viz/scene: sim/vtime sim/unit sim/trace
viz/player: sim/vtime sim/unit sim/trace viz/scene
viz/ground: sim/vtime sim/unit sim/trace viz/scene
viz/layout: sim/vtime sim/unit sim/trace
viz/look: viz/draw
viz/view: sim/vtime sim/unit sim/trace viz/draw viz/scene viz/player viz/layout viz/look viz/ground
viz/draw/gallery viz/mesh: viz/draw
viz/raster: viz/draw viz/mesh
viz/window: viz/draw viz/mesh viz/view
`

// blind is who must not import what an earlier line would let it: a scenario knows
// kinds only through device.Catalog, as data.
const blind = `
scenarios/syntax scenarios/expression scenarios/custom scenarios/compile: twins twins/<kind>
`

// doors is where a dependency comes in: by one package, or below one folder.
const doors = `
github.com/expr-lang/expr: scenarios/expression
go.yaml.in/yaml/v4: scenarios/syntax
github.com/gopacket/gopacket: sim/pcap
github.com/foxglove/mcap/go/mcap: sim/trace/container
github.com/klauspost/compress/zstd: sim/trace/container
github.com/parquet-go/parquet-go: sim/trace/parquet
github.com/hajimehoshi/ebiten/v2: viz/window
golang.org/x/image: viz/draw
gonum.org/v1/gonum: sim/campaign/harden
`

// inRun is up to which line packages are what runs: no wall clock, no files and no
// network there.
const inRun = "sim"

// outside are packages of the standard library that what runs must not import.
var outside = []string{"os", "net", "syscall", "math/rand", "math/rand/v2", "unsafe", "log", "log/slog", "testing", "crypto/rand"}

// ranks returns the line of every name of the policy.
func ranks() map[string]int {
	rank := map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(policy), "\n") {
		for _, name := range strings.Fields(line) {
			if root, _, _ := strings.Cut(name, "/"); !slices.Contains([]string{"sim", "twins", "scenarios", "viz", "cmd"}, root) {
				name = "sim/" + name
			}
			rank[name] = i
		}
	}
	return rank
}

// kind is the name that stands for a package in the policy.
func kind(place string) string {
	switch dir, _ := path.Split(place); dir {
	case "twins/":
		return "twins/<kind>"
	case "cmd/":
		return "cmd/<tool>"
	}
	return place
}

// table reads lines such as "who who: what what".
func table(text string) (list [][2][]string) {
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		who, what, _ := strings.Cut(line, ": ")
		list = append(list, [2][]string{strings.Fields(who), strings.Fields(what)})
	}
	return list
}

// breaches returns what is wrong with the imports of a package.
func breaches(place string, imports []string) (found []string) {
	rank := ranks()
	mine, ok := rank[kind(place)]
	if !ok {
		return []string{place + " is not in the policy: add it to the line where it belongs"}
	}
	say := func(format string, args ...any) { found = append(found, place+" "+fmt.Sprintf(format, args...)) }
	for _, imported := range imports {
		name, own := strings.CutPrefix(imported, module+"/")
		switch {
		case own:
			if line, known := rank[kind(name)]; known && line >= mine {
				say("imports %s, which is not on an earlier line", name)
			}
			for _, rule := range table(narrow) {
				if slices.Contains(rule[0], kind(place)) && !slices.Contains(rule[1], name) {
					say("imports %s, but only %v are for it", name, rule[1])
				}
			}
			for _, rule := range table(blind) {
				if slices.Contains(rule[0], place) && slices.Contains(rule[1], kind(name)) {
					say("imports %s, which it must know as data only", name)
				}
			}
		case strings.Contains(strings.Split(imported, "/")[0], "."):
			if !opens(place, imported) {
				say("imports %s: that is not the door for it", imported)
			}
		case mine <= rank[inRun] || kind(place) == "twins/<kind>":
			if slices.Contains(outside, imported) || imported == "time" && place != "sim/vtime" {
				say("imports %s, which is outside of a run", imported)
			}
		}
	}
	return found
}

// opens reports whether a package is the door of a dependency.
func opens(place, imported string) bool {
	for _, door := range table(doors) {
		if dependency := door[0][0]; imported == dependency || strings.HasPrefix(imported, dependency+"/") {
			at := door[1][0]
			return place == at || strings.HasSuffix(at, "/") && strings.HasPrefix(place, at)
		}
	}
	return false
}

func TestImports(t *testing.T) {
	r := open(t)
	seen := map[string]bool{}
	for _, p := range r.own {
		seen[kind(p.place())] = true
		for _, b := range breaches(p.place(), p.Imports) {
			t.Error(b)
		}
	}
	for name := range ranks() {
		if !seen[name] {
			t.Errorf("the policy has %s, which does not exist", name)
		}
	}
}

// The policy finds what it should.
func TestBreaches(t *testing.T) {
	own := func(names ...string) (list []string) {
		for _, n := range names {
			list = append(list, module+"/"+n)
		}
		return list
	}
	for _, test := range []struct {
		place   string
		imports []string
		want    string
	}{
		{"sim/des", own("sim/vtime"), ""},
		{"sim/des", own("sim/signal"), "sim/des imports sim/signal, which is not on an earlier line"},
		{"sim/rng", own("sim/unit"), "sim/rng imports sim/unit, which is not on an earlier line"},
		{"twins/tank", own("twins/pump"), "twins/tank imports twins/pump, which is not on an earlier line; twins/tank imports twins/pump, but only [sim/device sim/vtime sim/unit sim/rng sim/detmath sim/harm] are for it"},
		{"twins/tank", own("sim/signal"), "twins/tank imports sim/signal, but only [sim/device sim/vtime sim/unit sim/rng sim/detmath sim/harm] are for it"},
		{"scenarios/compile", own("twins/tank"), "scenarios/compile imports twins/tank, which it must know as data only"},
		{"scenarios", own("twins", "scenarios/compile"), ""},
		{"sim/newcomer", nil, "sim/newcomer is not in the policy: add it to the line where it belongs"},
		{"scenarios/expression", []string{"github.com/expr-lang/expr/ast"}, ""},
		{"scenarios/custom", []string{"github.com/expr-lang/expr"}, "scenarios/custom imports github.com/expr-lang/expr: that is not the door for it"},
		{"cmd/harmproof", []string{"example.org/new"}, "cmd/harmproof imports example.org/new: that is not the door for it"},
		{"sim/signal", []string{"time"}, "sim/signal imports time, which is outside of a run"},
		{"sim/vtime", []string{"time"}, ""},
		{"twins/tank", []string{"os"}, "twins/tank imports os, which is outside of a run"},
		{"sim/report", []string{"os"}, ""},
	} {
		require.Equal(t, test.want, strings.Join(breaches(test.place, test.imports), "; "), "%s %v", test.place, test.imports)
	}
}
