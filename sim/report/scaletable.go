package report

import (
	"fmt"
	"io"
	"slices"

	"github.com/harmproof/harmproof/sim/campaign/capacity"
)

// A ScaleTable writes the rows of scales as they come, as the larger ones may take minutes. What its columns are
// wide does not depend on the rows, which nobody knows yet.
type ScaleTable struct {
	w      io.Writer
	o      Options
	name   string
	widths []int
	begun  bool
}

// NewScaleTable returns the table of a scenario at such scales.
func NewScaleTable(w io.Writer, name string, times []int64, o Options) *ScaleTable {
	t := &ScaleTable{w: w, o: o, name: name, widths: []int{3, 9, 9, 7, 7, 6, 8, 0}}
	if len(times) > 0 {
		t.widths[0] = max(t.widths[0], len(timesText(slices.Max(times))))
	}
	return t
}

// grid returns a table with nothing in it.
func (t *ScaleTable) grid() *grid {
	return &grid{
		sheet: newSheet(t.o), titles: []string{"Times", "Devices", "Messages", "Used", "Lost", "p99", "Full in", "Violated"},
		numbers: []bool{true, true, true, true, true, true, true, false},
	}
}

// Row writes a row, the first one with the title above it.
func (t *ScaleTable) Row(r *capacity.Row) error {
	g := t.grid()
	last := len(t.widths) - 1
	widths := slices.Clone(t.widths)
	for _, n := range widths[:last] {
		widths[last] -= n + gutter
	}
	widths[last] = max(len("Violated"), widths[last]+g.width-gutter)
	t.title(g, widths)
	if r.Result == nil {
		g.refusal(r)
	} else {
		g.row([]string{timesText(r.Times), many(uint64(r.Devices)), many(r.Messages()), used(r), lost(r), slowest(r), fullFirst(r), brokenBy(r)}, widths)
	}
	return t.write(g)
}

// title writes what stands above the first row.
func (t *ScaleTable) title(g *grid, widths []int) {
	if t.begun {
		return
	}
	t.begun = true
	g.line("%s", g.bold("Capacity of "+clean(t.name)+", with every count multiplied"))
	g.line("")
	g.heading(widths)
}

func (t *ScaleTable) write(g *grid) error {
	_, err := io.WriteString(t.w, g.String())
	return err
}

// End writes what is to be said of all rows together.
func (t *ScaleTable) End(a *capacity.Answer) error {
	g := t.grid()
	if !t.begun {
		g.line("%s", g.bold("Capacity of "+clean(t.name)+", with every count multiplied"))
	}
	g.line("")
	s := scaled{g.sheet, a}
	s.names()
	s.standing()
	s.once()
	s.conclusion()
	return t.write(g)
}

// Scale writes what became of a scenario at each scale, for people.
func Scale(w io.Writer, a *capacity.Answer, o Options) error {
	var times []int64
	for i := range a.Rows {
		times = append(times, a.Rows[i].Times)
	}
	t := NewScaleTable(w, a.Name, times, o)
	for i := range a.Rows {
		if err := t.Row(&a.Rows[i]); err != nil {
			return fmt.Errorf("writing the table: %w", err)
		}
	}
	return t.End(a)
}
