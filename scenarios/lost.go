package scenarios

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// gone is what stands after a name that is to go, or after the parameter where all are.
const gone = "none"

// stands is what is left of named entries, such as a path, where a parameter stands over another, which it does
// whole: without those that are written to go.
func stands(d *syntax.Device, base, over syntax.Entry, problems *source.Problems) syntax.Entry {
	if d.Is.Value == compile.StoreKind().Name || d.Is.Value == custom.MQTTBroker().Name {
		return over // what they have by a name is that name, and may go
	}
	if !mapOfMaps(base.Value) {
		return over
	}
	if says(over.Value, gone) {
		over.Value.Shape, over.Value.Entries, over.Value.Text.Value = syntax.Map, nil, ""
		return over
	}
	if over.Value.Shape != syntax.Map {
		return over
	}
	left := over
	left.Value.Entries = slices.DeleteFunc(slices.Clone(over.Value.Entries), func(e syntax.Entry) bool { return says(e.Value, gone) })
	if len(left.Value.Entries) > 0 && !mapOfMaps(left.Value) {
		return over
	}
	warnOfLost(d, base, over, problems)
	return left
}

// warnOfLost says which named entries of a parameter are gone, and not by being written to go: whoever writes
// `path: {gate: ...}` may mean to change the one, or to add one, and keep the others.
func warnOfLost(d *syntax.Device, base, over syntax.Entry, problems *source.Problems) {
	var had, lost []string
	for _, e := range base.Value.Entries {
		if had = append(had, e.Key.Value); !slices.ContainsFunc(over.Value.Entries, func(o syntax.Entry) bool { return o.Key.Value == e.Key.Value }) {
			lost = append(lost, e.Key.Value)
		}
	}
	name, of, file := base.Key.Value, d.Name.Value, base.Key.Span.File.Name
	for _, e := range over.Value.Entries {
		if says(e.Value, gone) && !slices.Contains(had, e.Key.Value) {
			problems.Warnf(e.Key.Span, "leave it out", "the %s of %s in %s has no %s that could go%s", name, of, file, source.Quote(e.Key.Value), source.DidYouMean(e.Key.Value, had))
		}
	}
	if len(lost) == 0 {
		return
	}
	fix := "write " + several(lost) + " here too, or, to be without, `" + lost[0] + ": " + gone + "`"
	if len(lost) > 1 {
		fix += " and so on"
	}
	if len(over.Value.Entries) == 0 {
		fix = "leave it out to keep them, or write `" + name + ": " + gone + "` to be without"
	}
	problems.Warnf(over.Key.Span, fix, "this %s replaces the whole %s of %s in %s: %s gone", name, name, of, file, areGone(lost))
}

// says reports whether a value is one word.
func says(v syntax.Value, word string) bool {
	return v.Shape == syntax.Scalar && v.Text.Value == word
}

// mapOfMaps reports whether a value is a map of maps: entries that have names.
func mapOfMaps(v syntax.Value) bool {
	return v.Shape == syntax.Map && len(v.Entries) > 0 &&
		!slices.ContainsFunc(v.Entries, func(e syntax.Entry) bool { return e.Value.Shape != syntax.Map })
}

// several lists a few names.
func several(names []string) string {
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + " and the others"
	}
	return strings.Join(names, ", ")
}

func areGone(names []string) string {
	if len(names) == 1 {
		return names[0] + " is"
	}
	return several(names) + " are"
}
