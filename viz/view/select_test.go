package view_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/view"
)

// A signal that an address names is the one whose row is chosen, and the list is scrolled to it.
func TestSelectChoosesTheRowOfASignal(t *testing.T) {
	s := watched(t, view.Options{Select: "maria.worst"}, "home/freeze")
	require.Equal(t, "maria.worst", s.v.State().Row)
	s.frame()
	require.True(t, s.says("worst"))
	require.True(t, s.v.Select("boiler"))
	require.NotContains(t, s.v.State().Row, "maria")
}

// A step is called after its kind, in the story and beside its lane: a request is no attack, nor is a fault.
func TestStepsAreCalledAfterTheirKind(t *testing.T) {
	s := watched(t, view.Options{}, "town/erased-but-in-backup")
	require.True(t, s.says("Act"))
	require.False(t, s.says("Attack"))
	require.True(t, watched(t, view.Options{}, "home/freeze").says("Attack"))
}
