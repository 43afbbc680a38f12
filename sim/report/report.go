package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Options say how a text is laid out.
type Options struct {
	All    bool // every line of the story, every invariant, the causes of every violation
	Width  int  // of the lines; 0 is 79
	Colour bool // with ANSI escapes
}

// An Outcome is a scenario with a seed that was run, or why it could not be.
type Outcome struct {
	Name string // as it was asked for
	File string // as given, or library:NAME
	Seed uint64
	// Result is nil where there is none: then Problem says why in words, and
	// Broken that the simulator is to blame and not the scenario.
	Result  *sim.Result
	Problem string
	Broken  bool
}

// AsExpected reports whether there is a result, up to the end, and it meets all
// expectations.
func (o *Outcome) AsExpected() bool {
	return o.Result != nil && (o.Result.Stopped == nil || early(o.Result)) && o.Result.AsExpected()
}

// Text writes what people read about one run.
func Text(w io.Writer, r *sim.Result, o Options) error {
	s := newSheet(o)
	s.header(r)
	s.story(r)
	s.attacks(r)
	s.outbreaks(r)
	s.harmed(r)
	s.hazards(r)
	s.ranges(r)
	s.invariants(r)
	s.whys(r)
	s.privacy(r)
	s.checks(r)
	s.evidence(r)
	if !s.capacity(r) {
		s.links(r)
	}
	s.restless(r)
	s.verdict(r)
	_, err := io.WriteString(w, s.String())
	return err
}

// header says what was run.
func (s *sheet) header(r *sim.Result) {
	head, rest := split(clean(r.Plan.About))
	name := clean(r.Plan.Name)
	if head == "" {
		s.line("%s", s.bold(name))
	} else {
		s.block(s.bold(name)+"  ", "  ", wrap(head, s.width-width(name)-2, s.width-2))
	}
	for _, paragraph := range rest {
		s.block("", "", wrap(paragraph, s.width, s.width))
	}
	since := ""
	if r.Resumed > 0 {
		since = fmt.Sprintf(", taken up from the state kept at %s", r.Resumed.Short())
	}
	s.line("Run of %s with seed %d%s.", span(r.Plan.Run.Sub(0)), r.Seed, since)
	if early(r) {
		what := fmt.Sprintf("STOPPED at %s, as it was told: what follows is known up to then", r.Ended.Short())
		s.block("", "  ", s.paint(yellow, wrap(what, s.width, s.width-2)...))
	} else if r.Stopped != nil {
		what := fmt.Sprintf("%s at %s of %s: what follows is known up to then", stopped(r), r.Ended.Short(), span(r.Plan.Run.Sub(0)))
		s.block("", "  ", s.paint(yellow, wrap(what, s.width, s.width-2)...))
	}
	s.line("")
}

// split returns the first sentence of a text, and its other paragraphs.
func split(about string) (head string, rest []string) {
	about = strings.TrimSpace(about)
	first, more, _ := strings.Cut(about, "\n")
	if i := strings.Index(first, ". "); i >= 0 {
		first, more = first[:i+1], first[i+2:]+"\n"+more
	}
	for _, paragraph := range strings.Split(more, "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			rest = append(rest, paragraph)
		}
	}
	return first, rest
}

// early reports whether a run ended early because it was told to.
func early(r *sim.Result) bool { return errors.As(r.Stopped, new(*sim.EarlyError)) }

// stopped says in words how a run ended early.
func stopped(r *sim.Result) string {
	if errors.Is(r.Stopped, context.Canceled) {
		return "INTERRUPTED"
	}
	return "STOPPED (" + clean(r.Stopped.Error()) + ")"
}

// rerun is the command that runs the same once more.
func rerun(r *sim.Result) string {
	command := fmt.Sprintf("harmproof run %s --seed %d", shell(source(r.Plan)), r.Seed)
	if r.Resumed > 0 {
		command += " --resume FILE"
	}
	if early(r) {
		command += " --until " + vtime.Shortest(r.Ended.Sub(0))
	}
	return command
}

// source is what the tool takes for the scenario.
func source(p *sim.Plan) string {
	if name, ok := strings.CutPrefix(p.File, "library:"); ok {
		return name
	}
	if p.File != "" {
		return p.File
	}
	return p.Name
}

// shell quotes a word for a command line where it needs it.
func shell(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+,=", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(clean(word), "'", `'\''`) + "'"
}
