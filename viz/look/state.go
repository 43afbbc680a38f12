package look

// A State is how a device looks now.
type State struct {
	Theme *Theme
	// Fill is how full it is, Open how far open, from 0 to 1.
	Fill, Open float32
	// Heat is how hot its contents are, from 0 to 1.
	Heat float32
	// Told is how full somebody is told that it is, where HasTold says so.
	Told    float32
	HasTold bool
	// Turn is the angle of what turns, in radians clockwise.
	Turn float32
	// On says that it works, Alarm that it calls for help.
	On, Alarm bool
	// Compromised says that it is in an adversary's hands, False that it is not what
	// somebody is told.
	Compromised, False bool
}
