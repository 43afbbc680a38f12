package report

import (
	"bytes"
	"encoding/json"
	"math"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The field names below are a contract with users' scripts: they change only
// with an entry in the changelog.

type jsonResult struct {
	Scenario   string          `json:"scenario"`
	File       string          `json:"file"`
	Seed       uint64          `json:"seed"`
	Simulated  float64         `json:"simulated_seconds"`
	Digest     string          `json:"digest"`
	AsExpected bool            `json:"as_expected"`
	Events     uint64          `json:"events"`
	Invariants []jsonInvariant `json:"invariants"`
	Injections []jsonInjection `json:"injections"`

	Checks           []jsonRule      `json:"checks"`
	Decisions        []jsonDecision  `json:"decisions"`
	DecisionsDropped int             `json:"decisions_dropped"`
	Accountable      jsonAccountable `json:"accountable"`
	Evidence         []jsonEvidence  `json:"evidence"`
	Named            []jsonNamed     `json:"named"`
	Links            []jsonLoad      `json:"links"`
	Outbreaks        []jsonOutbreak  `json:"outbreaks,omitempty"`
	Harm             []jsonHarm      `json:"harm,omitempty"`
	Hazards          []jsonHazard    `json:"hazards,omitempty"`
	Outside          []jsonRange     `json:"outside_models,omitempty"`
	Capacity         *jsonCapacity   `json:"capacity,omitempty"`
	Privacy          *jsonPrivacy    `json:"privacy,omitempty"`
}

type jsonInvariant struct {
	Name    string   `json:"name"`
	Verdict string   `json:"verdict"`
	Margin  any      `json:"margin"`
	Unit    string   `json:"unit"`
	At      *float64 `json:"at_seconds"`
	Vacuous bool     `json:"vacuous"`
	// What says more: the interval of the margin, the comparison that decided it and when, what
	// never came true, what changed nothing that it reads, and why it failed.
	Low        any          `json:"low"`
	High       any          `json:"high"`
	Decided    *string      `json:"decided_by"`
	DecidedAt  *float64     `json:"decided_at_seconds"`
	NeverAsked []string     `json:"never_asked"`
	Untouched  []string     `json:"untouched_by"`
	Missing    *string      `json:"missing"`
	Witness    *jsonWitness `json:"witness"`
	Article    string       `json:"article,omitempty"`
}

type jsonWitness struct {
	Formula string        `json:"formula"`
	Holds   bool          `json:"holds"`
	From    *float64      `json:"from_seconds"`
	To      *float64      `json:"to_seconds"`
	Least   any           `json:"least"`
	LeastAt *float64      `json:"least_at_seconds"`
	Most    any           `json:"most"`
	MostAt  *float64      `json:"most_at_seconds"`
	Unit    string        `json:"unit"`
	Parts   []jsonWitness `json:"parts"`
}

type jsonInjection struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Technique *string  `json:"technique"`
	Target    string   `json:"target"`
	Applied   *float64 `json:"applied_at_seconds"`
	Reverted  *float64 `json:"reverted_at_seconds"`
	Outcome   string   `json:"outcome"`
	StoppedBy *string  `json:"stopped_by"`
	Assumed   bool     `json:"assumed"`

	Attacker *string        `json:"attacker"`
	From     *string        `json:"from"`
	Why      *string        `json:"why"`
	Refused  uint64         `json:"refused"`
	Detected *jsonDetection `json:"detected"`
	Gained   []jsonGain     `json:"gained"`
}

type jsonErrors struct {
	File   string    `json:"file"`
	Errors []Problem `json:"errors"`
}

// A Problem is a mistake in a scenario file, as data. Line and Column count from
// 1 and are 0 where there is no place.
type Problem struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

// JSON returns a result as one line of JSON, without the line's end. The file is
// as it was given, or library:NAME. A run that was interrupted is not as
// expected.
func JSON(r *sim.Result, file string) ([]byte, error) {
	out := jsonResult{
		Scenario: r.Plan.Name, File: file, Seed: r.Seed, Simulated: r.Ended.Seconds(), Digest: r.Digest,
		AsExpected: r.AsExpected() && (r.Stopped == nil || early(r)), Events: r.Stats.Events,
		Invariants: []jsonInvariant{}, Injections: []jsonInjection{},
	}
	for k := range r.Invariants {
		i := &r.Invariants[k]
		out.Invariants = append(out.Invariants, jsonInvariant{
			Name: i.Name, Verdict: i.Verdict.String(), Margin: JSONNumber(i.Margin, i.Unit.Delta()), Unit: i.Unit.Delta().Symbol,
			At: jsonTime(i.At), Vacuous: i.Vacuous,
			Low: JSONNumber(i.Low, i.Unit.Delta()), High: JSONNumber(i.High, i.Unit.Delta()),
			Decided: jsonText(i.Decided), DecidedAt: jsonTime(i.Closest), NeverAsked: append([]string{}, i.NeverAsked...), Untouched: untouched(r, i),
			Missing: jsonText(i.Missing), Witness: witnessJSON(i.Witness), Article: i.Article,
		})
	}
	for k := range r.Injections {
		i := &r.Injections[k]
		one := jsonInjection{
			Name: i.Step.Name, Kind: i.Step.Kind.String(), Technique: jsonText(i.Step.Technique), Target: i.Step.Target,
			Applied: jsonTime(i.Applied), Reverted: jsonTime(i.Reverted), Outcome: i.Outcome.String(),
			Assumed: i.Step.Assumed && i.Step.Kind == inject.Attack,
		}
		one.earned(r, k)
		out.Injections = append(out.Injections, one)
	}
	out.guarded(r)
	out.endangered(r)
	out.Outbreaks = outbreaksJSON(r)
	out.Capacity = capacityJSON(r)
	out.Privacy = privacyJSON(r)
	return compact(out)
}

// ErrorJSON returns the mistakes of a file as one line of JSON, without the
// line's end.
func ErrorJSON(file string, problems ...Problem) ([]byte, error) {
	if problems == nil {
		problems = []Problem{}
	}
	return compact(jsonErrors{file, problems})
}

// compact writes JSON without the escapes that only HTML needs.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// JSONNumber is a number in a unit, given in SI, or a word where JSON has no number for it.
func JSONNumber(si float64, u unit.Unit) any {
	switch {
	case math.IsNaN(si):
		return nil
	case math.IsInf(si, 1):
		return "+inf"
	case math.IsInf(si, -1):
		return "-inf"
	}
	return u.FromSI(si)
}

func jsonTime(t vtime.Time) *float64 {
	if t == vtime.Never {
		return nil
	}
	s := t.Seconds()
	return &s
}

func jsonText(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
