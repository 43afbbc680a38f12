package scenarios

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/syntax"
)

// Where a count is more than a system can have members, those that tell as a rate and the people
// whom that is about need not be counted one by one: each member stands for several that are alike.
// Messages a second, what links carry and what stores hold are then so many times as much, which is
// all that there is of them. That is only so where nobody looks at one of them, or at how many
// they are.

// alike returns the names of all that can stand for several, given the devices that tell as a
// rate; or why one of them cannot, and then none does.
func alike(f *syntax.File, rates []string) (names []string, alone error) {
	if len(rates) == 0 {
		return nil, nil
	}
	for i := range f.System.Subjects {
		s := &f.System.Subjects[i]
		if len(s.Traits) > 0 || s.Moves != nil {
			return nil, fmt.Errorf("people called %s differ by their traits, or by where they are", s.Name.Value)
		}
		if are(f, s.Name.Value) {
			return nil, fmt.Errorf("%s is a person of the system, of whom each counts", s.Name.Value)
		}
		names = append(names, s.Name.Value)
	}
	for i := range f.System.Devices {
		d := &f.System.Devices[i]
		if !slices.Contains(rates, d.Name.Value) {
			continue
		}
		if g := &d.Guarded; len(g.Weaknesses)+len(g.Remote)+len(g.Checks) > 0 || g.Log != nil || g.Battery != nil {
			return nil, fmt.Errorf("each %s has weaknesses, a login, checks, a log or a battery of its own", d.Name.Value)
		}
		names = append(names, d.Name.Value)
	}
	return names, mentioned(f, names)
}

// mentioned returns an error where a file says something of one of those, or of how many they are:
// all but where they are, that stores take what they tell, and that all of a device fail at once.
func mentioned(f *syntax.File, names []string) (err error) {
	named := regexp.MustCompile(`\b(` + strings.Join(names, "|") + `)\b`)
	look := func(t syntax.Text) {
		if who := named.FindString(t.Value); who != "" && err == nil {
			err = fmt.Errorf("line %d is about each %s, or how many they are", t.Span.Line, who)
		}
	}
	rest := *f
	rest.System.Zones, rest.System.Devices, rest.System.Subjects, rest.Timeline = nil, nil, nil, nil
	texts(reflect.ValueOf(rest), look)
	for i := range f.System.Devices {
		d := f.System.Devices[i]
		if slices.Contains(names, d.Name.Value) {
			continue
		}
		if d.Is.Value == "store" {
			store, _ := syntax.ReadStore(d.Name, d.Params)
			for k := range store.Takes {
				t := store.Takes[k]
				t.From, t.About = syntax.Text{}, syntax.Text{}
				texts(reflect.ValueOf(t), look)
			}
			store.Takes, d.Params = nil, nil
			texts(reflect.ValueOf(*store), look)
		}
		d.Name, d.Owner, d.Tag = syntax.Text{}, syntax.Text{}, syntax.Text{}
		texts(reflect.ValueOf(d), look)
	}
	for _, step := range f.Timeline {
		all := func(e syntax.Entry) bool {
			return e.Key.Value == "device" && step.Class == syntax.Fault && slices.Contains(names, e.Value.Text.Value)
		}
		step.Name, step.Params = syntax.Text{}, slices.DeleteFunc(slices.Clone(step.Params), all)
		texts(reflect.ValueOf(step), look)
	}
	return err
}

// texts goes over all texts of a tree but those that are prose.
func texts(v reflect.Value, do func(syntax.Text)) {
	if t, ok := v.Interface().(syntax.Text); ok {
		do(t)
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), do)
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Type().PkgPath() == reflect.TypeFor[syntax.File]().PkgPath() {
			texts(v.Elem(), do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !slices.Contains(prose, f.Name) {
				texts(v.Field(i), do)
			}
		}
	}
}

// prose is what stands for people to read, and where something stands.
var prose = []string{"About", "Because", "Article", "Scenario", "Use", "Source", "Span", "Key", "Technique"}
