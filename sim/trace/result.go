package trace

import "github.com/harmproof/harmproof/sim/vtime"

// An End is the last record of a run that came to its end. A trace that has none was
// cut short.
type End struct {
	At vtime.Time `json:"at"`
	// Complete says that the run came to the end of its plan; else Stopped says why not.
	Complete bool   `json:"complete"`
	Stopped  string `json:"stopped,omitempty"`
	// Digest is the run's, Records that of the trace: SHA-256 over all chunks before this
	// one, before compression.
	Digest  string `json:"digest"`
	Records string `json:"records"`
	Counts  Counts `json:"counts"`
}

// Counts is how much was recorded.
type Counts struct {
	Changes  Tally `json:"changes"` // of discrete signals
	Courses  Tally `json:"courses"` // spans of continuous signals
	Messages Tally `json:"messages"`
	Events   Tally `json:"events"`
}

// A Tally is how much there is of one sort, in how many blocks of how many bytes
// together, before compression.
type Tally struct {
	Count  uint64 `json:"count"`
	Blocks uint64 `json:"blocks"`
	Bytes  uint64 `json:"bytes"`
}

func (t *Tally) add(count, bytes int) {
	t.Count += uint64(count)
	t.Blocks++
	t.Bytes += uint64(bytes)
}

// A Result is what became of a run.
type Result struct {
	AsExpected bool              `json:"as_expected"`
	Unmet      []string          `json:"unmet,omitempty"`
	Chanced    bool              `json:"chanced"` // another seed may end otherwise
	Invariants []InvariantResult `json:"invariants"`
	Injections []InjectionResult `json:"injections"`
	Checks     []CheckResult     `json:"checks,omitempty"`
	Gains      []Gain            `json:"gains,omitempty"`
	Hosts      []HostNews        `json:"hosts,omitempty"`
	Stores     []StoreNews       `json:"stores,omitempty"`
	Tables     []Table           `json:"tables,omitempty"`
	Events     uint64            `json:"events"`
	Sent       uint64            `json:"sent"`
	Delivered  uint64            `json:"delivered"`
	Lost       uint64            `json:"lost"`
}

// A Table is a table of the report of a run in words, such as of what links, devices and stores carried, and what
// is said below it.
type Table struct {
	Heads []string   `json:"heads"`
	Rows  [][]string `json:"rows"`
	Notes []string   `json:"notes,omitempty"`
}

// An InvariantResult is what became of an invariant, by its number.
type InvariantResult struct {
	Verdict string `json:"verdict"`
	Vacuous bool   `json:"vacuous,omitempty"`
	// Margin is how far it was from violation, in SI; nil where it has none. Closest is
	// when, Decided the comparison that it is of.
	Margin   *float64    `json:"margin"`
	Unit     Unit        `json:"unit"`
	At       *vtime.Time `json:"at"` // when it was decided
	Closest  *vtime.Time `json:"closest"`
	Decided  string      `json:"decided,omitempty"`
	Missing  string      `json:"missing,omitempty"`
	Expected bool        `json:"expected,omitempty"`
	Because  string      `json:"because,omitempty"`
	Causes   *Tree       `json:"causes,omitempty"`
}

// A Tree is all that could have mattered to what an invariant reads.
type Tree struct {
	At    vtime.Time `json:"at"`
	Links []Link     `json:"links"`
	Roots [][2]int   `json:"roots"` // each a step, and the last link of its way
}

// A Link is a cause: of the link with the number Effect, or, where that is -1, of what
// the invariant reads.
type Link struct {
	Effect  int        `json:"effect"`
	Kind    string     `json:"kind"`
	At      vtime.Time `json:"at"`
	Cell    int        `json:"cell"` // -1 of none that can be seen
	Signal  string     `json:"signal"`
	Value   *float64   `json:"value"`
	Rate    *float64   `json:"rate"` // per second
	Who     string     `json:"who,omitempty"`
	Claimed string     `json:"claimed,omitempty"`
	True    string     `json:"true,omitempty"`
	Check   string     `json:"check,omitempty"`
	Owner   string     `json:"owner,omitempty"`
	Since   vtime.Time `json:"since,omitempty"`
	Until   vtime.Time `json:"until,omitempty"`
	Needed  string     `json:"needed,omitempty"`
	Omitted string     `json:"omitted,omitempty"`
	Step    int        `json:"step"` // that made it so, or -1
	// Otherwise is what the value would be without, nil where that is not known.
	Otherwise *float64 `json:"otherwise"`
}

// An InjectionResult is what became of a step, by its number.
type InjectionResult struct {
	Outcome   string      `json:"outcome"`
	Applied   *vtime.Time `json:"applied"`
	Reverted  *vtime.Time `json:"reverted"`
	StoppedBy string      `json:"stopped_by,omitempty"`
	Why       string      `json:"why,omitempty"`
	Missing   string      `json:"missing,omitempty"`
	Refused   uint64      `json:"refused,omitempty"`
	Expected  bool        `json:"expected,omitempty"`
	Detected  *vtime.Time `json:"detected"`
	By        string      `json:"detected_by,omitempty"`
}

// A CheckResult is what a check did.
type CheckResult struct {
	Device   string `json:"device"`
	Check    string `json:"check"`
	Kind     string `json:"kind"`
	Owner    string `json:"owner,omitempty"`
	Reaction string `json:"reaction"`
	Text     string `json:"text"`
	Judged   uint64 `json:"judged"`
	Reacted  uint64 `json:"reacted"`
}

// A Gain is what an attacker earned.
type Gain struct {
	At   vtime.Time `json:"at"`
	Who  string     `json:"who"`
	What string     `json:"what"`
	Step int        `json:"step"`
	// Device is the one that it is about. Known says that the attacker has heard of it,
	// Session that it is logged in there, Foothold that it can act from there.
	Device      string   `json:"device"`
	Known       bool     `json:"known,omitempty"`
	Session     bool     `json:"session,omitempty"`
	Foothold    bool     `json:"foothold,omitempty"`
	Credentials []string `json:"credentials,omitempty"`
}

// A StoreNews is what the story tells of a store that holds data about people.
type StoreNews struct {
	Store string `json:"store"`
	Text  string `json:"text"`
	// Wrong says that nobody who may had asked for it.
	Wrong bool `json:"wrong,omitempty"`
}

// A HostNews is what the story tells of a host of a malware.
type HostNews struct {
	Malware string `json:"malware"`
	Kind    string `json:"kind"` // caught, left or stopped
	Host    string `json:"host"`
	From    string `json:"from,omitempty"`
	By      string `json:"by,omitempty"`
	Barrier string `json:"barrier,omitempty"` // that stopped it
	Reason  string `json:"reason,omitempty"`
	// Moves says that the host moves something in the world, or commands what does.
	Moves    bool   `json:"moves,omitempty"`
	Commands string `json:"commands,omitempty"`
}
