package technique

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The counts are those that MITRE publishes for v18.1. One that serves two tactics
// is in the matrix twice, but listed once: 94 places, 11 of them again.
func TestCounts(t *testing.T) {
	ids, names := map[string]bool{}, map[string]bool{}
	serves := map[Tactic]int{}
	twice := 0
	for _, x := range All() {
		require.Regexp(t, regexp.MustCompile(`^T0\d{3}$`), x.ID)
		require.NotEmpty(t, x.Tactics(), x)
		require.False(t, ids[x.ID] || names[x.Name], "%s is there twice", x)
		ids[x.ID], names[x.Name] = true, true
		if len(x.Tactics()) == 2 {
			twice++
		}
		for _, tactic := range x.Tactics() {
			serves[tactic]++
		}
	}
	require.Len(t, ids, 83)
	require.Equal(t, 11, twice)
	require.True(t, slices.IsSortedFunc(All(), func(a, b Technique) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	}))

	require.Len(t, Tactics(), 12)
	var columns []int
	tactics := map[string]bool{}
	for _, tactic := range Tactics() {
		columns = append(columns, serves[tactic])
		require.Regexp(t, regexp.MustCompile(`^TA01\d\d$`), tactic.ID())
		tactics[tactic.ID()], tactics[tactic.String()] = true, true
	}
	require.Len(t, tactics, 24)
	require.Equal(t, []int{12, 10, 6, 2, 7, 5, 7, 11, 3, 14, 5, 12}, columns)
}

func TestLookup(t *testing.T) {
	for _, x := range All() {
		found, ok := Lookup(x.ID)
		require.True(t, ok)
		require.Equal(t, x, found)
	}
	for _, id := range []string{"", "T0", "T0856 ", "t0856", "T9999", "TA0108"} {
		_, ok := Lookup(id)
		require.False(t, ok, id)
	}
	spoof, _ := Lookup("T0856")
	require.Equal(t, "Spoof Reporting Message", spoof.Name)
	require.Equal(t, []Tactic{Evasion, ImpairProcessControl}, spoof.Tactics())
	require.False(t, spoof.Serves(Impact))
}

func TestNearest(t *testing.T) {
	for text, want := range map[string]string{
		"t0856":                       "T0856 (Spoof Reporting Message)",
		"T856":                        "T0856 (Spoof Reporting Message)",
		"T0865 ":                      "T0865 (Spearphishing Attachment)",
		"T08O1":                       "T0801 (Monitor Process State)",
		"T8036":                       "T0836 (Modify Parameter)",
		"Spoof Reporting Message":     "T0856 (Spoof Reporting Message)",
		"spoofed reporting":           "T0856 (Spoof Reporting Message)",
		"man in the middle":           "T0830 (Adversary-in-the-Middle)",
		"unauthorised command":        "T0855 (Unauthorized Command Message)",
		"modify parameters":           "T0836 (Modify Parameter)",
		"rootkit":                     "T0851 (Rootkit)",
		"I/O":                         "T0877 (I/O Image)",
		"Denial of Service":           "T0814 (Denial of Service)",
		"Loss of Control":             "T0827 (Loss of Control)",
		"Supression of alarms":        "T0878 (Alarm Suppression)",
		"Program upload":              "T0845 (Program Upload)",
		"T1234":                       "an id such as T0856 (Spoof Reporting Message)",
		"":                            "an id such as T0856 (Spoof Reporting Message)",
		"quux":                        "an id such as T0856 (Spoof Reporting Message)",
		string(make([]byte, 100_000)): "an id such as T0856 (Spoof Reporting Message)",
	} {
		require.Equal(t, want, Nearest(text), text)
	}
}

// One slip in an id leads to an id that is one slip away, and a name to its own.
func TestNearestOfAll(t *testing.T) {
	for _, x := range All() {
		require.Equal(t, x.String(), Nearest(x.ID))
		require.Equal(t, x.String(), Nearest(x.Name))
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SampledFrom(All()).Draw(t, "technique")
		id := []byte(x.ID)
		at := rapid.IntRange(0, len(id)-1).Draw(t, "at")
		id = slices.Delete(id, at, at+1)
		near, ok := Lookup(Nearest(string(id))[:5])
		require.True(t, ok)
		require.Equal(t, 1, slips([]rune(string(id)), []rune(near.ID)))
	})
}
