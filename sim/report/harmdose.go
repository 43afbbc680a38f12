package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
)

// A verdictOn is an exposure that harmed, and its models that did, where it has several.
type verdictOn struct {
	exposure string
	models   []string
}

// judges adds by what an exposure harmed to those that did before.
func judges(list []verdictOn, by *sim.HarmedBy) []verdictOn {
	at := slices.IndexFunc(list, func(j verdictOn) bool { return j.exposure == by.Exposure })
	if at < 0 {
		at, list = len(list), append(list, verdictOn{exposure: by.Exposure})
	}
	for _, model := range by.Models {
		if !slices.Contains(list[at].models, model) {
			list[at].models = append(list[at].models, model)
		}
	}
	return list
}

// modelled says by which models of an exposure somebody was harmed, and how badly by each.
func modelled(h *sim.HarmResult, exposure string) (list []sentence) {
	for k := range h.Harms {
		by := &h.Harms[k]
		if by.Exposure != exposure {
			continue
		}
		var parts []string
		for n := 0; n < len(by.Models); n++ {
			from := n
			for n+1 < len(by.Models) && by.Models[n+1] == by.Models[from] {
				n++
			}
			if by.Models[n] == "" {
				continue
			}
			text := by.Models[n] + ": " + harm.Severity(from+1).String()
			if n > from {
				text += " to " + harm.Severity(n+1).String()
			}
			parts = append(parts, text)
		}
		if len(parts) > 0 {
			list = append(list, sentence{"judged as", strings.Join(parts, "; ")})
		}
	}
	return list
}

// modelAt names, in brackets, the model by which somebody was harmed, where an exposure has several and they were
// never so badly harmed before.
func modelAt(r *sim.Result, i *sim.InvariantResult) string {
	h := &r.Harm[i.Harm.Person]
	for k := range h.Harms {
		by, level := &h.Harms[k], int(i.Harm.Severity)-1
		if by.Exposure == i.Harm.Exposure && level < len(by.Models) && by.Models[level] != "" && by.Levels[level].At == i.At {
			return " (" + by.Models[level] + ")"
		}
	}
	return ""
}

// dosed says how much somebody had taken up in the end of what adds up beside an exposure.
func dosed(h *sim.HarmResult, exposure string) (list []sentence) {
	for k := range h.Exposed {
		if e := &h.Exposed[k]; e.Of != "" && e.Of == exposure && tookUp(h, k) {
			list = append(list, sentence{"dose", exposureOf(h, k) + " " + figure(h.Amounts[k].Value, h.Amounts[k].Unit) + thresholds(e, h.Amounts[k].Unit)})
		}
	}
	return list
}

// thresholds are from which dose on it harms.
func thresholds(e *sim.Exposure, u unit.Unit) string {
	var parts []string
	for s, from := range e.From {
		if !math.IsInf(from, 0) {
			parts = append(parts, harm.Severity(s+1).String()+" from "+figure(from, u))
		}
	}
	return "; " + strings.Join(parts, ", ")
}

// tookUp reports whether somebody took up anything of a dose.
func tookUp(h *sim.HarmResult, k int) bool {
	return k < len(h.Amounts) && h.Amounts[k].Known() && h.Amounts[k].Value > 0
}

// shareOf is how much of the dose of slight harm somebody had taken up at most, empty of what adds up to none
// that has a threshold of its own, and where they were harmed by it.
func shareOf(h *sim.HarmResult, k int) string {
	name := h.Exposed[k].Name
	if _, dose := doses[name]; (!dose || name == "co") && h.Exposed[k].Of == "" || !tookUp(h, k) {
		return ""
	}
	amount, left := h.Amounts[k].Value, h.Margins[k].Margin
	if share := 100 * amount / (amount + left); left >= 0 && share >= 0.001 {
		return fmt.Sprintf("%.3g %% ", share)
	}
	return ""
}
