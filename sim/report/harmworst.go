package report

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// doses are the exposures that are judged by what adds up, and what that is: how much it was
// says nothing of how much there was at once.
var doses = map[string]string{"co": "in the blood ", "gas": "load ", "thermal_radiation": "dose "}

// atWorst says how much of an exposure there was when it was the worst, where that is more than
// was said of what crossed a limit first.
func atWorst(h *sim.HarmResult, exposure, said string) string {
	k := slices.IndexFunc(h.Exposed, func(e sim.Exposure) bool { return e.Name == exposure })
	if k < 0 || k >= len(h.Amounts) || !h.Amounts[k].Known() {
		return ""
	}
	a := &h.Amounts[k]
	amount := figure(a.Value, a.Unit)
	if strings.HasSuffix(said, " was "+amount) {
		return ""
	}
	return "; " + doses[exposure] + "at worst " + amount + " at " + a.At.Short()
}
