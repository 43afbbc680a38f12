package network

import "slices"

// A Brought is what a flow brought to a link in one direction: of messages all that were sent its way, of a stream
// what poured, each as bytes at its source.
type Brought struct {
	Flow  int
	Back  bool
	Bytes float64
}

// Brought lists what came to a link with a bandwidth so far, and from which flows; the most first.
func (n *Network) Brought(link int32) (list []Brought) {
	for i := range n.routes {
		r := &n.routes[i]
		if r.extra < 0 || n.Flows[i].Path.Blocked != "" {
			continue
		}
		x := &n.extras[r.extra]
		for _, w := range []*passage{x.there, x.back} {
			if w == nil {
				continue
			}
			bytes := float64(float64(n.Carried(i)) * float64(w.bytes))
			if n.Flows[i].Stream {
				bytes, _, _ = n.Poured(i)
			}
			for k := range w.legs {
				if q := w.legs[k].queue; q >= 0 && n.queues[q].Link == link && bytes > 0 {
					list = append(list, Brought{i, n.queues[q].Back, bytes})
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Brought) int {
		switch {
		case a.Bytes > b.Bytes:
			return -1
		case a.Bytes < b.Bytes:
			return 1
		}
		return 0
	})
	return list
}
