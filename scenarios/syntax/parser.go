package syntax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// A parser turns values into the tree.
type parser struct {
	problems  *source.Problems
	overrides bool // devices without is: override those of a used file
}

// errorf reports a mistake.
func (p *parser) errorf(at source.Span, fix, format string, args ...any) {
	p.problems.Errorf(at, fix, format, args...)
}

// A field is a key that a map may have, and what reads its value.
type field struct {
	name string
	read func(Entry)
}

// An object is a map whose keys are known.
type object struct {
	p     *parser
	of    string // "a conduit": what the map describes
	at    source.Span
	names []string
	keys  []Text // those of the file; a mistyped one under its right name
}

// object reads a map. Keys that are not fields go to rest, or are mistakes if
// rest is nil. It returns false if the value is not a map.
func (p *parser) object(of string, at source.Span, v Value, rest func(Entry), fields ...field) (*object, bool) {
	o := &object{p: p, of: of, at: at}
	for _, f := range fields {
		o.names = append(o.names, f.name)
	}
	if !p.shape(v, Map, at, of, entriesFix(of, v, o.names[0])) {
		return o, false
	}
	for _, e := range v.Entries {
		if f, ok := find(fields, e.Key.Value); ok {
			o.keys = append(o.keys, e.Key)
			f.read(e)
			continue
		}
		if rest != nil {
			rest(e)
			continue
		}
		o.unknown(e.Key)
	}
	return o, true
}

func find(fields []field, name string) (field, bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// mainKeys are what a single value most probably means where a map is needed.
var mainKeys = map[string]string{
	"a device": "is", "an invariant": "always", "a stopped step": "by", "an attacker": "at",
	"a way to spread": "over",
}

// entriesFix says how a map is written in place of something else.
func entriesFix(of string, v Value, first string) string {
	otherwise := "write `{" + first + ": ...}`, or `" + first + ": ...` on a line of its own below"
	key, ok := mainKeys[of]
	if !ok || v.Shape != Scalar {
		return otherwise
	}
	value := v.Text.Value
	if strings.ContainsAny(value, ",[]{}:#\"'") {
		value = inQuotes(value)
	}
	return write("{"+key+": "+value+"}", otherwise)
}

// shape reports whether a value looks as it must. What says what takes it, as in
// "a conduit".
func (p *parser) shape(v Value, want Shape, at source.Span, what, fix string) bool {
	if v.Shape == want {
		return true
	}
	if v.Shape == Broken {
		return false
	}
	if v.Present() {
		at = v.Text.Span
	}
	if k, ok := almostKeyed(v.Text.Value); ok && want == Map && strings.HasPrefix(v.Text.Value, k.key+":") {
		p.errorf(at, write(k.key+": "+k.value, "write a blank"),
			"a blank is missing after the colon of %s", source.Quote(k.key))
		return false
	}
	p.errorf(at, fix, "%s takes %s, not %s", what, wanted[want], v.Shape)
	return false
}

var wanted = map[Shape]string{Scalar: "a single value", List: "a list", Map: "`key: value` entries"}

// homes are the keys below which others belong.
var homes = map[string]string{
	"devices": "system", "zones": "system", "conduits": "system", "people": "system", "attackers": "system",
	"kinds": "system", "carriers": "system", "malware": "system", "subjects": "system", "purposes": "system", "walls": "system", "holds": "expect", "violated": "expect", "stopped": "expect",
}

// unknown reports a key that is not a field.
func (o *object) unknown(key Text) {
	if nearest, ok := source.Nearest(key.Value, o.names); ok {
		o.keys = append(o.keys, Text{Value: nearest, Span: key.Span, Broken: true})
	}
	fix, meant := o.of+" takes "+keysText(o.names), source.DidYouMean(key.Value, o.names)
	if home := homes[key.Value]; home != "" && slices.Contains(o.names, home) {
		fix, meant = "indent it below `"+home+":`", ""
	}
	o.p.errorf(key.Span, fix, "%s has no key %s%s", o.of, source.Quote(key.Value), meant)
}

// key returns a key of the file.
func (o *object) key(name string) (Text, bool) {
	for _, k := range o.keys {
		if k.Value == name {
			return k, true
		}
	}
	return Text{}, false
}

// has reports whether the file has a key, possibly mistyped.
func (o *object) has(name string) bool {
	_, ok := o.key(name)
	return ok
}

// require reports a missing key, with an example to paste.
func (o *object) require(name, example string) bool {
	if !o.has(name) {
		o.p.errorf(o.at, "write `"+name+": "+example+"`", "%s needs `%s:`", o.of, name)
		return false
	}
	return true
}

// one reports unless exactly one of some keys is there. It returns its name.
func (o *object) one(example string, names ...string) string {
	var found []Text
	for _, k := range o.keys {
		for _, name := range names {
			if k.Value == name {
				found = append(found, k)
			}
		}
	}
	switch len(found) {
	case 0:
		o.p.errorf(o.at, "write `"+example+"`", "%s needs %s", o.of, either(names))
		return ""
	case 1:
		return found[0].Value
	}
	o.p.errorf(found[1].Span, "keep one of them", "%s takes one of %s, and has `%s` already",
		o.of, either(names), found[0].Value)
	return ""
}

// only reports a key that is there without one of those that it belongs to.
func (o *object) only(name string, with ...string) {
	key, ok := o.key(name)
	if !ok || key.Broken {
		return
	}
	for _, w := range with {
		if o.has(w) {
			return
		}
	}
	o.p.errorf(key.Span, "remove it, or add "+either(with), "`%s` belongs to %s", name, either(with))
}

// either lists keys: `at`, `when` or `after`.
func either(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "`" + name + "`"
	}
	last := len(quoted) - 1
	if last < 1 {
		return strings.Join(quoted, "")
	}
	return fmt.Sprintf("%s or %s", strings.Join(quoted[:last], ", "), quoted[last])
}

// named reads a map of names to values.
func (p *parser) named(e Entry, rule nameRule, example string, read func(name Text, v Value)) {
	key := e.Key.Value
	fix := "write `" + example + "`, one name to a line, indented"
	if all, ok := emptyMaps(example, e.Value); ok {
		fix = "write `" + key + ": " + all + "`"
	}
	if !p.shape(e.Value, Map, e.Key.Span, source.Quote(key), fix) {
		return
	}
	for _, one := range e.Value.Entries {
		read(p.name(one.Key, rule), one.Value)
	}
}

// emptyMaps is a name, or a list of names, as the map that is meant, where what stands after
// a name may be empty, as in the example.
func emptyMaps(example string, v Value) (string, bool) {
	items := v.Items
	if v.Shape == Scalar {
		items = []Value{v}
	}
	if !strings.HasSuffix(example, ": {}") || len(items) == 0 {
		return "", false
	}
	var entries []string
	for _, item := range items {
		if item.Shape != Scalar {
			return "", false
		}
		entries = append(entries, item.Text.Value+": {}")
	}
	return "{" + strings.Join(entries, ", ") + "}", true
}
