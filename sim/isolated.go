package sim

import "github.com/harmproof/harmproof/sim/device"

// isolated finds the devices that are not on the network: nobody tells them anything
// there or is told, they offer nothing, and they are more than a device that merely
// computes. A tank is one, and what is only hard-wired.
func (s *System) isolated(p *Plan) []bool {
	talks := make([]bool, len(s.parts))
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		talks[f.Sender], talks[f.Receiver] = true, true
	}
	list := make([]bool, len(s.parts))
	for rank, part := range s.parts {
		list[rank] = !talks[rank] && !part.Offers && s.tangible(part)
	}
	return list
}

// tangible reports whether a device has physical signals, or copper.
func (s *System) tangible(p *part) bool {
	for i := range p.decl.Signals {
		sig := &p.decl.Signals[i]
		switch sig.Role {
		case device.RoleContinuous, device.RoleComputed, device.RoleInput:
			return true
		}
		if s.copper[[2]string{p.ID, sig.Name}] {
			return true
		}
	}
	return false
}
