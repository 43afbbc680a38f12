package syntax

import (
	"strings"
	"unicode/utf8"
)

// inQuotes returns a value in quotes that YAML undoes.
func inQuotes(value string) string {
	if !strings.ContainsAny(value, `"\`) {
		return `"` + value + `"`
	}
	return "'" + strings.ReplaceAll(value, "'", "''") + "'"
}

// write returns the fix that is to be pasted, or what to do where it is long or
// holds a backtick.
func write(paste, otherwise string) string {
	if utf8.RuneCountInString(paste) > 66 || strings.Contains(paste, "`") {
		return otherwise
	}
	return "write `" + paste + "`"
}

// quoteIt returns the fix that puts the value of a key in quotes.
func quoteIt(key, value string) string {
	for _, q := range []string{`"`, "'"} { // 'it's'
		if n := len(value) - 1; n > 0 && value[:1] == q && value[n:] == q && strings.Count(value, q)%2 == 1 {
			value = value[1:n]
		}
	}
	if value == "" {
		return "put the whole value in quotes"
	}
	if key != "" {
		key += ": "
	}
	return write(key+inQuotes(value), "put the whole value in quotes")
}

// keysText lists keys for a fix.
func keysText(names []string) string { return strings.Join(names, ", ") }
