package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/vtime"
)

// evidence writes what the plant itself could know afterwards.
func (s *sheet) evidence(r *sim.Result) {
	if !earnable(r) {
		return
	}
	s.bullet("Accountable", accountable(r))
	for i := range r.Evidence {
		if i == 0 {
			s.line("%s", s.bold("Evidence"))
		}
		if i >= logsMost && !s.All {
			s.line("  %s", s.ink(dim, fmt.Sprintf("%d more logs (--all).", len(r.Evidence)-i)))
			break
		}
		s.bullet("  "+clean(r.Evidence[i].Device), remains(&r.Evidence[i]))
	}
	if text := named(r); text != "" {
		s.block("  ", "  ", wrap(text, s.width-2, s.width-2))
	}
	s.line("")
}

// logsMost is how many logs are told of at most.
const logsMost = 8

// bullet writes a name with what is said of it.
func (s *sheet) bullet(name, text string) {
	head := s.bold(name)
	if strings.HasPrefix(name, " ") {
		head = name
	}
	s.block(head+"  ", "    ", wrap(text, s.width-width(name)-2, s.width-4))
}

// earnable reports whether anything in the run is about who may do what.
func earnable(r *sim.Result) bool {
	if len(r.Checks)+len(r.Evidence) > 0 {
		return true
	}
	for i := range r.Injections {
		if r.Injections[i].From != "" {
			return true
		}
	}
	return false
}

// accountable says for how many commands the plant could answer, and why not for the
// others.
func accountable(r *sim.Result) string {
	a, gaps := r.Accounts, r.Plan.Gaps()
	if a.Commands == 0 {
		return "no command reached a device that acts"
	}
	percent := strconv.FormatFloat(100*a.Share(), 'f', -1, 64)
	if whole := strings.IndexByte(percent, '.'); whole >= 0 {
		percent = percent[:min(len(percent), whole+2)]
	}
	text := fmt.Sprintf("%s of %s (%s %%)", thousands(uint64(a.Answered)), commands(uint64(a.Commands)), percent)
	switch {
	case a.Answered == a.Commands:
		return text
	case gaps.Unauthenticated+gaps.Unauthorised+gaps.Unlogged == 0:
		return text + ": the others bore no proof of who sent them"
	}
	n := gaps.Acting
	return text + fmt.Sprintf(": of the devices that act, %d of %d authenticate, %d authorise, %d keep a log",
		n-gaps.Unauthenticated, n, n-gaps.Unauthorised, n-gaps.Unlogged)
}

func commands(n uint64) string {
	if n == 1 {
		return "1 command"
	}
	return thousands(n) + " commands"
}

// remains says what is left of a log, and what it shows.
func remains(e *sim.Evidence) string {
	text := thousands(uint64(e.Kept)) + " of " + thousands(e.Written) + " entries left"
	if uint64(e.Kept) == e.Written {
		text = thousands(e.Written) + " entries, all left"
	}
	text += ", " + protected(e) + "."
	if e.Meddled == vtime.Never {
		return text
	}
	var deeds []string
	for _, d := range []struct {
		n    uint64
		word string
	}{{e.Wiped, "wiped"}, {e.Forged, "forged"}, {e.Altered, "altered"}} {
		if d.n > 0 {
			deeds = append(deeds, thousands(d.n)+" "+d.word)
		}
	}
	if len(deeds) == 0 {
		return text
	}
	text += " " + strings.Join(deeds, ", ") + " from " + e.Meddled.Short()
	if shown := shows(e); shown != "" {
		return text + ", and that shows: " + shown + "."
	}
	return text + ", and nothing shows it."
}

// protected says how a log is protected, and whether it verifies.
func protected(e *sim.Evidence) string {
	text := "not chained"
	switch {
	case e.Signed:
		text = "signed"
	case e.Chained:
		text = "chained"
	}
	switch {
	case e.Chained && e.Intact:
		text += " and verified"
	case e.Chained:
		text += fmt.Sprintf(", not verified from entry %d on", e.Breaks)
	}
	if e.Remote != "" {
		text += ", copied to " + clean(e.Remote) + " (" + thousands(uint64(e.Copies)) + " there)"
	}
	return text
}

// shows says by what an investigator finds that somebody meddled with a log.
func shows(e *sim.Evidence) string {
	var parts []string
	if !e.Intact {
		parts = append(parts, fmt.Sprintf("it does not verify from entry %d on", e.Breaks))
	}
	for _, p := range []struct {
		n    int
		what string
	}{
		{int(e.Missing), "missing by the numbers"}, {e.Gone, "left only as a copy"}, {e.Differing, "unlike their copies"},
		{e.Strange, "without a copy"},
	} {
		if p.n > 0 {
			parts = append(parts, thousands(uint64(p.n))+" "+p.what)
		}
	}
	return strings.Join(parts, ", ")
}

// named says whom the logs that are left can name, and which footholds they cannot.
func named(r *sim.Result) string {
	if len(r.Evidence) == 0 {
		return ""
	}
	var names []string
	last := int32(-1)
	for i := range r.Named {
		n := &r.Named[i]
		if n.How == logbook.Itself {
			continue
		}
		times := thousands(uint64(n.Entries)) + " " + naming(n)
		if k := len(names) - 1; n.Device == last {
			names[k] = strings.TrimSuffix(names[k], ")") + ", " + times + ")"
			continue
		}
		last = n.Device
		names = append(names, clean(r.Plan.Devices[n.Device].ID)+" ("+times+")")
	}
	text := "They name nobody."
	if len(names) > 0 {
		text = "They name " + some(names) + "."
	}
	if gone := unnamed(r); len(gone) > 0 {
		text += " They do not name " + some(gone) + ", where attacks came from."
	}
	return text
}

// naming is how an entry names somebody.
func naming(n *logbook.Named) string {
	return [...]string{"itself", "as claimed", "verified"}[n.How]
}
