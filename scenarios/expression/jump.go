package expression

import "github.com/harmproof/harmproof/sim/signal"

// jumps lists the bounds of what in a term jumps by the time alone: conditions as 0
// or 1, remainders, roundings. Of what jumps by more than the time none is listed.
func jumps(t *term) (list []signal.Enclosure) {
	if !continuous(t) {
		return nil
	}
	if (t.kind == truth || t.folding || t.stepping) && timeAlone(t) {
		if e := enclosure(t); e != nil {
			return []signal.Enclosure{e}
		}
	}
	for _, arg := range t.args {
		if !t.reduces() {
			list = append(list, jumps(arg)...)
		}
	}
	return list
}

// timeAlone reports whether nothing continuous but the time is in a term.
func timeAlone(t *term) bool {
	if t.op == opCell && t.cell.continuous && t.cell.slot != signal.Clock {
		return false
	}
	for _, arg := range t.args {
		if !timeAlone(arg) {
			return false
		}
	}
	return true
}
