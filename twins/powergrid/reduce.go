package powergrid

// A switching is all that can change in the network.
type switching struct {
	closed    []bool   // branches
	connected []bool   // machines
	faulted   []bool   // buses
	load      []phasor // admittances
}

// A reduction is the network as the sources see it: behind each machine's reactance,
// and at each infinite bus, a voltage.
type reduction struct {
	// admittance is, by machine and source, the current of the machine by the voltage
	// of the source.
	admittance [][]phasor
	// share is, by bus and source, the voltage of the bus by that of the source.
	share [][]phasor
}

// reduce eliminates all buses (Kron, 1939; Anderson and Fouad, 2.10). A faulted bus
// is held at zero, an infinite one at its voltage; one that no source feeds is dead.
func reduce(s *Spec, l *layout, w *switching) (r reduction) {
	sources := l.sources()
	y := lines(s, l, w.closed)
	for i, bus := range l.load {
		y[bus][bus] = y[bus][bus].plus(w.load[i])
	}
	r.share = table(len(l.buses), sources)
	for i, bus := range l.machine {
		if w.connected[i] {
			behind := s.Machines[i].behind()
			y[bus][bus] = y[bus][bus].plus(behind)
			r.share[bus][i] = behind
		}
	}
	live := l.fed(w)
	for i := range l.buses {
		if !live[i] {
			hold(y, r.share, i)
		}
	}
	for i, bus := range l.infinite {
		if live[bus] {
			source := len(l.machine) + i
			for row := range y {
				r.share[row][source] = r.share[row][source].minus(y[row][bus])
			}
			hold(y, r.share, bus)
			r.share[bus][source] = phasor{1, 0}
		}
	}
	solve(y, r.share)
	r.admittance = table(len(l.machine), sources)
	for i, bus := range l.machine {
		if !w.connected[i] {
			continue
		}
		behind := s.Machines[i].behind()
		for j := range sources {
			r.admittance[i][j] = behind.times(r.share[bus][j]).negated()
		}
		r.admittance[i][i] = r.admittance[i][i].plus(behind)
	}
	return r
}

// behind is the admittance of the machine's own reactance.
func (m *Machine) behind() phasor { return phasor{0, m.Reactance}.inverse() }

// hold takes a bus out of the balance of currents: its voltage is given, zero to
// begin with.
func hold(y, right [][]phasor, bus int) {
	clear(y[bus])
	clear(right[bus])
	for row := range y {
		y[row][bus] = phasor{}
	}
	y[bus][bus] = phasor{1, 0}
}

// fed tells which buses a source feeds, over branches that are closed and buses that
// are not faulted.
func (l *layout) fed(w *switching) []bool {
	live := make([]bool, len(l.buses))
	for i, bus := range l.machine {
		live[bus] = live[bus] || w.connected[i] && !w.faulted[bus]
	}
	for _, bus := range l.infinite {
		live[bus] = live[bus] || !w.faulted[bus]
	}
	for more := true; more; {
		more = false
		for i := range l.from {
			a, b := l.from[i], l.to[i]
			if w.closed[i] && live[a] != live[b] && !w.faulted[a] && !w.faulted[b] {
				live[a], live[b], more = true, true, true
			}
		}
	}
	return live
}
