package technique

// A Tactic is what an attacker wants at some stage.
type Tactic uint8

// The tactics, in the order of the matrix.
const (
	InitialAccess Tactic = iota
	Execution
	Persistence
	PrivilegeEscalation
	Evasion
	Discovery
	LateralMovement
	Collection
	CommandAndControl
	InhibitResponseFunction
	ImpairProcessControl
	Impact
)

var tactics = [...]struct{ id, name string }{
	{"TA0108", "Initial Access"},
	{"TA0104", "Execution"},
	{"TA0110", "Persistence"},
	{"TA0111", "Privilege Escalation"},
	{"TA0103", "Evasion"},
	{"TA0102", "Discovery"},
	{"TA0109", "Lateral Movement"},
	{"TA0100", "Collection"},
	{"TA0101", "Command and Control"},
	{"TA0107", "Inhibit Response Function"},
	{"TA0106", "Impair Process Control"},
	{"TA0105", "Impact"},
}

// Tactics returns all tactics in the order of the matrix.
func Tactics() (list []Tactic) {
	for i := range tactics {
		list = append(list, Tactic(i))
	}
	return list
}

// ID returns the id of a tactic, TA0108 say.
func (t Tactic) ID() string { return tactics[t].id }

// String returns the name of a tactic.
func (t Tactic) String() string { return tactics[t].name }
