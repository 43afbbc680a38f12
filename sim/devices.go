package sim

// A DeviceInfo is what a plan knows of a device.
type DeviceInfo struct {
	*Nameplate
	ID    string
	Count int // members

	block, input int32 // its first ones
}

// A Nameplate is what is written on a device, and on others that are alike.
type Nameplate struct {
	Kind  string
	Tag   string // the plant's own name
	Owner string // who answers for it
}
