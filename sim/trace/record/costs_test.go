package record_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
)

// Costs are how many bytes records have, before compression, as a table of traces.
type costs struct {
	mutex sync.Mutex
	rows  []string
}

// holds holds the bounds: 12 bytes for a change or a message, 48 for a step of a
// continuous state, and at least 64 of them to a message of the file.
func (c *costs) holds(t *testing.T, x *trace.Trace, file int) {
	n := x.End.Counts
	each := func(t trace.Tally) float64 { return float64(t.Bytes) / float64(max(1, t.Count)) }
	total := n.Changes.Count + n.Courses.Count + n.Messages.Count
	c.mutex.Lock()
	c.rows = append(c.rows, fmt.Sprintf("%-44s %9d %6.1f %9d %6.1f %9d %6.1f %8.1f", x.Header.Scenario, n.Changes.Count, each(n.Changes),
		n.Courses.Count, each(n.Courses), n.Messages.Count, each(n.Messages), float64(file)/float64(max(1, total))))
	c.mutex.Unlock()
	for _, one := range []struct {
		trace.Tally
		most uint64
	}{{n.Changes, 12}, {n.Courses, 48}, {n.Messages, 12}} {
		if one.Count >= 512 && one.Count >= 64*one.Blocks {
			require.LessOrEqual(t, one.Bytes, one.most*one.Count)
		}
	}
	const last = 3 // blocks that the end of the run leaves with few
	require.GreaterOrEqual(t, int64(total), 64*max(0, int64(n.Changes.Blocks+n.Courses.Blocks+n.Messages.Blocks)-last))
}

// log writes the table.
func (c *costs) log(t *testing.T) {
	slices.Sort(c.rows)
	t.Logf("%-44s %9s %6s %9s %6s %9s %6s %8s\n%s", "bytes of each", "changes", "", "courses", "", "messages", "", "in file", strings.Join(c.rows, "\n"))
}
