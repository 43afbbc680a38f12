package record

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/trace"
)

// A surveyor says where devices are, by what can be seen.
type surveyor struct {
	*Recorder
	devices map[string]int
	hazards map[string]int
}

// grounds describes where devices are in the plane, and where they are dangerous.
func (r *Recorder) grounds(h *trace.Header, devices map[string]int) {
	s := surveyor{r, devices, map[string]int{}}
	for i := range h.Hazards {
		s.hazards[h.Hazards[i].Name] = i
	}
	for i := range h.Devices {
		of := r.plan.LookOf(i)
		if p := of.Place; p != nil {
			h.Devices[i].Look.Place = s.place(i, p)
		}
		for k := range of.Zones {
			if z, ok := s.zone(i, &of.Zones[k], of.Place); ok {
				h.Devices[i].Look.Zones = append(h.Devices[i].Look.Zones, z)
			}
		}
	}
}

// place describes where a device is, nil where that goes by what nobody can see.
func (s *surveyor) place(device int, p *device.Spot) *trace.Spot {
	one := &trace.Spot{In: -1}
	if in, ok := s.devices[p.In]; ok && p.In != "" {
		one.In = in
	}
	if s.amount(device, p.X, &one.X) && s.amount(device, p.Y, &one.Y) && s.amount(device, p.Length, &one.Length) && s.amount(device, p.Width, &one.Width) {
		return one
	}
	return nil
}

// zone describes where a device is dangerous. It is left out where it goes by what nobody
// can see, or by a signal that the device has only where something is wired.
func (s *surveyor) zone(of int, z *device.Field, at *device.Spot) (one trace.Field, ok bool) {
	one, x, y := trace.Field{Name: z.Name, Severity: z.Severity}, z.X, z.Y
	if x.None() && y.None() && at != nil {
		x, y = at.X, at.Y
	}
	ok = s.amount(of, x, &one.X) && s.amount(of, y, &one.Y) && s.amount(of, z.Radius, &one.Radius) && s.amount(of, z.Along, &one.Along) &&
		s.amount(of, z.Across, &one.Across) && s.amount(of, z.While, &one.While) && s.amount(of, z.Alarm, &one.Alarm)
	if ok && !z.Widens.None() {
		ok = s.amount(of, z.Widens, &one.Widens)
	}
	if z.While.None() {
		one.While.Plus = 1
	}
	for _, name := range z.Hazards {
		if n, found := s.hazards[name]; found {
			one.Hazards = append(one.Hazards, n)
		}
	}
	return one, ok
}

// amount describes an amount of a device.
func (s *surveyor) amount(of int, from device.Amount, to *trace.Amount) bool {
	*to = trace.Amount{Cell: -1, Plus: from.Plus}
	if from.Signal == "" {
		return true
	}
	if from.Device != "" {
		other, ok := s.devices[from.Device]
		if !ok {
			return false
		}
		of = other
	}
	cell, ok := s.plan.CellOf(of, from.Signal)
	if to.Cell = s.cell(cell.Slot); !ok || to.Cell < 0 {
		return false
	}
	to.Times = from.Times
	if s.plan.Devices[of].Count > 1 && cell.Stride != 0 {
		to.Stride = s.cell(cell.Slot+signal.Slot(cell.Stride)) - to.Cell
	}
	return true
}

// bounds describes where severities of the exposures of a person begin.
func (r *Recorder) bounds(p *trace.Person, list []trace.Exposure) {
	for _, scale := range r.plan.LookOf(p.Device).Scales {
		cell, ok := r.plan.CellOf(p.Device, scale.Signal)
		first := r.cell(cell.Slot + signal.Slot(p.Member*int(cell.Stride)))
		name := scale.Exposure
		if scale.Adds {
			name = scale.Signal
		}
		for i := range list {
			if e := &list[i]; ok && first >= 0 && e.Name == name {
				e.Amount, e.Bounds = first, bounds(&scale)
			}
		}
	}
}

// bounds are where the severities of a scale begin. Where two begin at once the worse is
// what is told.
func bounds(s *device.Scale) (list []trace.Bound) {
	for i := range s.Up {
		if !math.IsInf(s.Up[i], 0) && (i+1 == len(s.Up) || s.Up[i+1] != s.Up[i]) {
			list = append(list, trace.Bound{Severity: i + 1, Value: s.Up[i]})
		}
		if !math.IsInf(s.Down[i], 0) && (i+1 == len(s.Down) || s.Down[i+1] != s.Down[i]) {
			list = append(list, trace.Bound{Severity: i + 1, Value: s.Down[i], Below: true})
		}
	}
	return list
}
