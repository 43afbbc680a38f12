package scenarios

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// warnOfLost says which named entries of a parameter are gone, where one that stands over it, which it does whole,
// has some of them again: whoever writes `path: {gate: ...}` may mean to change the one and keep the others. What a
// store or a broker has by a name is that name, so that nothing else can be said of what is to go: it may go.
func warnOfLost(d *syntax.Device, base, over syntax.Entry, problems *source.Problems) {
	if d.Is.Value == compile.StoreKind().Name || d.Is.Value == custom.MQTTBroker().Name {
		return
	}
	if !mapOfMaps(base.Value) || !mapOfMaps(over.Value) {
		return
	}
	var kept, lost []string
	for _, e := range base.Value.Entries {
		again := slices.ContainsFunc(over.Value.Entries, func(o syntax.Entry) bool { return o.Key.Value == e.Key.Value })
		if again {
			kept = append(kept, e.Key.Value)
		} else {
			lost = append(lost, e.Key.Value)
		}
	}
	if len(kept) == 0 || len(lost) == 0 {
		return
	}
	problems.Warnf(over.Key.Span, "write "+several(lost)+" here too, or, to be without, give "+several(kept)+" another name",
		"this %s replaces the whole %s of %s in %s: %s gone", base.Key.Value, base.Key.Value, d.Name.Value, base.Key.Span.File.Name, areGone(lost))
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
