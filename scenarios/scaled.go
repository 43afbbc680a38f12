package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
)

// Scaled returns the plan of the scenario with so many times as many of everything that has
// a `count:`: devices, and people. What there is one of stays one. Where that are more than a system can
// have, those that tell as a rate stand for so many each (Plan.Standing), if nothing is about single
// ones.
func (s *Scenario) Scaled(times int64) (*sim.Plan, error) {
	p, err := s.multiplied(times, nil)
	if err == nil || s.Plan == nil {
		return p, err
	}
	names, alone, many := []string(nil), error(nil), map[string]int64{}
	_, _ = s.again(compile.Options{Broken: true}, func(f *syntax.File) { names, alone = alike(f, s.Plan.AsRates()) })
	switch {
	case alone != nil:
		return nil, fmt.Errorf("%w; and none can stand for several, as %w", err, alone)
	case len(names) == 0:
		return nil, err
	}
	for _, n := range names {
		many[n] = times
	}
	if p, err = s.multiplied(times, many); err == nil && p.Data != nil && slices.ContainsFunc(p.Data.Questions, oneByOne) {
		return nil, fmt.Errorf("a system cannot have so many, and none can stand for several, as invariants are about people one by one")
	}
	return p, err
}

// oneByOne reports whether a question is about people one by one, and not only about how many they are.
func oneByOne(q data.Question) bool { return q.Kind != data.StolenFrom }

// multiplied returns the plan with every count so many times as high, but of those that stand for
// several.
func (s *Scenario) multiplied(times int64, stands map[string]int64) (*sim.Plan, error) {
	p, err := s.again(compile.Options{Adapted: true, Stands: stands}, func(f *syntax.File) { multiply(f, times, stands) })
	var problems source.Problems
	if errors.As(err, &problems) && len(problems.Errors()) > 0 {
		return nil, tooMany(problems.Errors().Sorted()) // the file itself has none
	}
	return p, err
}

// tooMany returns which of the mistakes of a file that was multiplied is that something is too much: others come of that,
// such as that nobody is called resident[17] where there are too many people.
func tooMany(list source.Problems) error {
	p := &list[0]
	if i := slices.IndexFunc(list, func(p source.Problem) bool { return strings.Contains(p.Message, " at most ") }); i >= 0 {
		p = &list[i]
	}
	return fmt.Errorf("%s (%s): take a smaller scale", p.Message, p.Span)
}

// Counted reports whether anything of the scenario has a count.
func (s *Scenario) Counted() bool {
	counted := false
	_, err := s.again(compile.Options{}, func(f *syntax.File) { counted = multiply(f, 1, nil) > 0 })
	return err == nil && counted
}

// multiply multiplies every count of a file, but of those that stand for several, and returns how
// many there are.
func multiply(f *syntax.File, times int64, stands map[string]int64) (n int) {
	scale := func(name string, c *syntax.Integer) {
		if c.Usable() && stands[name] == 0 {
			c.Value *= times
			n++
		}
	}
	f.System.Devices = slices.Clone(f.System.Devices)
	for i := range f.System.Devices {
		scale(f.System.Devices[i].Name.Value, &f.System.Devices[i].Count)
	}
	f.System.Subjects = slices.Clone(f.System.Subjects)
	for i := range f.System.Subjects {
		if are(f, f.System.Subjects[i].Name.Value) {
			f.System.Subjects[i].Count = syntax.Integer{} // as many as the device has members
			continue
		}
		scale(f.System.Subjects[i].Name.Value, &f.System.Subjects[i].Count)
	}
	f.System.Kinds = slices.Clone(f.System.Kinds)
	for i := range f.System.Kinds {
		k := &f.System.Kinds[i]
		k.Devices = slices.Clone(k.Devices)
		for d := range k.Devices {
			scale("", &k.Devices[d].Count) // of a kind each has a name of its own
		}
	}
	return n
}

// are reports whether people of a name are a device of the file: persons.
func are(f *syntax.File, name string) bool {
	return slices.ContainsFunc(f.System.Devices, func(d syntax.Device) bool {
		if d.Name.Value == name {
			return true
		}
		inner, of := strings.CutPrefix(name, d.Name.Value+"_")
		return of && slices.ContainsFunc(f.System.Kinds, func(k syntax.Kind) bool {
			return k.Name.Value == d.Is.Value && slices.ContainsFunc(k.Devices, func(x syntax.Device) bool { return x.Name.Value == inner })
		})
	})
}
