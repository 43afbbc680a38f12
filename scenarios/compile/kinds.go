package compile

import (
	"regexp"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// expand replaces every device whose kind is a group of the file (kinds:) by the
// devices of the group. The device station of a group with a pump becomes the
// device station_pump; within the group pump.flow means station_pump.flow. A
// group's device may be changed where it is used: station: {is: ..., pump: {rate:
// 2 m3/h}}.
func (b *builder) expand() {
	groups := map[string]*syntax.Kind{}
	for i := range b.file.System.Kinds {
		groups[b.file.System.Kinds[i].Name.Value] = &b.file.System.Kinds[i]
	}
	var devices []syntax.Device
	for _, d := range b.file.System.Devices {
		group := groups[d.Is.Value]
		if group == nil {
			devices = append(devices, d)
			continue
		}
		devices = append(devices, b.members(d, group)...)
	}
	system := b.file.System
	system.Devices = devices
	file := *b.file
	file.System = system
	b.file = &file
}

// members makes the devices of one group.
func (b *builder) members(d syntax.Device, group *syntax.Kind) (devices []syntax.Device) {
	var names []string
	for _, inner := range group.Devices {
		names = append(names, inner.Name.Value)
	}
	rename := renamer(d.Name.Value, names)
	for _, e := range d.Params {
		if !slices.Contains(names, e.Key.Value) {
			b.Errorf(e.Key.Span, "it has "+list(names), "a %s has no %s%s", d.Is.Value, source.Quote(e.Key.Value), source.DidYouMean(e.Key.Value, names))
		}
	}
	for _, inner := range group.Devices {
		out := inner
		out.Name.Value = d.Name.Value + "_" + inner.Name.Value
		out.Name.Span = d.Name.Span
		if d.Owner.Present() {
			out.Owner = d.Owner
		}
		if d.Solver.Present() {
			out.Solver = d.Solver
		}
		out.Params = slices.Clone(inner.Params)
		for _, e := range d.Params {
			if e.Key.Value == inner.Name.Value {
				out.Params = overridden(out.Params, e.Value.Entries)
			}
		}
		for i := range out.Params {
			out.Params[i].Value = renamed(out.Params[i].Value, rename)
		}
		if inner.Custom != nil {
			c := *inner.Custom
			c.Inputs = slices.Clone(c.Inputs)
			for i := range c.Inputs {
				c.Inputs[i].Source.Value = rename(c.Inputs[i].Source.Value)
				c.Inputs[i].Via.Value = renamedDevice(c.Inputs[i].Via.Value, rename)
			}
			out.Custom = &c
		}
		devices = append(devices, out)
	}
	return devices
}

func overridden(params, over []syntax.Entry) []syntax.Entry {
	for _, e := range over {
		i := slices.IndexFunc(params, func(p syntax.Entry) bool { return p.Key.Value == e.Key.Value })
		if i < 0 {
			params = append(params, e)
		} else {
			params[i] = e
		}
	}
	return params
}

// renamer returns what puts a group's prefix before the names of its devices.
func renamer(prefix string, names []string) func(string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = regexp.QuoteMeta(n)
	}
	path := regexp.MustCompile(`(^|[^\w.])(` + strings.Join(quoted, "|") + `)([.\[])`)
	return func(text string) string { return path.ReplaceAllString(text, "${1}"+prefix+"_${2}${3}") }
}

// renamedDevice renames a device that stands alone.
func renamedDevice(name string, rename func(string) string) string {
	return strings.TrimSuffix(rename(name+"."), ".")
}

// renamed renames in all texts of a value.
func renamed(v syntax.Value, rename func(string) string) syntax.Value {
	v.Text.Value = rename(v.Text.Value)
	v.Items, v.Entries = slices.Clone(v.Items), slices.Clone(v.Entries)
	for i := range v.Items {
		v.Items[i] = renamed(v.Items[i], rename)
	}
	for i := range v.Entries {
		v.Entries[i].Value = renamed(v.Entries[i].Value, rename)
		if t := &v.Entries[i].Value.Text; v.Entries[i].Key.Value == "via" {
			t.Value = renamedDevice(t.Value, rename)
		}
	}
	return v
}
