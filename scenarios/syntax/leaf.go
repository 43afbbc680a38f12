package syntax

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/vtime"
)

// text returns a reader of a single value.
func (p *parser) text(to *Text) func(Entry) {
	return func(e Entry) { *to = p.scalar(e, "write one value, in quotes if it begins with a bracket") }
}

// expression returns a reader of an expression.
func (p *parser) expression(to *Text) func(Entry) {
	return func(e Entry) { *to = p.scalar(e, expressionFix(e)) }
}

// expressionFix says how an expression is written that YAML took for a list.
func expressionFix(e Entry) string {
	if e.Value.Shape == List && e.Value.Text.Span.File != nil {
		line := e.Value.Text.Span.File.Line(e.Value.Text.Span.Line)
		if k, ok := keyedLine(line); ok && strings.HasPrefix(k.value, "[") && k.key == e.Key.Value {
			return quoteIt(k.key, k.value)
		}
	}
	return "write an expression in one value, in quotes if it begins with a bracket"
}

// scalar returns the single value of an entry, or a broken text.
func (p *parser) scalar(e Entry, fix string) Text {
	if !p.shape(e.Value, Scalar, e.Key.Span, source.Quote(e.Key.Value), fix) {
		return Text{Span: e.Value.Text.Span, Broken: true}
	}
	return e.Value.Text
}

// texts returns a reader of a list of single values.
func (p *parser) texts(to *[]Text, example string) func(Entry) {
	return func(e Entry) {
		if e.Value.Shape == Scalar {
			example = e.Value.Text.Value
		}
		p.items(to, e, example)
	}
}

// tuple returns a reader of a list of least to most single values.
func (p *parser) tuple(to *[]Text, least, most int, what, example string) func(Entry) {
	return func(e Entry) {
		p.items(to, e, example)
		if n := len(e.Value.Items); e.Value.Shape == List && (n < least || n > most) {
			p.errorf(e.Value.Text.Span, "write `"+e.Key.Value+": ["+example+"]`", "%s, not %d", what, n)
			*to = nil
		}
	}
}

// items reads a list of single values.
func (p *parser) items(to *[]Text, e Entry, example string) {
	fix := write(e.Key.Value+": ["+example+"]", "put it in brackets")
	if !p.shape(e.Value, List, e.Key.Span, source.Quote(e.Key.Value), fix) {
		return
	}
	for _, item := range e.Value.Items {
		text := p.scalar(Entry{e.Key, item}, "write one value for each item, in quotes if it begins with a bracket")
		*to = append(*to, text)
	}
}

// oneOf returns a reader of a word out of a few.
func (p *parser) oneOf(to *Text, words ...string) func(Entry) {
	return func(e Entry) {
		*to = p.scalar(e, "write `"+words[0]+"`")
		if !to.Broken && !slices.Contains(words, to.Value) {
			p.errorf(to.Span, "it is one of "+keysText(words), "%s is no %s%s",
				source.Quote(to.Value), e.Key.Value, source.DidYouMean(to.Value, words))
			to.Broken = true
		}
	}
}

// duration returns a reader of a span of time.
func (p *parser) duration(to *Duration) func(Entry) {
	return func(e Entry) {
		to.Text = p.scalar(e, "write a duration such as `200ms` or `3m50s`")
		if to.Broken {
			return
		}
		d, problem := readDuration(to.Text)
		to.Value = d
		if problem != nil {
			p.problems.Add(*problem)
			to.Broken = true
		}
	}
}

// positive returns a reader of a span of time that is not nothing.
func (p *parser) positive(to *Duration) func(Entry) {
	return func(e Entry) {
		p.duration(to)(e)
		if to.Usable() && to.Value == 0 {
			p.errorf(to.Span, "write a duration such as `200ms` or `10m`", "%s cannot be zero", source.Quote(e.Key.Value))
			to.Broken = true
		}
	}
}

// ReadDuration reads a duration that stands in a parameter of a kind or an
// injection.
func ReadDuration(text Text) (Duration, source.Problems) {
	if text.Broken || !text.Present() {
		return Duration{Text: text}, nil
	}
	d, problem := readDuration(text)
	if problem != nil {
		text.Broken = true
		return Duration{Text: text}, source.Problems{*problem}
	}
	return Duration{Text: text, Value: d}, nil
}

func readDuration(text Text) (vtime.Duration, *source.Problem) {
	d, err := vtime.ParseDuration(text.Value)
	if err == nil {
		return d, nil
	}
	what := source.Quote(text.Value) + " is not a duration"
	fix := "write a number and a unit, such as `200ms`, `3m50s` or `1.5h`"
	value := strings.TrimSpace(text.Value)
	if better, ok := likelyDuration(value); ok {
		fix = "write `" + better + "`"
	}
	switch positive, negative := strings.CutPrefix(value, "-"); {
	case negative && isDuration(positive):
		what, fix = "a duration cannot be negative", "write `"+positive+"`"
	case isNumber(value):
		what, fix = "a duration needs its unit", "write `"+value+"s` (or ms, m for minutes, h, d)"
	case strings.HasPrefix(err.Error(), "that is longer"):
		what, fix = err.Error(), "write a shorter one"
	}
	problem := source.Errorf(text.Span, fix, "%s", what)
	return 0, &problem
}

func isDuration(text string) bool {
	_, err := vtime.ParseDuration(text)
	return err == nil
}

func isNumber(text string) bool {
	f, err := strconv.ParseFloat(text, 64)
	return err == nil && f >= 0 && !math.IsInf(f, 0)
}

var (
	clockPattern = regexp.MustCompile(`^(\d+):(\d\d)(?::(\d\d))?$`)
	wordPattern  = regexp.MustCompile(`^([\d.]+)\s*([a-zA-Z]+)\.?$`)
)

// timeWords are ways to write a unit of time that the language does not have.
var timeWords = map[string]string{
	"sec": "s", "secs": "s", "second": "s", "seconds": "s", "mins": "m", "minute": "m", "minutes": "m",
	"hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "week": "w", "weeks": "w",
	"msec": "ms", "millis": "ms", "millisecond": "ms", "milliseconds": "ms", "usec": "us",
}

// likelyDuration returns what was probably meant: 3:50, 5 sec, 10M.
func likelyDuration(text string) (string, bool) {
	better := ""
	if m := clockPattern.FindStringSubmatch(text); m != nil {
		better = m[1] + "m" + m[2] + "s"
		if m[3] != "" {
			better = m[1] + "h" + m[2] + "m" + m[3] + "s"
		}
	} else if m := wordPattern.FindStringSubmatch(text); m != nil {
		unit := strings.ToLower(m[2])
		if short, ok := timeWords[unit]; ok {
			unit = short
		}
		better = m[1] + unit
	}
	return better, better != "" && isDuration(better)
}

// integer returns a reader of a whole number from least on.
func (p *parser) integer(to *Integer, least int64) func(Entry) {
	return func(e Entry) {
		example := strconv.FormatInt(max(least, 7), 10)
		to.Text = p.scalar(e, "write a whole number such as `"+example+"`")
		if to.Broken {
			return
		}
		n, err := strconv.ParseInt(to.Text.Value, 10, 64)
		switch {
		case err != nil || to.Quoted:
			p.errorf(to.Span, "write a whole number such as `"+example+"`, without quotes or unit",
				"%s is not a whole number", source.Quote(to.Text.Value))
		case n < least:
			p.errorf(to.Span, "write `"+strconv.FormatInt(least, 10)+"` or more",
				"%s cannot be less than %d", source.Quote(e.Key.Value), least)
		default:
			to.Value = n
			return
		}
		to.Broken = true
	}
}

// boolean returns a reader of true or false.
func (p *parser) boolean(to *Bool) func(Entry) {
	return func(e Entry) {
		to.Text = p.scalar(e, "write `true` or `false`")
		if to.Broken {
			return
		}
		to.Value = to.Text.Value == "true"
		if !to.Value && to.Text.Value != "false" || to.Quoted {
			p.errorf(to.Span, "write `true` or `false`, without quotes",
				"%s is neither true nor false", source.Quote(to.Text.Value))
			to.Broken = true
		}
	}
}

// percent returns a reader of a share.
func (p *parser) percent(to *Percent) func(Entry) {
	return func(e Entry) {
		to.Text = p.scalar(e, "write a share such as `5%`")
		if to.Broken {
			return
		}
		digits, ok := strings.CutSuffix(to.Text.Value, "%")
		digits = strings.TrimSpace(digits)
		f, err := strconv.ParseFloat(digits, 64)
		switch {
		case err != nil || strings.ContainsAny(digits, "xXpP_nN"):
			p.errorf(to.Span, "write a share such as `5%`", "%s is not a share", source.Quote(to.Text.Value))
		case !ok:
			p.errorf(to.Span, "write `"+digits+"%`, or `"+strconv.FormatFloat(100*f, 'g', 6, 64)+"%`", "a share needs its %%")
		case f < 0 || f > 100:
			p.errorf(to.Span, "write a share from `0%` to `100%`", "a share lies between 0%% and 100%%")
		default:
			to.Value = f / 100
			return
		}
		to.Broken = true
	}
}

// date returns a reader of a calendar date.
func (p *parser) date(to *Date) func(Entry) {
	return func(e Entry) {
		const example = "write a date such as `2015-12-28` or `2015-12-28 10:22:00`"
		to.Text = p.scalar(e, example)
		if to.Broken {
			return
		}
		layouts := []string{time.DateOnly, "2006-01-02 15:04", time.DateTime, "2006-01-02T15:04:05", time.RFC3339}
		for _, layout := range layouts {
			if t, err := time.Parse(layout, to.Text.Value); err == nil {
				to.Value = t.UTC()
				return
			}
		}
		p.errorf(to.Span, example, "%s is not a date of the calendar", source.Quote(to.Text.Value))
		to.Broken = true
	}
}
