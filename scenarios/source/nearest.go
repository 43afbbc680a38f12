package source

import "strings"

// longest is the longest word that is looked up: files are untrusted input.
const longest = 64

// Nearest returns the candidate that a mistyped word most probably means, and
// whether there is one: at most one slip in three letters. Case, - and _ do not
// count. The first of equally near candidates wins.
func Nearest(word string, candidates []string) (string, bool) {
	w := fold(word)
	if len(w) == 0 || len(w) > longest {
		return "", false
	}
	best, distance := "", max(1, len(w)/3)+1
	for _, candidate := range candidates {
		c := fold(candidate)
		if candidate == word || len(c) > longest || len(c)-len(w) >= distance || len(w)-len(c) >= distance {
			continue
		}
		if d := slips(w, c); d < distance && 2*d < max(len(w), len(c)) {
			best, distance = candidate, d
		}
	}
	return best, best != ""
}

// DidYouMean returns `; did you mean "x"?` for the nearest candidate, or "".
func DidYouMean(word string, candidates []string) string {
	if nearest, ok := Nearest(word, candidates); ok {
		return "; did you mean " + Quote(nearest) + "?"
	}
	return ""
}

func fold(word string) []rune {
	return []rune(strings.ReplaceAll(strings.ToLower(word), "_", "-"))
}

// slips returns the Damerau-Levenshtein distance in its common form (optimal
// string alignment): letters left out, added, changed or swapped with the next.
func slips(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
