package harden

import (
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
)

// infectable lists the hosts that malware could come to from where it is released.
func infectable(p *sim.Plan) (hosts []string) {
	at := map[[2]string]bool{}
	var queue [][2]string
	add := func(host [2]string) {
		if !at[host] {
			at[host] = true
			queue = append(queue, host)
			hosts = union(hosts, []string{host[1]})
		}
	}
	for _, host := range p.Released() {
		add(host)
	}
	ways := p.Spreads()
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		for _, w := range ways {
			if w.Stop == "" && w.Malware == from[0] && w.From == from[1] {
				add([2]string{w.Malware, w.To})
			}
		}
	}
	return hosts
}

// standable lists the devices on which attackers could stand that use every weakness, and
// every credential that they come by, from wherever they stand.
func standable(p *sim.Plan) (devices []string) {
	surface := p.Surface()
	for _, stand := range p.Stands() {
		if stand.Spreads || len(stand.At) == 0 {
			continue
		}
		a := adaptive{surface: surface, carried: p.Carried(), holds: slices.Clone(stand.Holds)}
		for _, at := range stand.At {
			a.stand(at)
		}
		for a.grows() {
		}
		devices = union(devices, a.at)
	}
	return devices
}

// An adaptive attacker takes whatever way is open.
type adaptive struct {
	surface   *sim.Surface
	carried   []string // weaknesses that are of no use from afar
	at, holds []string
}

// stand gives it a foothold, and what the device holds.
func (a *adaptive) stand(device string) {
	a.at = union(a.at, []string{device})
	for _, k := range a.surface.Keys {
		if slices.Contains(k.HeldBy, device) {
			a.holds = union(a.holds, []string{k.Name})
		}
	}
}

// grows has it take one more device. It reports whether there was one.
func (a *adaptive) grows() bool {
	for i := range a.surface.Services {
		s := &a.surface.Services[i]
		for _, o := range s.Offers {
			door := o.Signal == "" && (o.Weakness != "" || o.Verb == network.Login) && !slices.Contains(a.carried, o.Weakness)
			if door && !slices.Contains(a.at, o.Device) && a.passes(s) {
				a.stand(o.Device)
				return true
			}
		}
	}
	return false
}

// passes reports whether it comes to a service from somewhere, with what is asked for there.
func (a *adaptive) passes(s *sim.Service) bool {
	for _, ask := range s.Asks {
		if len(ask.Credentials) > 0 && !a.holdsOne(ask.Credentials) {
			return false
		}
	}
	return slices.ContainsFunc(s.From, func(w sim.Approach) bool {
		return a.comes(&w) && !slices.ContainsFunc(w.Logins, func(needs []string) bool { return !a.holdsOne(needs) })
	})
}

// comes reports whether it stands where a way begins.
func (a *adaptive) comes(w *sim.Approach) bool {
	if len(w.Zones) == 0 && len(w.Devices) == 0 {
		return true
	}
	return slices.ContainsFunc(a.at, func(device string) bool {
		return slices.Contains(w.Devices, device) || slices.ContainsFunc(a.surface.Zones, func(z network.Zone) bool {
			return slices.Contains(w.Zones, z.Name) && slices.Contains(z.Devices, device)
		})
	})
}

func (a *adaptive) holdsOne(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(a.holds, name) })
}
