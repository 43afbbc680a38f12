package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/capacity"
)

// scaled is a sheet about an answer.
type scaled struct {
	*sheet
	*capacity.Answer
}

// many is a count, to three digits, in millions (M) and a thousand times as many (G, T, P), where there are very many.
func many(n uint64) string {
	switch x := float64(n); {
	case n < 10_000_000:
		return thousands(n)
	case x < 999.5e6:
		return strconv.FormatFloat(x/1e6, 'g', 3, 64) + " M"
	case x < 999.5e9:
		return strconv.FormatFloat(x/1e9, 'g', 3, 64) + " G"
	case x < 999.5e12:
		return strconv.FormatFloat(x/1e12, 'g', 3, 64) + " T"
	default:
		return strconv.FormatFloat(x/1e15, 'g', 3, 64) + " P"
	}
}

// timesText is a scale as people write it.
func timesText(n int64) string { return strconv.FormatInt(n, 10) + "x" }

func used(r *capacity.Row) string {
	if l := r.Busiest(); l != nil {
		return percent(l.Utilisation)
	}
	return "-"
}

func lost(r *capacity.Row) string {
	if l := r.Leakiest(); l != nil {
		return percent(capacity.Loss(l))
	}
	return "-"
}

func slowest(r *capacity.Row) string {
	if l := r.Slowest(); l != nil {
		return briefly(l.Delay.P99)
	}
	return "-"
}

func fullFirst(r *capacity.Row) string {
	g := r.Fullest()
	switch {
	case g == nil:
		return "-"
	case g.Refused > 0:
		return fmt.Sprintf("since day %d", dayOf(g.FullAt))
	case math.IsInf(g.DaysLeft, 0) || g.DaysLeft > 1e5:
		return "-"
	}
	return fullIn(g.DaysLeft)
}

func brokenBy(r *capacity.Row) string {
	list := r.Violated()
	if len(list) == 0 {
		return "none"
	}
	text := clean(list[0].Name)
	if n := len(list) - 1; n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return text
}

// names says of the last scale that ran what the columns are about.
func (s scaled) names() {
	for i := len(s.Rows) - 1; i >= 0; i-- {
		r := &s.Rows[i]
		if r.Result == nil {
			continue
		}
		if l := r.Busiest(); l != nil {
			s.bullet("  used most at "+timesText(r.Times), loadName(l))
		}
		if l := r.Leakiest(); l != nil {
			s.bullet("  loses most", loadName(l))
		}
		if l := r.Slowest(); l != nil {
			s.bullet("  slowest", loadName(l))
		}
		if g := r.Fullest(); g != nil && fullFirst(r) != "-" {
			s.bullet("  full first", clean(g.Store))
		}
		s.line("")
		return
	}
}

// standing says which devices stand for several.
func (s scaled) standing() {
	said := false
	for i := range s.Rows {
		if r := &s.Rows[i]; len(r.Standing) > 0 && r.Result != nil {
			s.bullet("  at "+timesText(r.Times), clean("each of "+strings.Join(r.Standing, ", ")+" stands for "+thousands(uint64(r.Times))+" that are alike"))
			said = true
		}
	}
	if said {
		s.line("")
	}
}

// once says that each scale was run once where the scenario asks for more.
func (s scaled) once() {
	if s.Seeds > 1 {
		s.block("", "  ", wrap(fmt.Sprintf("Each scale was run once, with seed %d; the scenario asks for %d seeds, and others may break elsewhere: "+
			"change its `seed:` to see one.", s.Seed, s.Seeds), s.width, s.width-2))
		s.line("")
	}
}

// timesList is a list of scales as people write it.
func timesList(list []int64) string {
	var texts []string
	for _, n := range list {
		texts = append(texts, timesText(n))
	}
	return strings.Join(texts, ", ")
}

// refusal says which scale was not run, and why.
func (s *sheet) refusal(r *capacity.Row) {
	why := "nothing is known of why"
	if r.Err != nil {
		why, _, _ = strings.Cut(r.Err.Error(), "\n")
	}
	s.bullet("  "+timesText(r.Times)+" was not run", clean(why))
}

// conclusion says where it breaks first.
func (s scaled) conclusion() {
	i, violations, lossy := s.Breaks()
	if !s.Complete {
		s.line("INTERRUPTED: the scales after these were not run.")
	}
	missing, run := s.Missing()
	switch {
	case len(run) == 0:
		s.line("%s", s.bold("No scale was run to its end, so nothing is known of where it breaks."))
		return
	case i < 0 && len(missing) > 0:
		s.line("%s", s.bold("Nothing breaks at "+timesList(run)+". What is at "+timesList(missing)+" is not known."))
		return
	case i < 0:
		s.line("%s", s.bold("Nothing breaks at these scales."))
		return
	}
	r := &s.Rows[i]
	var what []string
	for _, l := range placesOf(lossy) {
		what = append(what, fmt.Sprintf("%s loses %s of what comes to it", loadName(l), percent(capacity.Loss(l))))
	}
	for _, v := range violations {
		what = append(what, fmt.Sprintf("%s is violated at %s", clean(v.Name), v.At.Short()))
	}
	text := "Breaks first at " + timesText(r.Times) + ": " + strings.Join(what[:min(4, len(what))], "; ")
	if n := len(what) - 4; n > 0 {
		text += fmt.Sprintf("; and %d more", n)
	}
	s.block("", "  ", wrap(text+".", s.width, s.width-2))
}

// placesOf adds up what a link or a device loses of messages and of what comes as a rate: it is one place that loses.
func placesOf(lossy []*sim.Load) (list []*sim.Load) {
	for _, l := range lossy {
		at := slices.IndexFunc(list, func(o *sim.Load) bool { return o.Name == l.Name && o.Link == l.Link && o.First == l.First })
		if at < 0 {
			copied := *l
			list = append(list, &copied)
			continue
		}
		list[at].Offered, list[at].Lost, list[at].Rate = list[at].Offered+l.Offered, list[at].Lost+l.Lost, false
	}
	return list
}
