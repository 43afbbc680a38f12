package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
)

// A Barrier is something that could be done against an attack, as the file declares it.
type Barrier struct {
	Name, About string
	Cost        float64
	Kind        string // what it does: patch, close, ...
	Text        string // the same with what it does that to, for people
	At          source.Span
}

// Barriers lists what the file declares that could be done, in its order.
func (s *Scenario) Barriers() (list []Barrier) {
	for i := range s.barriers {
		b := &s.barriers[i]
		list = append(list, Barrier{
			Name: b.Name.Value, About: b.About.Value, Cost: b.Cost.Value, Kind: b.Kind.Value, Text: deed(b), At: b.Name.Span,
		})
	}
	return list
}

// deed says what a barrier does.
func deed(b *syntax.Barrier) string {
	what := joined(b.What)
	switch b.Kind.Value {
	case "media":
		if len(b.Allow) > 0 {
			return what + " takes no carrier but " + joined(b.Allow)
		}
		return "no carrier at " + what
	case "signed_only":
		return "only what is signed runs on " + what
	case "allow_list":
		return "only what is known runs on " + what
	case "remove":
		return "nobody holds or takes " + what
	case "check":
		return "switch on " + what
	case "change":
		return "the system is changed"
	case "patch":
		if len(b.On) > 0 {
			return "patch " + what + " on " + joined(b.On)
		}
		return "patch " + what + " everywhere"
	case "diode":
		if b.From.Present() {
			return "diode " + what + " from " + b.From.Value
		}
	}
	return b.Kind.Value + " " + what
}

func joined(list []syntax.Text) string {
	var words []string
	for _, t := range list {
		words = append(words, t.Value)
	}
	return strings.Join(words, ", ")
}

// Fortified returns the plan of the scenario with some of its barriers raised. Its
// malware has the same hosts and the same luck as without them.
func (s *Scenario) Fortified(barriers ...string) (*sim.Plan, error) {
	for _, name := range barriers {
		if !slices.ContainsFunc(s.barriers, func(b syntax.Barrier) bool { return b.Name.Value == name }) {
			return nil, fmt.Errorf("%s declares no barrier %s", s.File, source.Quote(name))
		}
	}
	return s.again(compile.Options{Raise: barriers})
}

// changed puts what barriers change over a system, in the order of the file.
func changed(f *syntax.File, raised []string, problems *source.Problems) {
	for i := range f.Barriers {
		if b := &f.Barriers[i]; b.Change != nil && slices.Contains(raised, b.Name.Value) {
			overlay(f, &syntax.File{System: *b.Change}, problems)
		}
	}
}
