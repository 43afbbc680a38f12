package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string     `xml:"classname,attr"`
	Name    string     `xml:"name,attr"`
	Time    string     `xml:"time,attr"`
	Harm    *junitHarm `xml:"properties,omitempty"`
	Failure *junitText `xml:"failure,omitempty"`
	Error   *junitText `xml:"error,omitempty"`
	Skipped *junitText `xml:"skipped,omitempty"`
	Out     *junitText `xml:"system-out,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr,omitempty"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"`
}

// A junitHarm are properties of a case: how badly each person was harmed who was.
type junitHarm struct {
	Properties []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

// JUnit writes the outcomes as JUnit XML: one test suite, one test case for each
// scenario and seed. Times are simulated seconds, so that the same runs give the
// same bytes.
func JUnit(w io.Writer, list []Outcome) error {
	suite := junitSuite{Name: "harmproof", Tests: len(list)}
	var total vtime.Time
	for i := range list {
		c := caseOf(&list[i])
		switch {
		case c.Failure != nil:
			suite.Failures++
		case c.Error != nil:
			suite.Errors++
		case c.Skipped != nil:
			suite.Skipped++
		}
		if list[i].Result != nil {
			total += list[i].Result.Ended
		}
		suite.Cases = append(suite.Cases, c)
	}
	suite.Time = seconds(total)
	out, err := xml.MarshalIndent(suite, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, out)
	return err
}

func caseOf(o *Outcome) junitCase {
	class := "harmproof"
	if dir := path.Dir(o.Name); dir != "." && dir != "/" {
		class = strings.ReplaceAll(strings.Trim(dir, "./"), "/", ".")
	}
	c := junitCase{Class: class, Name: path.Base(o.Name), Time: seconds(0)}
	r := o.Result
	if r != nil || o.Broken {
		c.Name += fmt.Sprintf(" seed %d", o.Seed)
	}
	if r == nil {
		kind := "scenario"
		if o.Broken {
			kind = "simulator"
		}
		c.Error = &junitText{Message: firstLine(o.Problem), Type: kind, Text: clean(o.Problem)}
		return c
	}
	c.Time, c.Harm = seconds(r.Ended), harmOf(r)
	switch {
	case r.Stopped != nil:
		c.Skipped = &junitText{Message: stopped(r) + " at " + r.Ended.Short()}
	case !r.AsExpected():
		c.Failure = &junitText{
			Message: strings.Join(r.Unmet, "; "), Type: "expectation",
			Text: clean(strings.Join(r.Unmet, "\n")) + "\n\n" + reasons(r) + "rerun: " + rerun(r),
		}
	case r.Known > 0:
		c.Out = &junitText{Text: strings.TrimSpace(reasons(r))}
	}
	return c
}

// harmOf says of each person how badly they were harmed and by what, nil where nobody is there.
func harmOf(r *sim.Result) *junitHarm {
	if len(r.Harm) == 0 {
		return nil
	}
	h := &junitHarm{[]junitProperty{{"harm", worstHarm(r)}}}
	for _, person := range r.Harmed() {
		p := &r.Harm[person]
		h.Properties = append(h.Properties, junitProperty{
			"harm." + clean(p.Device), fmt.Sprintf("%s by %s at %s", graded(p.Severity), clean(p.Exposure), p.At.Short()),
		})
	}
	return h
}

// reasons says why each violation came about.
func reasons(r *sim.Result) string {
	var b strings.Builder
	for _, i := range suspects(r) {
		known := ""
		if i.Expected {
			known = " (known)"
		}
		if i.Article != "" {
			known += ", which concerns " + clean(i.Article)
		}
		fmt.Fprintf(&b, "Why %s was violated%s\n", i.Name, known)
		for _, line := range chain(r, i) {
			b.WriteString(line.head + line.text + "\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func seconds(t vtime.Time) string { return fmt.Sprintf("%.3f", t.Seconds()) }

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
