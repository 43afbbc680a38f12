package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/recording"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The field names below are a contract with users' scripts: they change only with an
// entry in the changelog.

type watchedJSON struct {
	Name    string          `json:"name"`
	Formula string          `json:"formula"`
	Verdict string          `json:"verdict"`
	Margin  any             `json:"margin"`
	At      json.RawMessage `json:"at_seconds"`
	File    string          `json:"file"`
	Unit    string          `json:"unit"`
	Vacuous bool            `json:"vacuous"`
	Missing *string         `json:"missing"`
	Low     any             `json:"low"`
	High    any             `json:"high"`
	Witness *witnessJSON    `json:"witness"`
	Trace   json.RawMessage `json:"trace,omitempty"`
}

type witnessJSON struct {
	Formula string          `json:"formula"`
	Holds   bool            `json:"holds"`
	From    json.RawMessage `json:"from_seconds"`
	To      json.RawMessage `json:"to_seconds"`
	Least   any             `json:"least"`
	LeastAt json.RawMessage `json:"least_at_seconds"`
	Most    any             `json:"most"`
	MostAt  json.RawMessage `json:"most_at_seconds"`
	Unit    string          `json:"unit"`
	Parts   []*witnessJSON  `json:"parts"`
}

// null is what there is no value for.
var null = json.RawMessage("null")

// watchedJSON writes a line for each formula, or one with the mistakes of the file.
func (w *watcher) watchedJSON(name string, rep *recording.Report) error {
	if rep.Count > 0 {
		line, err := report.ErrorJSON(name, problemsOf(rep)...)
		if err == nil {
			_, err = fmt.Fprintf(w.out, "%s\n", line)
		}
		return err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for i := range rep.Results {
		if err := e.Encode(w.resultJSON(name, &rep.Clock, &rep.Results[i])); err != nil {
			return err
		}
	}
	_, err := w.out.Write(b.Bytes())
	return err
}

// problemsOf are the mistakes of a file as data.
func problemsOf(rep *recording.Report) (list []report.Problem) {
	for _, m := range rep.List {
		p := report.Problem{Line: m.Line, Message: m.Cause, Fix: m.Next}
		if m.Column != "" {
			p.Message = "column " + m.Column + ": " + m.Cause
		}
		list = append(list, p)
	}
	if more := rep.Count - len(rep.List); more > 0 {
		list = append(list, report.Problem{Message: fmt.Sprintf("and %d more mistakes", more)})
	}
	return list
}

func (w *watcher) resultJSON(file string, c *recording.Clock, r *recording.Result) *watchedJSON {
	j := &watchedJSON{Name: r.Name, Formula: r.Text, File: file, At: null}
	if r.Unchecked != "" {
		j.Verdict, j.Missing = "not checked", &r.Unchecked
		return j
	}
	u := r.Unit().Delta()
	j.Verdict, j.Margin, j.At, j.Unit = r.Verdict.String(), report.JSONNumber(r.Held, u), at(c, r), u.Symbol
	j.Vacuous, j.Low, j.High = r.Vacuous, report.JSONNumber(r.Low, u), report.JSONNumber(r.High, u)
	if r.Verdict == monitor.Undecided {
		text := waits(c, r)
		j.Missing = &text
	}
	if r.Witness != nil {
		j.Witness = whyJSON(c, r, r.Witness)
	}
	if w.flags.trace {
		j.Trace = traceJSON(c, r, u)
	}
	return j
}

// at is when a formula was decided, or how close it came then: of what is undecided
// there is no such time.
func at(c *recording.Clock, r *recording.Result) json.RawMessage {
	if r.Verdict == monitor.Undecided {
		return null
	}
	return secondsJSON(c, r.At)
}

func whyJSON(c *recording.Clock, r *recording.Result, w *monitor.Witness) *witnessJSON {
	u := unitOf(r, w)
	j := &witnessJSON{
		Formula: w.Formula.Show(r.Show), Holds: w.Holds, From: secondsJSON(c, w.From), To: secondsJSON(c, w.To),
		Least: report.JSONNumber(w.Least, u), LeastAt: null, Most: report.JSONNumber(w.Most, u), MostAt: null, Unit: u.Symbol, Parts: []*witnessJSON{},
	}
	if !math.IsNaN(w.Least) {
		j.LeastAt = secondsJSON(c, w.LeastAt)
	}
	if !math.IsNaN(w.Most) {
		j.MostAt = secondsJSON(c, w.MostAt)
	}
	for _, p := range w.Parts {
		j.Parts = append(j.Parts, whyJSON(c, r, p))
	}
	return j
}

// traceJSON is the margin at all times: pairs of a time and a value.
func traceJSON(c *recording.Clock, r *recording.Result, u unit.Unit) json.RawMessage {
	if r.Trace == nil {
		return null
	}
	b := []byte{'['}
	for k, v := range r.Trace {
		if k > 0 {
			b = append(b, ',')
		}
		b = append(append(b, '['), c.Seconds(v.At)...)
		b = append(b, ',')
		switch x := report.JSONNumber(v.Value, u).(type) {
		case float64:
			b = strconv.AppendFloat(b, x, 'g', -1, 64)
		case string:
			b = strconv.AppendQuote(b, x)
		default:
			b = append(b, null...)
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

// secondsJSON is a time in seconds, exactly.
func secondsJSON(c *recording.Clock, at vtime.Time) json.RawMessage {
	if at == vtime.Never {
		return null
	}
	return json.RawMessage(c.Seconds(at))
}
