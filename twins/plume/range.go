package plume

import "github.com/harmproof/harmproof/sim/device"

// Ranges implements device.Bounded.
func (p *plume) Ranges() []device.Range {
	return []device.Range{{
		What: "distance downwind", Valid: "valid", While: "there",
		Text: "100 m to 10 km, Briggs 1973; elsewhere the greater of what his formulas have there and at the nearer end",
	}}
}
