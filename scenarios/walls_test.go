package scenarios

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/floor"
)

const walled = `scenario: walled
run: 10s
system:
  devices:
    arm: {is: custom, signals: {x: {start: 0 m}}}
    anna: {is: person, starts_x: 6 m, path: {press: {at: 1s, x: 1 m}}, separation: arm.x}
  walls:
`

// The plan has the walls, in millimetres.
func TestThePlanHasTheWalls(t *testing.T) {
	s, err := Parse("plant.yaml", []byte(walled+`    fence: {about: it, line: [[3 m, 1 mm], [3 m, 20 m]], thick: 1 mm}
    pillar: {corners: [[0 m, -1 m], [-1 ft, -1 m], [0 m, -2 m]]}
`))
	require.NoError(t, err)
	require.Equal(t, []floor.Wall{
		{Name: "fence", About: "it", Corners: []floor.Point{{X: 3000, Y: 1}, {X: 3000, Y: 20000}}, Thick: 1},
		{Name: "pillar", Corners: []floor.Point{{Y: -1000}, {X: -305, Y: -1000}, {Y: -2000}}, Solid: true},
	}, s.Plan.Walls)
	_, err = Parse("plant.yaml", []byte(walled+"    fence: {line: [[3 m, 1 mm], [3 m, 20 m]], thick: 2 mm}\n"))
	require.ErrorContains(t, err, "through the wall fence", "it is touched")
}

// A file that uses another one replaces its walls by name.
func TestUseReplacesWalls(t *testing.T) {
	dir := t.TempDir()
	system := strings.TrimPrefix(walled, "scenario: walled\nrun: 10s\n") + "    fence: {line: [[3 m, -1 m], [3 m, 1 m]]}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "system.yaml"), []byte(system), 0o600))
	file := filepath.Join(dir, "a.yaml")
	scenario := "scenario: a\nuse: system.yaml\nrun: 10s\n"
	require.NoError(t, os.WriteFile(file, []byte(scenario), 0o600))
	_, err := Load(file)
	require.ErrorContains(t, err, "through the wall fence")
	scenario += "system: {walls: {fence: {line: [[3 m, 1 m], [3 m, 2 m]]}, other: {line: [[9 m, 1 m], [9 m, 2 m]]}}}\n"
	require.NoError(t, os.WriteFile(file, []byte(scenario), 0o600))
	s, err := Load(file)
	require.NoError(t, err)
	require.Len(t, s.Plan.Walls, 2)
	require.Equal(t, int64(1000), s.Plan.Walls[0].Corners[0].Y)
}

// Who writes a hundred thousand corners, or sends a thousand people through a wall, is told so
// and no more.
func TestWallsAreBounded(t *testing.T) {
	corners := strings.Repeat("[0 m, 0 m], [1 m, 1 m], ", 1001)
	_, err := Parse("plant.yaml", []byte(walled+"    fence: {line: ["+strings.TrimSuffix(corners, ", ")+"]}\n"))
	require.ErrorContains(t, err, "more than 2000 corners")
	people := &strings.Builder{}
	for i := range 1000 {
		fmt.Fprintf(people, "    p%d: {is: person, starts_x: 6 m, path: {press: {at: 1s, x: 1 m}}, separation: arm.x}\n", i)
	}
	text := strings.Replace(walled, "  walls:\n", people.String()+"  walls:\n", 1)
	_, err = Parse("plant.yaml", []byte(text+"    fence: {line: [[3 m, -1 m], [3 m, 1 m]]}\n"))
	require.ErrorContains(t, err, "plant.yaml has 20 mistakes")
}
