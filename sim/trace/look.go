package trace

// A Look is how a device is drawn: an icon, and which of its parts go by which signals.
type Look struct {
	Icon  string  `json:"icon"`
	Parts []Part  `json:"parts,omitempty"`
	Place *Spot   `json:"place,omitempty"`
	Zones []Field `json:"zones,omitempty"`
}

// A Part is a part of an icon that goes by a signal.
type Part struct {
	// Part is fill or open (from none to all of it), heat (from cold to hot), turn (from
	// rest to full speed; less than rest is backwards), x or y (the place along a way), on
	// or alarm (while the signal is not 0), or value (what is written beneath).
	Part string `json:"part"`
	// Cell is that of the first member; Stride leads to that of the next.
	Cell   int `json:"cell"`
	Stride int `json:"stride,omitempty"`
	// Low and High are the values at which the part is at its one end and at its other,
	// which may be the lesser; both are 0 of a part that has no ends.
	Low  float64 `json:"low,omitempty"`
	High float64 `json:"high,omitempty"`
}

// A Wire says that a device goes by a signal of another with no message between: by
// nature, or hard-wired. Devices are numbers.
type Wire struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Signal string `json:"signal"` // of From
	// Continuous says that the signal goes along polynomials, as a flow or a level does.
	Continuous bool `json:"continuous,omitempty"`
}
