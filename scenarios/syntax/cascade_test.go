package syntax

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/source"
)

// mistakes are what people do to a line `prefix key: value`.
var mistakes = map[string]func(k keyed) string{
	"no blank":     func(k keyed) string { return k.prefix + k.key + ":" + k.value },
	"no colon":     func(k keyed) string { return k.prefix + k.key + " " + k.value },
	"equals":       func(k keyed) string { return k.prefix + k.key + " = " + k.value },
	"tab":          func(k keyed) string { return "\t" + k.prefix + k.key + ": " + k.value },
	"open quote":   func(k keyed) string { return k.prefix + k.key + `: "` + strings.ReplaceAll(k.value, `"`, "") },
	"half quoted":  func(k keyed) string { return k.prefix + k.key + `: "` + strings.ReplaceAll(k.value, `"`, "") + `" + 1` },
	"colon inside": func(k keyed) string { return k.prefix + k.key + ": see: " + k.value },
	"backtick":     func(k keyed) string { return k.prefix + k.key + ": `" + k.value + "`" },
	"percent":      func(k keyed) string { return k.prefix + k.key + ": %" + k.value },
	"tag":          func(k keyed) string { return k.prefix + k.key + ": !" + k.value },
	"block":        func(k keyed) string { return k.prefix + k.key + ": > " + k.value },
	"anchor":       func(k keyed) string { return k.prefix + k.key + ": &x " + k.value },
	"alias":        func(k keyed) string { return k.prefix + k.key + ": *x" },
	"braces":       func(k keyed) string { return k.prefix + k.key + ": {{x}} + 1" },
	"list inside":  func(k keyed) string { return k.prefix + k.key + ": [x][0] + 1" },
	"too many":     func(k keyed) string { return k.prefix + k.key + ": [x]]" },
	"dash":         func(k keyed) string { return k.prefix + k.key + ": - " + k.value },
	"nothing":      func(k keyed) string { return k.prefix + k.key + ":" },
	"null":         func(k keyed) string { return k.prefix + k.key + ": ~" },
	"yes":          func(k keyed) string { return k.prefix + k.key + ": yes" },
	"nan":          func(k keyed) string { return k.prefix + k.key + ": .nan" },
	"octal":        func(k keyed) string { return k.prefix + k.key + ": 0010" },
	"unknown":      func(k keyed) string { return k.prefix + "<<: " + k.value },
	"twice": func(k keyed) string {
		return k.prefix + k.key + ": " + k.value + "\n" + blanks(k.prefix) + k.key + ": " + k.value
	},
	"outdented": func(k keyed) string { return strings.TrimPrefix(k.prefix, " ") + k.key + ": " + k.value },
	"indented":  func(k keyed) string { return " " + k.prefix + k.key + ": " + k.value },
}

func blanks(prefix string) string { return strings.Repeat(" ", len(prefix)) }

// TestOneCauseOneMessage makes one mistake at a time in a good scenario.
func TestOneCauseOneMessage(t *testing.T) {
	text, err := os.ReadFile("testdata/good/spoofed-gauge.yaml")
	require.NoError(t, err)
	lines := strings.Split(string(text), "\n")
	for name, wrong := range mistakes {
		t.Run(name, func(t *testing.T) {
			for i, line := range lines {
				k, ok := keyedLine(line)
				if !ok || k.value == "" {
					continue // a section: what belongs to it is lost with it
				}
				if strings.HasSuffix(name, "dented") && (k.prefix == "" || indentation(lines[i-1]) != len(k.prefix)) {
					continue // the first of its level may stand anywhere
				}
				bad := append([]string(nil), lines...)
				bad[i] = wrong(k)
				_, problems := Parse(source.New("plant.yaml", []byte(strings.Join(bad, "\n"))))
				if assert.Len(t, problems, 1, "%s\n%s", bad[i], problems) {
					assert.InDelta(t, i+1, problems[0].Line, 1, problems)
				}
			}
		})
	}
}
