package report

import (
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// nearest says how near somebody came to harm by each exposure.
func nearest(h *sim.HarmResult) string {
	if len(h.Exposed) == 0 {
		return ", as nothing is wired that could harm them"
	}
	var parts, first []string
	for k := range h.Margins {
		m := &h.Margins[k]
		if math.IsInf(m.Margin, 0) || h.Exposed[k].Of != "" && !tookUp(h, k) {
			continue
		}
		text, when := strings.TrimLeft(margin(m.Margin, m.Unit), "+-")+" ", ""
		if share := shareOf(h, k); share != "" {
			text = share
		}
		switch {
		case m.Closest > 0:
			when = " at " + m.Closest.Short()
		case m.Margin < 0 && len(h.Exposed[k].Spared) > 0: // which nothing that came later outdoes
			when = " at the start"
		}
		if text += related(h, k, when); when != "" {
			parts = append(parts, text)
		} else {
			first = append(first, text)
		}
	}
	switch {
	case len(parts) > 0:
		return "; closest " + strings.Join(parts, ", ")
	case len(first) > 0:
		return "; never nearer than at the start, " + strings.Join(first, ", ")
	}
	return ""
}

// related says on which side of an exposure's limit somebody was, and when.
func related(h *sim.HarmResult, k int, when string) string {
	name, inside := exposureOf(h, k), h.Margins[k].Margin >= 0
	switch {
	case name == sim.ProtectiveDistance && inside:
		return "beyond the " + sim.ProtectiveDistance + when
	case name == sim.ProtectiveDistance:
		return "short of the " + sim.ProtectiveDistance + when
	case shareOf(h, k) != "":
		return "of the dose of slight harm by " + name + when
	case inside:
		return "from harm by " + name + when
	case len(h.Exposed[k].Spared) == 0: // its force is known
		return "past contact by " + name + when
	}
	return "beyond the limit of " + name + when + " but not for long enough to harm"
}
