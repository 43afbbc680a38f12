package fire

import "github.com/harmproof/harmproof/sim/device"

// Ranges implements device.Bounded.
func (f *fire) Ranges() []device.Range {
	return []device.Range{{
		What: "distance", Valid: "valid", While: "burns",
		Text: "from 2.5 diameters on, Modak 1977; nearer the point source says more than comes there",
	}}
}
