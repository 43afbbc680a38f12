package plume

import "github.com/harmproof/harmproof/sim/device"

// Ranges implements device.Bounded.
func (p *plume) Ranges() []device.Range {
	return []device.Range{{
		What: "distance downwind", Valid: "valid", While: "there",
		Text: "100 m to 10 km, Briggs 1973; nearer, and at 0, the greater of what his formulas have there and at 100 m, farther of there and 10 km; none only upwind, x < 0",
	}}
}
