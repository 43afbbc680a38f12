package device

// A Spot is where a device is in the plane, seen from above.
type Spot struct {
	// In is a device that it is in, such as a car; it has no place of its own then.
	In string
	// X and Y are where its middle is; of what is longer than wide that of its front, from
	// which it reaches back along x by Length.
	X, Y, Length, Width Amount
}

// A Field is where a device is dangerous, or watches: a circle, a rectangle along the axes, which
// is a line where it has but one extent, or what widens from a point on, as a plume does.
type Field struct {
	Name string
	// X and Y are the middle of a circle, a corner, or where it widens from. Where both are none
	// it is where the device is.
	X, Y Amount
	// Radius is that of a circle; Along and Across are how far a rectangle reaches from its
	// corner along x and y, either way.
	Radius, Along, Across Amount
	// Widens is how wide it has become at the end of Along, half of it to either side.
	Widens Amount
	// While says when it is there, Alarm when it has seen something: where they are not 0.
	While, Alarm Amount
	// Hazards are those that are there; Severity is how badly they harm at its edge, which is what the zone
	// stands for. It is 0 where they harm as badly as they do anywhere.
	Hazards  []string
	Severity int
}

// An Amount is a fixed one, in SI, or a signal times something.
type Amount struct {
	// Device has the Signal; empty of the device itself. Signal is empty of a fixed amount.
	Device, Signal string
	Times, Plus    float64
}

// Fixed is an amount that never changes.
func Fixed(x float64) Amount { return Amount{Plus: x} }

// By is the amount that a signal of the device has.
func By(signal string) Amount { return Amount{Signal: signal, Times: 1} }

// None reports whether an amount is none.
func (a Amount) None() bool { return a == Amount{} }

// A Scale is how badly a signal of somebody harms by its value: from Up[0] on slightly, and so
// on up to death, and below Down. There is an infinity where a severity never begins.
type Scale struct {
	Exposure, Signal string
	Up, Down         [4]float64
	// Least and Most are between which values the source of that holds.
	Least, Most float64
	// Above and Below name the models that have it harm from Up on, and below Down, where an exposure has
	// several.
	Above, Below string
	// Adds says that the signal is a dose beside what the exposure is about: what it harms by does not wait.
	Adds bool
}
