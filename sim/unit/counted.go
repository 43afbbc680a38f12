package unit

import (
	"slices"
	"strings"
)

// Units of insulin, and bits, are counts: they have no dimension, so that a rate of them is a frequency to arithmetic,
// though not to people.
var counted = []struct {
	symbols []string
	nouns   map[Dimension]string
}{
	{[]string{"U", "mU", "uU"}, map[Dimension]string{
		{}: "an amount of insulin", {0, 0, -1}: "an insulin rate", {-3}: "a concentration of insulin",
	}},
	{[]string{"bit", "kb", "kbit", "Mb", "Mbit", "B", "kB", "MB", "GB"}, map[Dimension]string{
		{}: "an amount of data", {0, 0, -1}: "a data rate",
	}},
}

// Noun returns what people call a quantity in u, with its article.
func (u Unit) Noun() string {
	above, _, _ := strings.Cut(u.Symbol, "/")
	parts := strings.Fields(strings.NewReplacer("*", " ", "(", " ", ")", " ").Replace(above))
	for i := range counted {
		c := &counted[i]
		if noun := c.nouns[u.Dim]; noun != "" && slices.ContainsFunc(parts, func(p string) bool { return slices.Contains(c.symbols, p) }) {
			return noun
		}
	}
	return u.Dim.Noun()
}
