package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/syntax"
)

const armKind = "robot-arm"

// strikes tells somebody whose contact is the force of an arm that meets the nearest of several whom it met, and where: so
// that its force is felt by who is there alone.
func (b *builder) strikes(d *dev, given map[string]syntax.Entry) {
	if !d.human() {
		return
	}
	contact, ok := given["contact"]
	id, signal, _, plain := splitPath(contact.Value.Text.Value)
	arm := b.byName[id]
	if !ok || contact.Value.Shape != syntax.Scalar || !plain || signal != "force" || arm == nil || arm.spec.Is.Value != armKind || !b.nearest(arm, d) {
		return
	}
	from := strings.TrimSuffix(strings.TrimSpace(contact.Value.Text.Value), "force")
	tells := [][2]string{{"is_touching", "touching"}, {"met_at", "met"}, {"met_by", "x"}}
	if arm.gives("body_y") {
		tells = append(tells, [2]string{"met_aside", "met_y"})
	}
	for _, t := range tells {
		if _, ok := given[t[0]]; ok {
			return // somebody knows better
		}
	}
	for _, t := range tells {
		name, source := contact.Key, contact.Value.Text
		name.Value, source.Value = t[0], from+t[1]
		given[t[0]] = contact
		d.inputs = append(d.inputs, wire{name: name, wiring: syntax.Wiring{Source: source}})
	}
}

// nearest reports whether the body that an arm meets is one of several people, or of others than somebody, and where
// they are themselves: what has a number in it, or something between, may be a hand before them.
func (b *builder) nearest(arm, d *dev) bool {
	body := arm.given("body").Value
	known := b.peopleIn(body)
	if len(known) == 0 || len(known) == 1 && known[0] == d && d.spec.Count.Value <= 1 {
		return false
	}
	for _, word := range words(body) {
		id, signal, path := strings.Cut(word, ".")
		id, _, _ = strings.Cut(id, "[")
		switch k := b.byName[id]; {
		case path && k != nil && k.spec.Is.Value == personKind && signal == "x":
		case !path && slices.Contains([]string{"min", "max", "if", "and", "or", "not"}, word):
		default:
			return false
		}
	}
	return strings.Trim(body, placed) == ""
}

// placed are the characters of an expression that says which of several places it is, and changes none.
const placed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.[]()<>=, "

// words are the names and paths of an expression, with the numbers of members, and its numbers.
func words(expression string) []string {
	return strings.FieldsFunc(expression, func(r rune) bool { return r > 127 || !inName(byte(r)) && r != '[' && r != ']' })
}

// peopleIn are those that an expression names.
func (b *builder) peopleIn(expression string) (list []*dev) {
	for _, d := range b.readBy(nil, expression) {
		if d.spec.Is.Value == personKind {
			list = append(list, d)
		}
	}
	return list
}
