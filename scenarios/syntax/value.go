package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// A Shape is what a value looks like.
type Shape int

// Shapes. The zero shape is that of a value whose mistake is reported already,
// or of no value at all.
const (
	Broken Shape = iota
	Scalar
	List
	Map
)

// String returns the shape in words for a message.
func (s Shape) String() string {
	return [...]string{"nothing", "a single value", "a list", "a map"}[s]
}

// A Value is what stands after a key, before anybody knows what it means. Its
// Text is that of a scalar; of a list or map it only says where that begins.
type Value struct {
	Shape   Shape
	Text    Text
	Items   []Value // of a list
	Entries []Entry // of a map, in the order of the file, each key once
}

// An Entry is a key with its value.
type Entry struct {
	Key   Text
	Value Value
}

// Present reports whether the value is in the file at all.
func (v Value) Present() bool { return v.Text.Present() }

// Get returns the entry of a map with a key.
func (v Value) Get(key string) (Entry, bool) {
	for _, e := range v.Entries {
		if e.Key.Value == key {
			return e, true
		}
	}
	return Entry{}, false
}

// broken returns a value whose mistake is reported already.
func broken(at source.Span) Value {
	return Value{Text: Text{Span: at, Broken: true}}
}
