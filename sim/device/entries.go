package device

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// An Entry is one of a parameter's named entries: the values that it is given.
type Entry struct {
	Name   string
	Values []Assignment
}

// Field returns what an entry of the parameter takes under the name, or nil.
func (p *Parameter) Field(name string) *Parameter { return parameterOf(p.Fields, name) }

// Open reports whether the kind's signals depend on its parameters: then those of
// its Sample are only an example.
func (k *Kind) Open() bool {
	return slices.ContainsFunc(k.Parameters, func(p Parameter) bool { return p.Type == EntriesParameter })
}

// fillEntries sets a slice of structs, in the order of the entries.
func fillEntries(list reflect.Value, p *Parameter, entries []Entry) error {
	list.Set(reflect.MakeSlice(list.Type(), len(entries), len(entries)))
	for i := range entries {
		entry := list.Index(i)
		entry.FieldByName("Name").SetString(entries[i].Name)
		if err := fill(entry, p.Fields, p.Name, entries[i].Values); err != nil {
			return entryError(p.Name, entries[i].Name, err)
		}
	}
	return nil
}

// entryError says which entry an error is of.
func entryError(parameter, entry string, err error) error {
	var v *ValueError
	if errors.As(err, &v) {
		return Invalid(parameter, "has %s, whose %s %s", entry, v.Parameter, v.Reason)
	}
	return fmt.Errorf("%s: %s: %w", parameter, entry, err)
}

// invalidEntries says what is wrong with a slice of entries.
func invalidEntries(list reflect.Value, fields []Parameter) string {
	seen := make(map[string]bool, list.Len())
	for i := range list.Len() {
		entry := list.Index(i)
		name := entry.FieldByName("Name").String()
		if name == "" || seen[name] {
			return fmt.Sprintf("has two entries named %q, or one without a name", name)
		}
		seen[name] = true
		for j := range fields {
			if reason := fields[j].invalid(entry.Field(fields[j].field).Interface()); reason != "" {
				return fmt.Sprintf("has %s, whose %s %s", name, fields[j].Name, reason)
			}
		}
	}
	return ""
}
