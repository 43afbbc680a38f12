package logbook

import "fmt"

// Most is how many credentials there can be: a set of them is a mask of 64 bits.
const Most = 64

// A Log is the plan of one device's log. Each member of the device has a book of
// its own.
type Log struct {
	Name    string // of the device
	Device  int32
	Members int
	Keep    int  // how many records a book holds
	Chained bool // see the package
	Counted bool
	// Signed is that every so many records one is signed, with a credential; 0 if
	// none is.
	Signed     int
	Credential int8
	Remote     int32 // the log that records are copied to, or None
}

func (l *Log) chained() bool { return l.Chained || l.Signed > 0 }

// signs reports whether the record of a number bears a signature.
func (l *Log) signs(number uint64) bool {
	return l.Signed > 0 && number%uint64(l.Signed) == uint64(l.Signed)-1
}

// holds reports whether a set of credentials has that of the log.
func (l *Log) holds(credentials uint64) bool {
	return l.Signed > 0 && credentials>>uint(l.Credential)&1 != 0
}

// called is the name of one member.
func (l *Log) called(member int) string {
	if l.Members == 1 {
		return l.Name
	}
	return fmt.Sprintf("%s[%d]", l.Name, member)
}

// Check returns what is wrong with the plans of the logs of a system.
func Check(logs []Log) error {
	for i := range logs {
		if err := logs[i].check(logs, int32(i)); err != nil {
			return fmt.Errorf("the log of %s %w", logs[i].Name, err)
		}
	}
	return nil
}

func (l *Log) check(logs []Log, own int32) error {
	switch {
	case l.Members < 1:
		return fmt.Errorf("is of %d devices", l.Members)
	case l.Keep < 1:
		return fmt.Errorf("keeps %d entries; it has to keep one at least", l.Keep)
	case l.Signed < 0:
		return fmt.Errorf("is signed every %d entries", l.Signed)
	case l.Signed > 0 && (l.Credential < 0 || l.Credential >= Most):
		return fmt.Errorf("is signed with credential %d; they go from 0 to %d", l.Credential, Most-1)
	case l.Remote == None:
		return nil
	case l.Remote < 0 || int(l.Remote) >= len(logs):
		return fmt.Errorf("is copied to log %d of %d", l.Remote, len(logs))
	case l.Remote == own:
		return fmt.Errorf("is copied to itself")
	case logs[l.Remote].Remote != None:
		return fmt.Errorf("is copied to that of %s, which is copied itself: copies are not copied", logs[l.Remote].Name)
	case logs[l.Remote].Members != 1:
		return fmt.Errorf("is copied to that of %s, which is not one device but %d", logs[l.Remote].Name, logs[l.Remote].Members)
	}
	return nil
}
