package sim

import "github.com/harmproof/harmproof/sim/logbook"

// logs numbers the logs of devices.
func (s *System) logs(p *Plan) {
	p.logAt = make([]int32, len(s.parts))
	for i, part := range s.parts {
		p.logAt[i] = -1
		if part.Log != nil {
			p.logAt[i] = int32(len(p.logs))
			l := *part.Log
			l.Name, l.Device, l.Members, l.Remote = part.ID, int32(i), part.Count, logbook.None
			p.logs = append(p.logs, l)
		}
	}
	for i, part := range s.parts {
		if to := s.byID[part.Remote]; part.Log != nil && to != nil {
			p.logs[p.logAt[i]].Remote = p.logAt[to.rank]
		}
	}
}

// An Evidence is what is left of a device's log at the end, and what it shows.
type Evidence struct {
	Device string // with its member, where it has several
	Owner  string
	// Chained and Signed say how it is protected, Remote which device has a copy.
	Chained, Signed bool
	Remote          string
	logbook.Evidence
}

// evidence looks at all logs.
func (w *world) evidence() (list []Evidence, named []logbook.Named) {
	if len(w.plan.logs) == 0 {
		return nil, nil
	}
	v := w.books.Survey()
	for i := range w.plan.logs {
		l := &w.plan.logs[i]
		for m := range l.Members {
			e := Evidence{
				Device: w.plan.memberName(l.Device, m), Owner: w.plan.Devices[l.Device].Owner,
				Chained: l.Chained || l.Signed > 0, Signed: l.Signed > 0, Evidence: *v.Evidence(int32(i), int32(m)),
			}
			if l.Remote != logbook.None {
				e.Remote = w.plan.logs[l.Remote].Name
			}
			list = append(list, e)
		}
	}
	return list, v.Names(0)
}
