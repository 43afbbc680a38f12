package report

import (
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// answer says what a device said to a message that it refused, in the words of its
// protocol: ", answering write single coil with exception 1, illegal function". It is
// empty where it said nothing.
func (t *teller) answer(d *sim.Decision) string {
	a, ok := t.Plan.Answer(d)
	if !ok {
		return ""
	}
	text := ", answering "
	if p, f := t.Plan.Function(d); f != 0 {
		text += strings.ReplaceAll(p.FunctionName(f), "-", " ") + " "
	}
	return text + "with " + a.String()
}
