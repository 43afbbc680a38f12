package technique

import (
	"slices"
	"strings"
)

// A Technique is one of ATT&CK for ICS.
type Technique struct {
	ID, Name string
	serves   uint16 // a bit for each tactic
}

// String returns a technique as people write it: T0856 (Spoof Reporting Message).
func (t Technique) String() string { return t.ID + " (" + t.Name + ")" }

// Tactics returns what a technique serves, in the order of the matrix.
func (t Technique) Tactics() (list []Tactic) {
	for _, tactic := range Tactics() {
		if t.Serves(tactic) {
			list = append(list, tactic)
		}
	}
	return list
}

// Serves reports whether a technique serves a tactic.
func (t Technique) Serves(tactic Tactic) bool { return t.serves>>tactic&1 != 0 }

// All returns all techniques, in the order of their ids.
func All() []Technique { return slices.Clone(techniques[:]) }

// Lookup returns the technique of an id.
func Lookup(id string) (Technique, bool) {
	i, ok := slices.BinarySearchFunc(techniques[:], id, func(t Technique, id string) int { return strings.Compare(t.ID, id) })
	if !ok {
		return Technique{}, false
	}
	return techniques[i], true
}
