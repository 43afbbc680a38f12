package sim

import (
	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/station"
)

// A Narrow is a queue of a device with work that has so little room that it loses some by chance of what comes as a
// rate though it keeps up, and nobody counts how many: as a rate it loses none.
type Narrow struct {
	Name  string  // of the device
	From  string  // one of those who tell what comes there
	Share float64 // of what comes that is lost, at most: as if times were exponential
}

// notableLoss is the share from which on it matters what is lost by chance.
const notableLoss = 1e-3

// Narrow lists such queues. What is lost by devices with exponential times is counted (station.Fluid), and by links
// (sim/network, beside.go).
func (p *Plan) Narrow() (list []Narrow) {
	for i := range p.book.Works {
		w, load, from := &p.book.Works[i], 0.0, int32(-1)
		for k := range p.pours {
			f := &p.book.Flows[p.pours[k].flow]
			if f.Receiver == w.Device && f.Path.Blocked == "" {
				mean, second := w.Station.Service.Moments(int(p.pours[k].bytes))
				if exponential := float64(2 * float64(mean*mean)); second < 0.999*exponential || second > 1.001*exponential {
					load, from = load+float64(p.pours[k].messages*mean), f.Sender
				}
			}
		}
		if room := w.Station.Classes[0].Room; from >= 0 && room != station.Unlimited {
			list = p.narrow(list, Narrow{Name: p.book.Name(w.Device), From: p.book.Name(from)}, w.Station.Servers, room, load)
		}
	}
	return list
}

// narrow adds a queue if that is one: of what gets more than it can serve all that is lost is counted.
func (p *Plan) narrow(list []Narrow, n Narrow, servers, room int, load float64) []Narrow {
	var err error
	if n.Share, err = queueing.Refused(servers, room, load); err != nil || load >= float64(servers) || n.Share < notableLoss {
		return list
	}
	return append(list, n)
}

// A Withheld is a device that tells more by radio, as a rate, than its duty cycle lets it.
type Withheld struct {
	From, Link    string
	Share, Allows float64 // of the time that each of its members would be on the air, and may be
}

// Withheld lists such devices.
func (p *Plan) Withheld() (list []Withheld) {
	for i := range p.pours {
		x := &p.pours[i]
		f := &p.book.Flows[x.flow]
		for _, h := range f.Path.Hops {
			l := &p.book.Links[h.Link]
			if l.Radio == nil || f.Path.Blocked != "" {
				continue
			}
			every := p.Data.Intakes[x.intake].Rate.Every
			if share := float64(l.Radio.OnAir(int32(x.bytes))) / float64(every); share > l.Radio.Duty {
				list = append(list, Withheld{p.book.Name(f.Sender), l.Name, share, l.Radio.Duty})
			}
		}
	}
	return list
}
