package expression

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever stands beside a word of temporal logic is read or explained.
func TestNotationsOfAllSorts(t *testing.T) {
	words := strings.Fields(`always eventually until since U F G rise ( ) ( ) [ ] [0,2] [1:inf] , : ? -> <-> - > < not and or x pump.on 2 "2s" 1 ! in`)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 14).Draw(t, "words"), " ")
		f, mistakes := Formula(text, newWorld())
		if len(mistakes) == 0 {
			require.NotNil(t, f.Formula, text)
		}
		for _, e := range mistakes {
			require.NotEqual(t, "the expression cannot be read", e.Message, text)
			require.LessOrEqual(t, e.Offset+e.Width, max(len([]rune(text)), 1), text)
			require.NotContains(t, e.Fix, "(, ", text)
		}
	})
}
