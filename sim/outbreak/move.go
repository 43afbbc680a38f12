package outbreak

import (
	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/vtime"
)

// happen does what an entry of the calendar stands for, which also gives the entry its
// next time.
func (o *Outbreak) happen(e int32, now vtime.Time) {
	switch k := int(e - o.contactEntry(0)); {
	case k < 0:
		o.hostDue(e, now)
	case k < len(o.Contacts):
		o.meet(k, now)
	default:
		o.turn(int(e-o.gateEntry(0)), now)
	}
}

// hostDue does what is due on a host: one of its scanners hits, or it lands or leaves.
func (o *Outbreak) hostDue(e int32, now vtime.Time) {
	c := o.classOfEntry(e)
	at, class := o.entries[c], &o.Classes[c]
	h, slot := class.First+(e-at.first)/at.each, int((e-at.first)%at.each)
	switch {
	case slot < len(class.Scanners):
		o.hit(h, c, slot, now)
	case o.state[h] == Landing && o.found(h, c, now):
		o.state[h] = Immune
		o.heap.set(e, vtime.Never)
	case o.state[h] == Landing:
		o.infect(h, o.hosts[h].parent, o.hosts[h].via, now)
	default:
		o.leave(h, c, now)
	}
}

// classOfEntry returns the class of whose host an entry is.
func (o *Outbreak) classOfEntry(e int32) int {
	lo, hi := 0, len(o.entries)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; o.entries[mid].first <= e {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// hit takes the hit of a scanner that is due, and draws its next one.
func (o *Outbreak) hit(h int32, c, s int, now vtime.Time) {
	o.pend(h, c, s, now)
	scanner, target := &o.Classes[c].Scanners[s], o.choose(h, c, s)
	via, t, way := byVector(scanner.Vector), &scanner.Targets[target], o.wall[c][s]+int32(target)
	if o.count(way, h, via, now) {
		return
	}
	to := &o.Classes[t.Class]
	victim := to.First
	if to.Count > 1 {
		u := o.chance[c].victim.Member(o.member(h, c)).Float64(uint64(o.draws[h]))
		victim += int32(u * float64(to.Count))
	}
	o.strike(victim, int(t.Class), h, via, way, t.Delay, now)
}

// choose draws which of a scanner's targets a hit reaches, of those behind open gates.
func (o *Outbreak) choose(h int32, c, s int) int {
	targets := o.Classes[c].Scanners[s].Targets
	if len(targets) == 1 {
		return 0
	}
	u := float64(o.reach[c][s].sum * o.chance[c].choice.Member(o.member(h, c)).Float64(uint64(o.draws[h])))
	last := 0
	for i := range targets {
		t := &targets[i]
		if t.Share <= 0 || t.Gate >= 0 && !o.open[t.Gate] {
			continue
		}
		last = i
		if u -= t.Share; u < 0 {
			break
		}
	}
	return last
}

// member returns which of its class a host is.
func (o *Outbreak) member(h int32, c int) int { return int(h - o.Classes[c].First) }

// count notes that something came along a way, and reports whether it was stopped.
func (o *Outbreak) count(way, from int32, via Via, now vtime.Time) bool {
	w := &o.walls[way]
	if w.add(now) && w.Barrier >= 0 {
		o.News = append(o.News, News{Kind: Stopped, Class: w.To, Host: -1, From: from, Via: via, Wall: way})
	}
	return w.Barrier >= 0
}

// strike tries a vector on a host, at the end of a way. One that a scanner for malware has
// rid of it wards it off from then on, which counts.
func (o *Outbreak) strike(victim int32, c int, from int32, via Via, way int32, delay vtime.Duration, now vtime.Time) (strikes bool) {
	if o.taken(victim) || o.halted(victim) || o.wards(victim, c, from, via, way, now) || o.state[victim] == Immune {
		return false
	}
	if delay += o.Vectors[via.Vector()].Takes; delay == 0 {
		o.infect(victim, from, via, now)
		return true
	}
	v := &o.hosts[victim]
	o.state[victim], v.since, v.parent, v.via = Landing, now, from, via
	o.heap.set(o.lifeEntry(victim, c), now.Add(delay))
	return true
}

// taken reports whether a host is infected or about to be.
func (o *Outbreak) taken(h int32) bool { return o.state[h] == Landing || o.state[h] == Infected }

// wards reports whether a host is not open to a vector now, and notes why where that came
// with time.
func (o *Outbreak) wards(h int32, c int, from int32, via Via, way int32, now vtime.Time) bool {
	w, kind := &o.walls[way], Patched
	count := &w.Patched
	switch {
	case !o.has(h, c, via.Vector()):
		return true
	case !o.opens(h, c, via.Vector(), now):
	case o.found(h, c, now):
		count, kind = &w.Found, Found
	default:
		return false
	}
	if count.add(now) {
		o.News = append(o.News, News{Kind: kind, Class: int32(c), Host: h, From: from, Via: via, Wall: way})
	}
	return true
}

// has reports whether a host has what a vector needs, patched or not.
func (o *Outbreak) has(h int32, c int, vector int32) bool {
	share := o.Classes[c].Open[vector].Share
	return share >= 1 || o.chance[c].patch.Member(o.member(h, c)).Float64(uint64(2*vector)) < share
}

// opens reports whether a host is open to a vector now.
func (o *Outbreak) opens(h int32, c int, vector int32, now vtime.Time) bool {
	open := &o.Classes[c].Open[vector]
	if !o.has(h, c, vector) {
		return false
	}
	if open.Until == vtime.Never || now < open.Until {
		return true
	}
	return now < open.Until.Add(part(open.Over, o.chance[c].patch.Member(o.member(h, c)).Float64(uint64(2*vector+1))))
}

// finds returns when the scanner for malware of a host begins to know it; Never where it
// does not.
func (o *Outbreak) finds(h int32, c int) vtime.Time {
	class := &o.Classes[c]
	if o.Known == vtime.Never || class.Cleaned < 0 {
		return vtime.Never
	}
	u := o.chance[c].leave.Member(o.member(h, c)).Float64(0)
	return o.Known.Add(class.Cleaned).Add(part(class.Staggered, u))
}

// found reports whether the scanner for malware of a host knows it by now: then it is not
// let in.
func (o *Outbreak) found(h int32, c int, now vtime.Time) bool {
	return o.Known <= now && o.finds(h, c) <= now
}

// lifeEntry is the entry of when a host lands or leaves.
func (o *Outbreak) lifeEntry(h int32, c int) int32 {
	at := o.entries[c]
	return at.first + (h-o.Classes[c].First+1)*at.each - 1
}

// infect makes a host infected.
func (o *Outbreak) infect(h, from int32, via Via, now vtime.Time) {
	c := o.ClassOf(h)
	me, t := &o.hosts[h], &o.tally[c]
	o.state[h], me.since, me.parent, me.via, me.passed = Infected, now, from, via, 0
	t.Now++
	t.Ever++
	t.Most = max(t.Most, t.Now)
	if t.First == vtime.Never {
		t.First, t.Host, t.From, t.Via = now, h, from, via
	}
	o.News = append(o.News, News{Kind: Caught, Class: int32(c), Host: h, From: from, Via: via, Wall: -1})
	o.outlook(h, c, now)
	for s := range o.Classes[c].Scanners {
		o.pend(h, c, s, now.Add(o.Dwells))
	}
}

// over reports whether malware does not spread by a vector any more from a host, on which
// it has been since a time.
func (v *Vector) over(since, now vtime.Time) bool { return v.For > 0 && now.Sub(since) >= v.For }

// pend draws when a scanner hits next, seen from a time.
func (o *Outbreak) pend(h int32, c, s int, from vtime.Time) {
	o.draws[h]++
	u := o.chance[c].gap.Member(o.member(h, c)).Float64(uint64(o.draws[h]))
	scanner := &o.Classes[c].Scanners[s]
	at := scanner.next(from, o.reach[c][s], u)
	if at >= o.Ends || o.Vectors[scanner.Vector].over(o.hosts[h].since, at) {
		at = vtime.Never
	}
	o.heap.set(o.scanEntry(h, c, s), at)
}

// outlook finds how and when an infected host will leave that state.
func (o *Outbreak) outlook(h int32, c int, now vtime.Time) {
	class, me := &o.Classes[c], &o.hosts[h]
	key := o.chance[c].leave.Member(o.member(h, c))
	o.draws[h]++
	at := vtime.Never
	me.leaves = stays
	consider := func(t vtime.Time, how leaving) {
		if t < at {
			at, me.leaves = t, how
		}
	}
	if class.Reboots > 0 && !o.Lasts {
		consider(later(now, float64(-detmath.Log(key.Float64(uint64(o.draws[h])))/class.Reboots*1e9)), reboots)
	}
	if finds := o.finds(h, c); finds != vtime.Never {
		consider(max(now, finds), cleaned)
	}
	if o.Removes > 0 {
		consider(max(now, me.since.Add(o.Removes)), removed)
	}
	o.heap.set(o.lifeEntry(h, c), at)
}

// leave makes a host clean, or immune.
func (o *Outbreak) leave(h int32, c int, now vtime.Time) {
	class, me := &o.Classes[c], &o.hosts[h]
	state := Clean
	switch me.leaves {
	case reboots:
		if class.Hardens > 0 {
			o.draws[h]++
			if o.chance[c].leave.Member(o.member(h, c)).Float64(uint64(o.draws[h])) < class.Hardens {
				state = Immune
			}
		}
	case cleaned, removed:
		state = Immune
	}
	o.state[h], me.leaves = state, stays
	o.heap.set(o.lifeEntry(h, c), vtime.Never)
	for s := range class.Scanners {
		o.heap.set(o.scanEntry(h, c, s), vtime.Never)
	}
	o.tally[c].Now--
	o.tally[c].Left++
	o.News = append(o.News, News{Kind: Left, Class: int32(c), Host: h, From: -1, Wall: -1})
}
