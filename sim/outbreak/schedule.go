package outbreak

import "github.com/harmproof/harmproof/sim/vtime"

// await sets the entry of the next occurrence of a schedule within the run; index is
// its place in done.
func (o *Outbreak) await(index int, entry int32, s *Schedule) {
	key := o.habits[index]
	for k := o.done[index]; s.Chance > 0; k++ {
		at := s.time(k)
		if at > o.Run || at == vtime.Never {
			break
		}
		o.done[index] = k + 1
		if s.Chance < 1 && key.Float64(2*k) >= s.Chance {
			continue
		}
		o.heap.set(entry, at.Add(part(s.Spread, key.Float64(2*k+1))))
		return
	}
	o.heap.set(entry, vtime.Never)
}

// time returns when the schedule has its turn k, Never where it has none.
func (s *Schedule) time(k uint64) vtime.Time {
	if k == 0 {
		return s.First
	}
	if s.Every == 0 || k > uint64(vtime.Never)/uint64(s.Every) {
		return vtime.Never
	}
	return s.First.Add(vtime.Duration(k) * s.Every)
}

// meet brings the two hosts of a contact together. What one of them gets by it does not
// go back at once.
func (o *Outbreak) meet(i int, now vtime.Time) {
	k := &o.Contacts[i]
	o.await(i, o.contactEntry(i), &k.Schedule)
	if now >= o.Ends {
		return
	}
	a, b := o.Classes[k.A].First, o.Classes[k.B].First
	had, has := o.state[a] == Infected, o.state[b] == Infected
	for _, v := range k.Vectors {
		if had {
			o.pass(a, b, int(k.A), int(k.B), v, i, now)
		}
		if has {
			o.pass(b, a, int(k.B), int(k.A), v, i, now)
		}
	}
}

// pass lets what is on a host go to another that it meets. Malware that does not yet
// spread from a host stays there; a carrier does nothing, so what is on it can be
// passed at once.
func (o *Outbreak) pass(from, to int32, cf, ct int, vector int32, contact int, now vtime.Time) {
	f, by := &o.hosts[from], &o.Vectors[vector]
	carried := o.Classes[cf].Carrier
	if o.state[from] != Infected || o.taken(to) || o.halted(from) || o.halted(to) ||
		!carried && (now.Sub(f.since) < o.Dwells || by.over(f.since, now)) {
		return
	}
	way := len(o.walls) - 2*(len(o.Contacts)-contact)
	if o.walls[way].From != int32(cf) {
		way++
	}
	via := byContact(int32(contact), vector)
	kept := o.walls[way].Barrier >= 0 && o.Classes[ct].shut(vector) >= 0
	if !kept && !o.has(to, ct, vector) || o.count(int32(way), from, via, now) {
		return
	}
	if !o.strike(to, ct, from, via, int32(way), 0, now) || !carried || by.AtMost == 0 {
		return
	}
	if f.passed++; f.passed >= by.AtMost {
		f.leaves = spent
		o.leave(from, cf, now)
	}
}

// turn opens or closes a gate. What scanners behind it would hit is drawn anew.
func (o *Outbreak) turn(entry int, now vtime.Time) {
	g := entry / 2
	gate, opens := &o.Gates[g], entry%2 == 0
	if opens {
		o.open[g] = true
		o.heap.set(o.gateEntry(g)+1, now.Add(gate.For))
		o.await(len(o.Contacts)+g, o.gateEntry(g), &gate.Schedule)
	} else {
		o.open[g] = false
		o.heap.set(o.gateEntry(g)+1, vtime.Never)
	}
	o.weigh()
	for c := range o.Classes {
		for s := range o.Classes[c].Scanners {
			if o.Classes[c].Scanners[s].behind(int32(g)) {
				o.redraw(c, s, now)
			}
		}
	}
}

// behind reports whether a scanner reaches any target through a gate.
func (s *Scanner) behind(gate int32) bool {
	for i := range s.Targets {
		if s.Targets[i].Gate == gate {
			return true
		}
	}
	return false
}

// redraw draws the hits of all infected hosts of a class anew. Attempts at a fixed rate keep
// their times.
func (o *Outbreak) redraw(c, s int, now vtime.Time) {
	class := &o.Classes[c]
	every := class.Scanners[s].Every
	for h := class.First; h < class.First+class.Count; h++ {
		if o.state[h] != Infected || o.halted(h) {
			continue
		}
		from := o.hosts[h].since.Add(o.Dwells)
		if from < now && every > 0 {
			from = from.Add(now.Sub(from) / every * every)
		}
		if every == 0 {
			from = max(from, now)
		}
		o.pend(h, c, s, from)
	}
}
