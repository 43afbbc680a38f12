package technique

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is the longest text that is looked at: files are untrusted input.
const longest = 80

// example is a technique to show where nothing is near.
const example = "T0856"

// Nearest returns what may be written instead of a text that is not an id: the
// technique whose id is one slip away, or whose name has most of its words, the
// first of equally near ones; of a text that is like none of them, an example.
func Nearest(text string) string {
	if len(text) <= longest {
		if t, ok := numbered(strings.ToUpper(strings.TrimSpace(text))); ok {
			return t.String()
		}
		if t, ok := named(split(text)); ok {
			return t.String()
		}
	}
	t, _ := Lookup(example)
	return "an id such as " + t.String()
}

// numbered returns the technique with an id, or with one that is one slip away.
func numbered(id string) (Technique, bool) {
	if t, ok := Lookup(id); ok {
		return t, true
	}
	for _, t := range techniques {
		if slips([]rune(id), []rune(t.ID)) == 1 {
			return t, true
		}
	}
	return Technique{}, false
}

// named returns the technique whose name has the most letters of words in common
// with others, and of two alike that with the fewest besides.
func named(words []string) (best Technique, ok bool) {
	most, least := 0, 0
	for _, t := range techniques {
		name := split(t.Name)
		common, other := shared(words, name), 0
		for _, w := range name {
			other += len(w)
		}
		if order := cmp.Or(cmp.Compare(common, most), cmp.Compare(least, other)); common > 0 && order > 0 {
			best, ok, most, least = t, true, common, other
		}
	}
	return best, ok
}

// shared counts the letters of the words of a name that are like one of others.
func shared(words, name []string) (letters int) {
	for _, n := range name {
		for _, w := range words {
			if like(w, n) {
				letters += utf8.RuneCountInString(n)
				break
			}
		}
	}
	return letters
}

// like reports whether two words are the same but for one slip in four letters, or
// for their ends: spoof and spoofing.
func like(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	short := min(len(x), len(y))
	ends := strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	return short >= 4 && (ends || slips(x, y) <= short/4)
}

// split returns the words of a text in small letters, without those that say
// nothing.
func split(text string) (words []string) {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "a", "and", "from", "in", "of", "on", "the", "through", "to":
			continue
		}
		words = append(words, w)
	}
	return words
}

// slips returns how many letters were left out, added, changed or swapped with the
// next (optimal string alignment).
func slips(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j], row[j-1], last[j-1]) + 1
			if a[i-1] == b[j-1] {
				row[j] = min(row[j], last[j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
