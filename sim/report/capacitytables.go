package report

import (
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/trace"
)

// CapacityTables are what links, devices and stores carried, in the words of the report, for a trace; none where
// the report has none.
func CapacityTables(r *sim.Result) (tables []trace.Table) {
	const oneLine = 1 << 16
	s := newSheet(Options{Width: oneLine})
	s.gathered = &tables
	s.capacity(r)
	return tables
}

// note keeps a line below the table that was kept last.
func (s *sheet) note(text string) {
	if n := len(*s.gathered); n > 0 && strings.TrimSpace(text) != "" {
		t := &(*s.gathered)[n-1]
		t.Notes = append(t.Notes, strings.TrimSpace(text))
	}
}
