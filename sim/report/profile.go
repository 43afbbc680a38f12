package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/sim"
)

// profileRows is how many parts of one kind a profile names.
const profileRows = 6

// Profile writes where the time of a run went: the kinds of work, the greatest
// first, and of each kind the parts that took most.
func Profile(w io.Writer, r *sim.Result, o Options) error {
	if r.Profile == nil {
		return nil
	}
	s := newSheet(o)
	total := int64(0)
	for _, p := range r.Profile.Shares {
		total += p.Spent
	}
	s.line("")
	s.line("%s", s.bold(left("Where the time went", 42)+right("Share", 8)+right("Count", 14)+right("Each", 10)))
	for _, g := range groups(r.Profile.Shares) {
		s.line("%s", left("  "+g.name(), 42)+share(g.sum, total))
		s.parts(g, total)
	}
	simulated := r.Ended.Sub(r.Resumed)
	s.line("%s", left("  all", 42)+share(sim.Share{Spent: total, Count: r.Profile.Events}, total))
	s.line("  %s", s.ink(dim, fmt.Sprintf("%s for %s simulated, %s times real time; %s more for measuring",
		taken(total), span(simulated), thousands(uint64(simulated)/uint64(max(1, total))), taken(max(0, r.Profile.Total-total)))))
	_, err := io.WriteString(w, s.String())
	return err
}

// parts writes the parts of a kind.
func (s *sheet) parts(g group, total int64) {
	most := profileRows
	if s.All {
		most = len(g.parts)
	}
	for i, p := range g.parts {
		if i == most {
			var rest sim.Share
			for _, q := range g.parts[i:] {
				rest.Spent, rest.Count = rest.Spent+q.Spent, rest.Count+q.Count
			}
			s.line("%s", s.ink(dim, left(fmt.Sprintf("    %d more", len(g.parts)-i), 42)+share(rest, total)))
			return
		}
		if p.Name != "" {
			s.line("%s", s.ink(dim, left("    "+cropped(clean(p.Name), 36), 42)+share(p, total)))
		}
	}
}

// share writes the columns of a share of the time.
func share(p sim.Share, total int64) string {
	each := p.Spent / int64(max(1, p.Count))
	percent := strconv.FormatFloat(float64(100*float64(p.Spent)/float64(max(1, total))), 'f', 1, 64) + " %"
	return right(percent, 8) + right(thousands(p.Count), 14) + right(taken(each), 10)
}

// A group is the parts of one kind, and their sum.
type group struct {
	kind  sim.ShareKind
	sum   sim.Share
	parts []sim.Share
}

// name says what is counted of the kind.
func (g *group) name() string {
	return [...]string{
		"devices: handlers run", "physics: islands integrated", "invariants: looked at", "triggers: looked at",
		"network: messages and polls", "timeline: injections", "signals: shown, computed, kept in mind", "recording",
		"kernel: events in their order",
	}[g.kind]
}

// groups sorts the shares by kind, the greatest first.
func groups(shares []sim.Share) (list []group) {
	for _, p := range shares {
		i := slices.IndexFunc(list, func(g group) bool { return g.kind == p.Kind })
		if i < 0 {
			i = len(list)
			list = append(list, group{kind: p.Kind})
		}
		g := &list[i]
		g.sum.Spent, g.sum.Count = g.sum.Spent+p.Spent, g.sum.Count+p.Count
		g.parts = append(g.parts, p)
	}
	slices.SortStableFunc(list, func(a, b group) int { return cmp.Compare(b.sum.Spent, a.sum.Spent) })
	return list
}

// cropped is a text of at most so many characters.
func cropped(text string, most int) string {
	if width(text) <= most {
		return text
	}
	return string([]rune(text)[:most-3]) + "..."
}

// taken writes a time that somebody waited for.
func taken(ns int64) string {
	switch {
	case ns < 1e4:
		return fmt.Sprintf("%d ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.1f us", float64(ns)/1e3)
	case ns < 1e7:
		return fmt.Sprintf("%.1f ms", float64(ns)/1e6)
	case ns < 1e10:
		return fmt.Sprintf("%.0f ms", float64(ns)/1e6)
	}
	return fmt.Sprintf("%.1f s", float64(ns)/1e9)
}

// thousands writes a count with spaces between the thousands.
func thousands(n uint64) string {
	text := strconv.FormatUint(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + " " + text[i:]
	}
	return text
}
