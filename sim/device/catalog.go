package device

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Catalog is the kinds of devices that a scenario can name, as data.
type Catalog struct{ kinds []Kind }

// NewCatalog returns a catalog of kinds, by name. Two kinds of one name are an
// error.
func NewCatalog(kinds ...Kind) (*Catalog, error) {
	c := &Catalog{kinds: slices.Clone(kinds)}
	slices.SortStableFunc(c.kinds, func(a, b Kind) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(c.kinds); i++ {
		if c.kinds[i].Name == c.kinds[i-1].Name {
			return nil, fmt.Errorf("two kinds are named %q", c.kinds[i].Name)
		}
	}
	return c, nil
}

// Kinds returns all kinds, by name.
func (c *Catalog) Kinds() []Kind { return c.kinds }

// Kind returns the kind of the name, or nil.
func (c *Catalog) Kind(name string) *Kind {
	for i := range c.kinds {
		if c.kinds[i].Name == name {
			return &c.kinds[i]
		}
	}
	return nil
}

// A Kind is a twin as the language knows it.
type Kind struct {
	Name    string // kebab-case, as after `is:`
	Summary string // one line
	// Text says what it does: equations, validity, behaviour at its limits.
	Text string
	// Source is where model and numbers come from.
	Source string
	// Example is a device that can be pasted below `devices:`.
	Example    string
	Parameters []Parameter
	// Sample is a device of the kind, for its signals to be listed.
	Sample Device

	make func(values []Assignment) (Device, error)
}

// A ParameterType says what a parameter takes.
type ParameterType uint8

// The types of parameters.
const (
	NumberParameter ParameterType = iota
	BoolParameter
	IntParameter
	TextParameter
	DurationParameter
	SeriesParameter  // a time profile
	NamesParameter   // a map of names, of kinds that are written in the file
	EntriesParameter // named entries, each with values of its own
)

// A Parameter is a configurable value of a kind.
type Parameter struct {
	Name     string
	Doc      string
	Type     ParameterType
	Unit     unit.Unit
	Required bool
	Default  string // as written in a scenario, "" where there is none
	Min, Max string // as written, "" where there is none
	Above    bool   // Min itself is excluded
	Why      string // a source of Min and Max, or why they are what they are; "" where they speak for themselves
	Choices  []string
	Fields   []Parameter // of EntriesParameter: what an entry takes
	field    int
}

// A Series is a time profile: values at times, in SI.
type Series struct {
	Times  []vtime.Duration // rising
	Values []float64
}

// An Assignment gives a parameter its value: float64 (SI), bool, int, string,
// vtime.Duration, Series or []Entry, according to the parameter's type.
type Assignment struct {
	Name  string
	Value any
}

// New returns a device of the kind. An error of a parameter is a *ValueError.
func (k *Kind) New(values []Assignment) (Device, error) { return k.make(values) }

// Parameter returns the parameter of the name, or nil.
func (k *Kind) Parameter(name string) *Parameter { return parameterOf(k.Parameters, name) }

func parameterOf(list []Parameter, name string) *Parameter {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

// A ValueError says which parameter's value a twin does not take.
type ValueError struct {
	Parameter string
	Reason    string // goes on after the parameter's name: "must be above 0 m"
}

// Error implements error.
func (e *ValueError) Error() string { return e.Parameter + " " + e.Reason }

// Invalid returns a *ValueError: for a twin's New.
func Invalid(parameter, format string, args ...any) error {
	return &ValueError{parameter, fmt.Sprintf(format, args...)}
}

// Describe is the part of a Kind that people read.
type Describe struct {
	Name, Summary, Text, Source, Example string
}

// KindOf returns the kind of a twin with the configuration Spec. Its parameters
// are the fields with a tag such as
//
//	Area float64 `twin:"area,m2" above:"0" doc:"free surface"`
//
// with, where they apply, `default:"2 m"`, `min:"0 m"`, `max:"4 m"`,
// `why:"the source of these"` and `choices:"a b"`. A field without a default must be given. A slice of structs with
// such tags and a field Name is a parameter of named entries.
func KindOf[Spec any](d Describe, sample Spec, build func(Spec) (Device, error)) Kind {
	k := Kind{Name: d.Name, Summary: d.Summary, Text: d.Text, Source: d.Source, Example: d.Example}
	k.Parameters = parameters(reflect.TypeFor[Spec]())
	k.make = func(values []Assignment) (Device, error) {
		var spec Spec
		if err := fill(reflect.ValueOf(&spec).Elem(), k.Parameters, k.Name, values); err != nil {
			return nil, err
		}
		return build(spec)
	}
	device, err := build(sample)
	if err != nil {
		panic("device: the sample of " + d.Name + ": " + err.Error())
	}
	k.Sample = device
	return k
}

func parameters(t reflect.Type) (list []Parameter) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, symbol, _ := strings.Cut(f.Tag.Get("twin"), ",")
		if name == "" {
			continue
		}
		p := Parameter{Name: name, Doc: f.Tag.Get("doc"), field: i, Min: f.Tag.Get("min"), Max: f.Tag.Get("max"), Why: f.Tag.Get("why")}
		p.Default, p.Required = f.Tag.Lookup("default")
		p.Required = !p.Required
		if above, ok := f.Tag.Lookup("above"); ok {
			p.Min, p.Above = above, true
		}
		p.Choices = strings.Fields(f.Tag.Get("choices"))
		p.Type = parameterType(f.Type)
		if p.Type == EntriesParameter {
			p.Fields = parameters(f.Type.Elem())
		}
		p.Unit = mustUnit(symbol)
		list = append(list, p)
	}
	return list
}

func parameterType(t reflect.Type) ParameterType {
	switch t {
	case reflect.TypeFor[vtime.Duration]():
		return DurationParameter
	case reflect.TypeFor[Series]():
		return SeriesParameter
	}
	switch t.Kind() {
	case reflect.Float64:
		return NumberParameter
	case reflect.Bool:
		return BoolParameter
	case reflect.Int:
		return IntParameter
	case reflect.String:
		return TextParameter
	case reflect.Slice:
		return EntriesParameter
	}
	panic(fmt.Sprintf("device: a parameter cannot be a %v", t))
}

// mustUnit reads a unit in a twin's own source.
func mustUnit(symbol string) unit.Unit {
	u, err := unit.Parse(symbol)
	if err != nil {
		panic("device: " + err.Error())
	}
	return u
}

// fill sets the fields of a Spec: the defaults, then the values. of names the kind.
func fill(spec reflect.Value, takes []Parameter, of string, values []Assignment) error {
	for i := range takes {
		p := &takes[i]
		if p.Default == "" {
			continue
		}
		value, err := p.Parse(p.Default)
		if err != nil {
			return Invalid(p.Name, "has the default %q: %v", p.Default, err)
		}
		spec.Field(p.field).Set(reflect.ValueOf(value).Convert(spec.Field(p.field).Type()))
	}
	for _, v := range values {
		p := parameterOf(takes, v.Name)
		if p == nil {
			return Invalid(v.Name, "is no parameter of %s", of)
		}
		if entries, ok := v.Value.([]Entry); ok {
			if err := fillEntries(spec.Field(p.field), p, entries); err != nil {
				return err
			}
			continue
		}
		spec.Field(p.field).Set(reflect.ValueOf(v.Value).Convert(spec.Field(p.field).Type()))
	}
	return nil
}
