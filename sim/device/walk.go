package device

// A Walker is a device that goes from place to place in the plane by itself, and knows by
// which straight ways: so it can be checked whether walls are in between.
type Walker interface{ Walk() Walk }

// A Walk is where a device begins and where it may go. Its first place, which has no name, is
// that at the start.
type Walk struct {
	Places []Waypoint
	Ways   []Way
}

// A Waypoint is a place in the plane, in metres.
type Waypoint struct {
	Name string // "" where nobody named it
	X, Y float64
}

// A Way is straight to a place from anywhere between two others, which are one and the same
// where it is known from where.
type Way struct {
	From, Past, To Waypoint
	// Warned says that it is gone only by who is warned, or was.
	Warned bool
}
