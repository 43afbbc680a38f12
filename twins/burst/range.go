package burst

import "github.com/harmproof/harmproof/sim/device"

// Ranges implements device.Bounded.
func (b *burst) Ranges() []device.Range {
	return []device.Range{{
		What: "scaled distance", Valid: "valid", While: "burst",
		Text: "0.05 to 40 m/kg^(1/3), Kinney and Graham 1985; nearer is counted as at 0.05, farther away the curve goes on",
	}}
}
