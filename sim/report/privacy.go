package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/vtime"
)

// store tells what a store did with what it holds about people, or what was done with that.
func (t *teller) store(e sim.StoryEvent) row {
	n := &t.Privacy.Stories[e.Index]
	line := row{mark: "-", colour: green, text: clean(n.String()), key: clean(n.Store) + " " + storeDeeds[n.Deed], rank: turns}
	switch {
	case n.Deed == sim.PutBack || n.Deed == sim.Stolen:
		line.mark, line.colour = "+", yellow
	case n.Unasked():
		line.mark, line.colour = "!", yellow
	}
	return line
}

// storeDeeds are what stores do, in words.
var storeDeeds = [...]string{sim.Forgot: "forgot", sim.OptedOut: "stopped", sim.Answered: "answered", sim.Withdrew: "stopped", sim.Objected: "stopped", sim.PutBack: "was put back", sim.Stolen: "was stolen",
	sim.Extended: "takes longer", sim.Realised: "heard an alarm", sim.Notified: "sent a notice", sim.Informed: "told somebody", sim.Found: "was stolen", sim.LostAll: "lost all"}

func people(n int) string { return counted(n, "person", "people") }

// leftMost is how many rows a report lists that should not be there, learntMost how many
// things that were learnt, recipeMost how many lines of how, keptMost how many sorts of data a
// basis lets stores keep.
const leftMost, learntMost, recipeMost, keptMost = 5, 4, 8, 4

// privacy writes what became of data about people.
func (s *sheet) privacy(r *sim.Result) {
	p := r.Privacy
	if p == nil {
		return
	}
	s.holdings(p)
	s.held(p)
	for i := range p.Rights {
		if x := &p.Rights[i]; x.People > 0 || x.Done > 0 {
			s.bullet("  "+x.Right.String(), heeded(x))
		}
	}
	if text := odd(p); text != "" {
		s.bullet("  requests", text)
	}
	s.left(p)
	s.kept(p)
	s.learnt(p)
	for i := range p.Thefts {
		x := &p.Thefts[i]
		s.bullet("  taken", fmt.Sprintf("%s has %s of %s, about %s", clean(x.Who), some(x.Attributes), clean(x.Store), people(x.People)))
	}
	s.breaches(p)
	s.line("")
}

// holdings writes the table of stores.
func (s *sheet) holdings(p *sim.Privacy) {
	g := grid{sheet: s, titles: []string{"Privacy", "Items", "Came", "People", "Bytes", "Keeps"}, numbers: []bool{false, true, true, true, true, false}}
	for i := range p.Stores {
		x := &p.Stores[i]
		g.add("  "+clean(x.Store), thousands(x.Items), thousands(x.Came), thousands(uint64(x.People)), bytesOf(x.Bytes), keeps(x))
	}
	g.write()
}

// keeps says how long a store keeps what it has, and when it is full.
func keeps(x *sim.StoreHolding) string {
	text := "for good"
	if x.Keeps > 0 {
		text = span(x.Keeps)
	}
	switch {
	case !x.Limited:
	case x.Refused > 0:
		text += fmt.Sprintf(", full since day %d", dayOf(x.FullAt))
	case x.DaysLeft == 0:
		text += ", full"
	case x.DaysLeft >= data.Forever:
		text += ", never full"
	default:
		text += ", full in " + fullIn(x.DaysLeft)
	}
	return text
}

// dayOf returns the day of a run that a time is in, from 1 on.
func dayOf(at vtime.Time) int64 { return int64(vtime.Duration(at)/vtime.Day) + 1 }

// fullIn writes in how many days something is full: in years where these are many.
func fullIn(days float64) string {
	switch {
	case days < 10:
		return strconv.FormatFloat(days, 'f', 1, 64) + " days"
	case days < 3*365:
		return strconv.FormatFloat(days, 'f', 0, 64) + " days"
	}
	return strconv.FormatFloat(days/365.25, 'f', 0, 64) + " years"
}

// bytesOf writes an amount of data.
func bytesOf(n float64) string {
	units := []string{"B", "kB", "MB", "GB", "TB"}
	at := 0
	for n >= 1000 && at+1 < len(units) {
		n, at = n/1000, at+1
	}
	if at == 0 {
		return fmt.Sprintf("%.0f %s", n, units[at])
	}
	return fmt.Sprintf("%.3g %s", n, units[at])
}

// heeded says who asked for a right, and what stores did.
func heeded(x *sim.RightResult) string {
	text := people(x.People) + " asked for it"
	var never, deaf []string
	for i := range x.Stores {
		switch st := &x.Stores[i]; {
		case st.Done > 0:
			text += "; " + clean(st.Store) + " did it " + times(st.Done) + lateness(st)
		case !st.Concerned:
		case st.Heard:
			never = append(never, st.Store)
		default:
			deaf = append(deaf, st.Store)
		}
	}
	for i := range x.Stores {
		if st := &x.Stores[i]; st.Extended > 0 {
			text += "; " + clean(st.Store) + " told " + people(st.Extended) + " after " + span(st.Told) + " that it takes " + span(st.Longer) + " longer"
		}
	}
	if x.People > 0 && len(never) > 0 {
		text += "; " + some(never) + " never did"
	}
	if x.People > 0 && len(deaf) > 0 {
		text += "; nobody can ask " + some(deaf)
	}
	if x.Owed > 0 {
		text += "; " + counted(x.Owed, "answer is owed", "answers are owed")
	}
	if x.Unasked > 0 {
		text += fmt.Sprintf("; %s done that nobody had asked for", counted(int(x.Unasked), "was", "were"))
	}
	return text
}

// lateness says how long a store took at most.
func lateness(x *sim.RightOfStore) string {
	if x.LatestOf == "" {
		return ""
	}
	if x.Done == 1 {
		return ", after " + span(x.Latest)
	}
	return ", after " + span(x.Latest) + " at most"
}

// odd says which requests came to nothing.
func odd(p *sim.Privacy) string {
	var parts []string
	if p.Forged > 0 {
		parts = append(parts, counted(int(p.Forged), "was", "were")+" about nobody")
	}
	if p.Refused > 0 {
		parts = append(parts, counted(int(p.Refused), "was", "were")+" refused: too many waited")
	}
	return strings.Join(parts, ", ")
}

// left writes what stores have of those who asked to be forgotten.
func (s *sheet) left(p *sim.Privacy) {
	for i := range p.Left {
		if i == leftMost && !s.All {
			break
		}
		x := &p.Left[i]
		s.bullet("  left", fmt.Sprintf("%s has %s of %s, who asked for erasure at %s: %s", clean(x.Store), clean(x.Attribute), clean(x.Person), x.Asked.Short(), clean(strings.Join(x.Lineage, "; "))))
	}
	shown := len(p.Left)
	if !s.All {
		shown = min(shown, leftMost)
	}
	if n := p.Rows - shown; n > 0 {
		s.line("  %s", s.ink(dim, fmt.Sprintf("%s more, of %s in all.", counted(n, "such row", "such rows"), people(p.People))))
	}
}

// kept writes what a basis lets stores keep, a line for all that a store keeps of as many people for as
// long.
func (s *sheet) kept(p *sim.Privacy) {
	shown := 0
	for i := 0; i < len(p.Kept); shown++ {
		k, attributes := p.Kept[i], []string{p.Kept[i].Attribute}
		next := i + 1
		for ; next < len(p.Kept); next++ {
			if more := p.Kept[next]; more.Store != k.Store || more.Basis != k.Basis || more.KeepFor != k.KeepFor || more.People != k.People {
				break
			}
			attributes = append(attributes, p.Kept[next].Attribute)
		}
		if shown == keptMost && !s.All {
			s.line("  %s", s.ink(dim, fmt.Sprintf("%s may be kept (--all).", counted(len(p.Kept)-i, "sort more", "sorts more"))))
			break
		}
		s.bullet("  may be kept", mayBeKept(&k, attributes))
		i = next
	}
}

// mayBeKept says what a basis lets a store keep.
func mayBeKept(k *sim.KeptByBasis, attributes []string) string {
	text := fmt.Sprintf("%s of %s who asked for erasure, by %s: %s", some(attributes), people(k.People), clean(k.Store), k.Basis)
	if k.KeepFor > 0 {
		return text + ", for " + span(k.KeepFor)
	}
	return text + ", it came after they had asked"
}

// learnt writes who could learn what about whom, and how.
func (s *sheet) learnt(p *sim.Privacy) {
	for i := range p.Learnt {
		if i == learntMost && !s.All {
			s.line("  %s", s.ink(dim, fmt.Sprintf("%s more was learnt (--all).", counted(len(p.Learnt)-i, "thing", "things"))))
			break
		}
		x := &p.Learnt[i]
		s.bullet("  learnt", learning(x))
		for k, line := range x.Recipe {
			if k == recipeMost && !s.All {
				s.line("      %s", s.ink(dim, "and so on (--all)"))
				break
			}
			s.block("      "+fmt.Sprint(k+1)+" ", "        ", wrap(clean(line), s.width-8, s.width-8))
		}
	}
}

// learning says who could learn what about whom, and since when.
func learning(x *sim.Learnt) string {
	text := fmt.Sprintf("%s can learn %s of %d of %s, from %s", clean(x.Who), clean(x.Attribute), x.Now, people(x.Of), x.First.Short())
	if x.Now < x.Most {
		text += fmt.Sprintf(", at most of %d", x.Most)
	}
	if x.Person == "" {
		return text
	}
	return text + fmt.Sprintf("; such as of %s, %.0f %% sure", clean(x.Person), 100*x.Sure)
}
