package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
)

// entries reads a parameter of named entries: {a: {from: b1, to: b2}, ...}.
func (b *builder) entries(d *dev, p *device.Parameter, e syntax.Entry) (list []device.Entry, ok bool) {
	if e.Value.Shape != syntax.Map {
		d.broken = true
		b.Errorf(e.Value.Text.Span, "write `"+p.Name+": "+example(p)+"`", "%s is a map of names, not %v", p.Name, e.Value.Shape)
		return nil, false
	}
	for _, item := range e.Value.Entries {
		if !identifier(item.Key.Value) {
			d.broken = true
			b.Errorf(item.Key.Span, asName(item.Key.Value), "%s is no name", source.Quote(item.Key.Value))
			continue
		}
		list = append(list, device.Entry{Name: item.Key.Value, Values: b.entry(d, p, item)})
	}
	return list, !d.broken
}

// asName says how something can be written as a name.
func asName(text string) string {
	if name := strings.NewReplacer("-", "_", " ", "_").Replace(text); identifier(name) {
		return "write `" + name + "`: use letters, digits and _"
	}
	return "use letters, digits and _"
}

// identifier reports whether a name can be a part of a signal's.
func identifier(name string) bool {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' && i > 0
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}

// entry reads the values of one entry.
func (b *builder) entry(d *dev, p *device.Parameter, item syntax.Entry) (values []device.Assignment) {
	if item.Value.Shape != syntax.Map {
		d.broken = true
		b.Errorf(item.Value.Text.Span, "write `"+item.Key.Value+": {"+entryExample(p)+"}`", "%s of %s is a map, not %v",
			item.Key.Value, p.Name, item.Value.Shape)
		return nil
	}
	given := map[string]bool{}
	for _, e := range item.Value.Entries {
		name := e.Key.Value
		given[name] = true
		field := p.Field(name)
		if field == nil {
			d.broken = true
			b.Errorf(e.Key.Span, "it takes "+strings.Join(fieldNames(p), ", "), "%s of %s has no %s%s", item.Key.Value, p.Name,
				source.Quote(name), source.DidYouMean(name, fieldNames(p)))
			continue
		}
		if v, ok := b.parameter(d, field, e); ok {
			values = append(values, device.Assignment{Name: name, Value: v})
		}
	}
	for i := range p.Fields {
		if f := &p.Fields[i]; f.Required && !given[f.Name] {
			d.broken = true
			b.Errorf(item.Key.Span, "add `"+f.Name+": "+example(f)+"`", "%s of %s needs its %s (%s)", item.Key.Value, p.Name, f.Name, f.Doc)
		}
	}
	return values
}

func fieldNames(p *device.Parameter) (names []string) {
	for i := range p.Fields {
		names = append(names, p.Fields[i].Name)
	}
	slices.Sort(names)
	return names
}

// entryExample is what could stand in an entry: all that it needs.
func entryExample(p *device.Parameter) string {
	var parts []string
	for i := range p.Fields {
		if f := &p.Fields[i]; f.Required {
			parts = append(parts, f.Name+": "+example(f))
		}
	}
	return strings.Join(parts, ", ")
}
