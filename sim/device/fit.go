package device

// A Fitter is a device that declares only what it needs for what is wired to it: its Sample
// in the catalog declares all. Fit returns the device for a system in which some of its
// inputs are wired; a *ValueError says what those need.
type Fitter interface {
	Fit(wired func(input string) bool) (Device, error)
}
