package report

import (
	"math"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// jsonPrivacy is what became of data about people. Times are seconds.
type jsonPrivacy struct {
	Stores  []jsonHolding `json:"stores"`
	Rights  []jsonRight   `json:"rights"`
	Forged  uint64        `json:"requests_about_nobody"`
	Refused uint64        `json:"requests_refused"`
	Left    []jsonRemnant `json:"left"` // the first of left_rows
	Rows    int           `json:"left_rows"`
	People  int           `json:"left_people"`
	Kept    []jsonKept    `json:"kept_by_basis"`
	Learnt  []jsonLearnt  `json:"learnt"`
	Taken   []jsonTheft   `json:"taken"`
	Held    []jsonHeldOf  `json:"of_persons,omitempty"` // of those who are devices of the system
	// Breaches are what was taken when, and who was told of that.
	Breaches []jsonBreach `json:"breaches,omitempty"`
	Notices  []jsonNotice `json:"notices,omitempty"`
}

type jsonHolding struct {
	Store    string   `json:"store"`
	Owner    *string  `json:"owner"`
	Items    uint64   `json:"items"`
	Came     uint64   `json:"came"`
	People   int      `json:"people"`
	Bytes    float64  `json:"bytes"`
	Keeps    *float64 `json:"keeps_seconds"` // null: for good
	DaysLeft *float64 `json:"days_left"`     // null: it has no limit
	Refused  uint64   `json:"refused,omitempty"`
}

type jsonRight struct {
	Right   string             `json:"right"`
	People  int                `json:"people"`
	Done    uint64             `json:"done"`
	Unasked uint64             `json:"unasked"`
	Owed    int                `json:"answers_owed"`
	Stores  []jsonRightOfStore `json:"stores"`
}

type jsonRightOfStore struct {
	Store string `json:"store"`
	Heard bool   `json:"can_be_asked"`
	// Concerned is whether somebody asked it for what it has to heed.
	Concerned bool     `json:"concerned"`
	Extended  int      `json:"extended"` // people whom it told that it takes longer
	Longer    *float64 `json:"longer_seconds"`
	Told      *float64 `json:"told_after_seconds"`
	Done      uint64   `json:"done"`
	Unasked   uint64   `json:"unasked"`
	Items     uint64   `json:"items"`
	Latest    *float64 `json:"latest_seconds"`
	Person    *string  `json:"latest_person"`
	First     *float64 `json:"first_at_seconds"`
	Last      *float64 `json:"last_at_seconds"`
}

type jsonRemnant struct {
	Person    string   `json:"person"`
	Store     string   `json:"store"`
	Attribute string   `json:"attribute"`
	Asked     *float64 `json:"asked_at_seconds"`
	Items     uint64   `json:"items"`
	From      *float64 `json:"from_seconds"`
	To        *float64 `json:"to_seconds"`
	Lineage   []string `json:"lineage"`
}

type jsonKept struct {
	Store     string   `json:"store"`
	Attribute string   `json:"attribute"`
	Basis     string   `json:"basis"`
	KeepFor   *float64 `json:"keep_for_seconds"` // null: it came after they had asked
	People    int      `json:"people"`
}

type jsonLearnt struct {
	Who       string   `json:"who"`
	Attribute string   `json:"attribute"`
	Of        int      `json:"of"`
	Now       int      `json:"now"`
	Most      int      `json:"most"`
	First     *float64 `json:"first_at_seconds"`
	Person    *string  `json:"person"`
	Sure      float64  `json:"sure"`
	Recipe    []string `json:"recipe"`
}

type jsonTheft struct {
	Who        string   `json:"who"`
	Store      string   `json:"store"`
	People     int      `json:"people"`
	Attributes []string `json:"attributes"`
}

type jsonBreach struct {
	Who     string   `json:"who"`
	Store   string   `json:"store"`
	Owner   string   `json:"owner"`
	At      *float64 `json:"at_seconds"`
	People  int      `json:"people"`
	Warned  bool     `json:"can_be_noticed"` // an alarm can come to a store of the owner
	Aware   *float64 `json:"aware_at_seconds"`
	Told    *float64 `json:"notice_sent_at_seconds"`
	Arrived *float64 `json:"notice_came_at_seconds"`
}

type jsonNotice struct {
	Store   string `json:"store"`
	Wired   bool   `json:"can_be_heard"`
	Alarms  uint64 `json:"alarms"`
	Sent    int    `json:"sent"`
	Arrived int    `json:"came"`
	Needed  int    `json:"about_something_new"`
}

// privacyJSON is what became of data about people, nil where a system has none.
func privacyJSON(r *sim.Result) *jsonPrivacy {
	p := r.Privacy
	if p == nil {
		return nil
	}
	out := &jsonPrivacy{
		Stores: []jsonHolding{}, Rights: []jsonRight{}, Forged: p.Forged, Refused: p.Refused,
		Left: []jsonRemnant{}, Rows: p.Rows, People: p.People, Kept: []jsonKept{}, Learnt: []jsonLearnt{}, Taken: []jsonTheft{}, Held: heldJSON(p),
	}
	for i := range p.Stores {
		out.Stores = append(out.Stores, holdingJSON(&p.Stores[i]))
	}
	for i := range p.Rights {
		out.Rights = append(out.Rights, rightJSON(&p.Rights[i]))
	}
	for i := range p.Left {
		x := &p.Left[i]
		out.Left = append(out.Left, jsonRemnant{x.Person, x.Store, x.Attribute, jsonTime(x.Asked), x.Items, jsonTime(x.From), jsonTime(x.To), append([]string{}, x.Lineage...)})
	}
	for i := range p.Kept {
		x := &p.Kept[i]
		out.Kept = append(out.Kept, jsonKept{x.Store, x.Attribute, x.Basis.String(), jsonSpan(x.KeepFor, x.KeepFor > 0), x.People})
	}
	for i := range p.Learnt {
		x := &p.Learnt[i]
		out.Learnt = append(out.Learnt, jsonLearnt{x.Who, x.Attribute, x.Of, x.Now, x.Most, jsonTime(x.First), jsonText(x.Person), x.Sure, append([]string{}, x.Recipe...)})
	}
	for i := range p.Thefts {
		x := &p.Thefts[i]
		out.Taken = append(out.Taken, jsonTheft{x.Who, x.Store, x.People, append([]string{}, x.Attributes...)})
	}
	for i := range p.Breaches {
		x := &p.Breaches[i]
		out.Breaches = append(out.Breaches, jsonBreach{
			x.Who, x.Store, x.Owner, jsonTime(x.At), x.People, x.Warned, jsonMoment(x.Aware), jsonMoment(x.Told), jsonMoment(x.Arrived),
		})
	}
	for i := range p.Notices {
		x := &p.Notices[i]
		out.Notices = append(out.Notices, jsonNotice{x.Store, x.Wired, x.Alarms, x.Sent, x.Arrived, x.Needed})
	}
	return out
}

func holdingJSON(x *sim.StoreHolding) jsonHolding {
	out := jsonHolding{Store: x.Store, Owner: jsonText(x.Owner), Items: x.Items, Came: x.Came, People: x.People, Bytes: x.Bytes, Keeps: jsonSpan(x.Keeps, x.Keeps > 0), Refused: x.Refused}
	if x.Limited && !math.IsInf(x.DaysLeft, 0) {
		out.DaysLeft = &x.DaysLeft
	}
	return out
}

func rightJSON(x *sim.RightResult) jsonRight {
	out := jsonRight{Right: x.Right.String(), People: x.People, Done: x.Done, Unasked: x.Unasked, Owed: x.Owed, Stores: []jsonRightOfStore{}}
	for i := range x.Stores {
		st := &x.Stores[i]
		one := jsonRightOfStore{
			Store: st.Store, Heard: st.Heard, Concerned: st.Concerned, Extended: st.Extended, Longer: jsonSpan(st.Longer, st.Extended > 0), Told: jsonSpan(st.Told, st.Extended > 0),
			Done: st.Done, Unasked: st.Unasked, Items: st.Items, Latest: jsonSpan(st.Latest, st.LatestOf != ""), Person: jsonText(st.LatestOf),
		}
		if st.Done > 0 {
			one.First, one.Last = jsonTime(st.First), jsonTime(st.Last)
		}
		out.Stores = append(out.Stores, one)
	}
	return out
}

// jsonMoment is a time in seconds, or null where it never came.
func jsonMoment(at vtime.Time) *float64 {
	if at == vtime.Never {
		return nil
	}
	return jsonTime(at)
}

// jsonSpan is a duration in seconds, or null where there is none.
func jsonSpan(d vtime.Duration, some bool) *float64 {
	if !some {
		return nil
	}
	s := d.Seconds()
	return &s
}
