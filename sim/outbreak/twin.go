package outbreak

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// Names of signals that every malware has beside those of its hosts.
const (
	Hosts  = "hosts"  // how many are infected now, what people carry left out
	Active = "active" // what its masters told it, for those who read it
)

// A Twin is a malware as a device: it has a signal for each class of hosts, true
// while a host is infected, or how many of a population are.
type Twin struct{ *Model }

// Declare implements device.Device.
func (t Twin) Declare(p *device.Ports) {
	device.State(p, Hosts, unit.One, 0.0, device.Doc("hosts that are infected"))
	device.Tunable(p, Active, unit.One, false, device.Doc("what those behind it told it to do"))
	for i := range t.Classes {
		if c := &t.Classes[i]; c.Count == 1 {
			device.State(p, c.Name, unit.One, false, device.Doc("whether it is infected"))
		} else {
			device.State(p, c.Name, unit.One, 0.0, device.Doc("how many of them are infected"))
		}
	}
}
