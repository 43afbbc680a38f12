package sim

import "github.com/harmproof/harmproof/sim/signal"

// A DeviceInfo is what a plan knows of a device.
type DeviceInfo struct {
	*Nameplate
	ID    string
	Count int // members
	// Stands is for how many devices alike each member stands, at least 1.
	Stands int64

	first  signal.Slot // of its cells
	layout int32
	inputs int32 // its first one among all
}

// A Nameplate is what is written on a device, and on others that are alike.
type Nameplate struct {
	Kind  string
	Tag   string // the plant's own name
	Owner string // who answers for it
}
