package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/outbreak"
)

// A Spread is a way by which malware could pass from one host to another.
type Spread struct {
	Malware, From, To string
	By                string // a vector, or a habit
	// Stop is what stops it, in a word; empty where it is open. Why says it for people.
	Stop, Why string
}

// Passage is the way without what stops it, as a key.
func (s Spread) Passage() [4]string { return [4]string{s.Malware, s.From, s.To, s.By} }

// Towards is all ways to a host, as a key.
func (s Spread) Towards() [4]string { return [4]string{s.Malware, "", s.To, ""} }

// MaxHostNews is how many lines about hosts the story of a run has at most.
const MaxHostNews = maxCaught

// Spreads lists all ways of all malware, in the order of the file.
func (p *Plan) Spreads() (list []Spread) {
	for i := range p.malware {
		m := &p.malware[i]
		for c := range m.Classes {
			for _, s := range m.Classes[c].Scanners {
				for _, t := range s.Targets {
					list = m.spread(list, int32(c), t.Class, s.Vector, t.Barrier, m.Vectors[s.Vector].Name)
				}
			}
		}
		for k := range m.Contacts {
			contact := &m.Contacts[k]
			for _, v := range contact.Vectors {
				list = m.spread(list, contact.A, contact.B, v, contact.Barrier, contact.Name)
				list = m.spread(list, contact.B, contact.A, v, contact.Barrier, contact.Name)
			}
		}
	}
	return list
}

// spread adds a way; one that several vectors or gates open is open if one of them is.
func (m *malware) spread(list []Spread, from, to, vector, barrier int32, by string) []Spread {
	open := &m.Classes[to].Open[vector]
	if open.Share == 0 {
		return list
	}
	s := Spread{Malware: m.Name, From: m.Classes[from].Name, To: m.Classes[to].Name, By: by}
	switch {
	case barrier >= 0:
		s.Stop, s.Why = m.Barriers[barrier], m.Reasons[barrier]
	case open.Until == 0 && open.Over == 0:
		s.Stop, s.Why = "closed", s.To+" is not open to "+m.Vectors[vector].Name
	}
	i := slices.IndexFunc(list, func(other Spread) bool { return other.Passage() == s.Passage() })
	if i < 0 {
		return append(list, s)
	}
	if list[i].Stop != "" {
		list[i] = s
	}
	return list
}

// Carried lists the weaknesses that malware uses only where people bring hosts together:
// nobody reaches them over the network.
func (p *Plan) Carried() (names []string) {
	for i := range p.malware {
		m := &p.malware[i]
		for v := range m.Vectors {
			met := slices.ContainsFunc(m.Contacts, func(k outbreak.Contact) bool { return slices.Contains(k.Vectors, int32(v)) })
			if name := m.Vectors[v].Name; met && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// Strikes lists the hosts on which malware does something besides spreading, as pairs of
// malware and host.
func (p *Plan) Strikes() (list [][2]string) {
	for i := range p.malware {
		m := &p.malware[i]
		for c, device := range m.devices {
			if device >= 0 && slices.ContainsFunc(p.steps, func(s inject.Step) bool {
				return s.Footing != nil && int(s.Footing.Intruder) == m.Intruder && s.Footing.At == device
			}) {
				list = append(list, [2]string{m.Name, m.Classes[c].Name})
			}
		}
	}
	return list
}

// Narrowed reports whether another plan is the same but for ways of malware that are
// closed in it, and returns these. Then a run in which nothing ever came along one of
// them is the same under both.
func (p *Plan) Narrowed(q *Plan) (closed []Spread, same bool) {
	if !p.sameTraffic(q) || !p.sameFootings(q) || len(p.malware) != len(q.malware) {
		return nil, false
	}
	for i := range p.malware {
		if !p.malware[i].narrows(&q.malware[i]) {
			return nil, false
		}
	}
	is := q.Spreads()
	for i, was := range p.Spreads() {
		if was.Stop == "" && is[i].Stop != "" {
			closed = append(closed, is[i])
		}
	}
	return closed, true
}

// sameTraffic reports whether all flows pass, or are stopped, alike.
func (p *Plan) sameTraffic(q *Plan) bool {
	return p.Signals.Len() == q.Signals.Len() && p.rules == q.rules && len(p.book.Flows) == len(q.book.Flows) &&
		!slices.ContainsFunc(p.book.Flows, func(f network.Flow) bool { return f.Path == nil }) &&
		slices.EqualFunc(p.book.Flows, q.book.Flows, func(f, g network.Flow) bool {
			return f.Sender == g.Sender && f.Receiver == g.Receiver && f.Verb == g.Verb && f.Protocol == g.Protocol && f.Security == g.Security &&
				f.Bears == g.Bears && f.Claims == g.Claims && f.Guard == g.Guard && f.Path.Blocked == g.Path.Blocked &&
				slices.Equal(f.Path.Hops, g.Path.Hops) && slices.Equal(f.Path.Needs, g.Path.Needs)
		})
}

// sameFootings reports whether attackers hold the same, and what they do is stopped
// alike.
func (p *Plan) sameFootings(q *Plan) bool {
	if (p.earned == nil) != (q.earned == nil) {
		return false
	}
	if p.earned != nil && (!slices.Equal(p.earned.Holdings, q.earned.Holdings) ||
		!slices.EqualFunc(p.earned.Intruders, q.earned.Intruders, func(a, b inject.Intruder) bool { return a.Holds == b.Holds })) {
		return false
	}
	return slices.EqualFunc(p.steps, q.steps, func(a, b inject.Step) bool {
		if a.Footing == nil || b.Footing == nil {
			return a.Footing == b.Footing
		}
		return *a.Footing == *b.Footing
	})
}

// narrows reports whether a malware is the same but for ways that are closed in the other
// one.
func (m *malware) narrows(o *malware) bool {
	return slices.Equal(m.Vectors, o.Vectors) && m.Lasts == o.Lasts && m.Dwells == o.Dwells && m.Removes == o.Removes && m.Ends == o.Ends && m.Known == o.Known && slices.EqualFunc(m.Classes, o.Classes, func(a, b outbreak.Class) bool {
		return a.Name == b.Name && a.Count == b.Count && a.Reboots == b.Reboots && a.Hardens == b.Hardens && a.Cleaned == b.Cleaned &&
			slices.EqualFunc(a.Open, b.Open, func(a, b outbreak.Opening) bool {
				return a == b || a.Share == b.Share && b.Until == 0 && b.Over == 0
			}) &&
			slices.EqualFunc(a.Scanners, b.Scanners, func(a, b outbreak.Scanner) bool {
				return a.Vector == b.Vector && slices.EqualFunc(a.Targets, b.Targets, func(a, b outbreak.Target) bool {
					return a.Class == b.Class && a.Share == b.Share && a.Gate == b.Gate &&
						(b.Barrier >= 0 || a.Barrier < 0 && a.Delay == b.Delay)
				})
			})
	}) && slices.EqualFunc(m.Contacts, o.Contacts, func(a, b outbreak.Contact) bool {
		return a.Name == b.Name && a.A == b.A && a.B == b.B && slices.Equal(a.Vectors, b.Vectors) && (a.Barrier < 0 || b.Barrier >= 0)
	})
}
