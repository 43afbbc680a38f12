package check

// Authenticate wants proof of who sent the message, and that nobody changed it: it
// bears one of the credentials, and was not altered on its way.
//
// Which device a credential speaks for is said by the rule's scope: one rule for
// each claimed sender, with that one's key.
type Authenticate struct {
	Credentials uint64 // one of these will do; 0: any at all
}

// Kind implements Check.
func (Authenticate) Kind() Kind { return KindAuthenticate }

func (Authenticate) wrong(*Guard, *Rule) string { return "" }

func (a Authenticate) build(*State, *guard) any {
	if a.Credentials == 0 {
		a.Credentials = ^uint64(0)
	}
	return &a
}

func (Authenticate) remembers() bool { return false }

func (a *Authenticate) message(c *call) bool {
	if c.o.Bears&a.Credentials == 0 || c.o.Altered {
		return c.fail(nan, nan, nan)
	}
	return true
}
