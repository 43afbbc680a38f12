package burst

import "github.com/harmproof/harmproof/sim/device"

// Ranges implements device.Bounded.
func (b *burst) Ranges() []device.Range {
	return []device.Range{
		{
			What: "scaled distance", Valid: "valid", While: "burst",
			Text: "0.05 to 40 m/kg^(1/3), Kinney and Graham 1985; nearer is counted as at 0.05, farther away the curve goes on",
		},
		{
			What: "vessel after its burst", While: "burst", Once: "of",
			Text: "what it bursts of is of a vessel that is whole, until it bursts: nothing empties it here, so its plant goes on as if it were; " +
				"do not rely on what that says from then on",
		},
	}
}
