package device

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Parse reads a parameter's value as written in a scenario and checks its type,
// unit and range. The error is cause and next step in one line each.
func (p *Parameter) Parse(text string) (any, error) {
	switch p.Type {
	case BoolParameter:
		switch text {
		case "true", "false":
			return text == "true", nil
		}
		return nil, p.wrong(fmt.Sprintf("%q is neither true nor false", text), "write true or false")
	case IntParameter:
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, p.wrong(fmt.Sprintf("%q is not a whole number", text), "write a number such as 4")
		}
		return n, p.inRange(float64(n))
	case TextParameter:
		if len(p.Choices) > 0 && !slices.Contains(p.Choices, text) {
			return nil, p.wrong(fmt.Sprintf("there is no choice %q%s", text, p.source()), "write one of "+strings.Join(p.Choices, ", "))
		}
		return text, nil
	case DurationParameter:
		d, err := vtime.ParseDuration(text)
		if err != nil {
			return nil, p.noDuration(text, err)
		}
		return d, p.inRange(vtime.Seconds(d))
	}
	return p.number(text)
}

func (p *Parameter) noDuration(text string, err error) error {
	switch {
	case strings.HasPrefix(err.Error(), "that is longer"):
		return p.wrong(p.Name+" is too long: "+err.Error(), "write a shorter one")
	case strings.HasPrefix(text, "-"):
		return p.wrong(p.Name+" cannot be negative", "write a duration such as 200ms, 5s or 3m50s")
	}
	return p.wrong(fmt.Sprintf("%q is not a duration", text), "write it such as 200ms, 5s or 3m50s")
}

func (p *Parameter) number(text string) (any, error) {
	q, err := unit.ParseQuantity(text)
	switch {
	case errors.Is(err, unit.ErrTooCold):
		return nil, p.tooCold()
	case err != nil:
		return nil, p.wrong(err.Error(), p.meant(text, err))
	}
	if q.Unit.Symbol == "" && !p.Unit.Pure() {
		return nil, p.wrong(fmt.Sprintf("%s needs its unit", p.Name), p.howTo(text))
	}
	if !q.Unit.SameDim(p.Unit) {
		return nil, p.wrong(fmt.Sprintf("%s is %s, but %s is wanted", text, q.Unit.Noun(), p.Unit.Noun()), p.howTo("4"))
	}
	if math.IsNaN(q.Value) || math.IsInf(q.Value, 0) {
		return nil, p.wrong("a parameter must be finite", p.howTo("4"))
	}
	return q.Value, p.inRange(q.Value)
}

// howTo shows the number with the units that fit.
func (p *Parameter) howTo(number string) string {
	if p.Unit.Pure() {
		return "write a pure number such as 0.5"
	}
	symbols := unit.Examples(p.Unit.Dim)
	if p.Unit.Symbol != "" {
		symbols = slices.DeleteFunc(slices.Clone(symbols), func(s string) bool { return s == p.Unit.Symbol })
		symbols = append([]string{p.Unit.Symbol}, symbols...)
	}
	if len(symbols) == 1 {
		return fmt.Sprintf("write `%s %s`", number, symbols[0])
	}
	return fmt.Sprintf("write `%s %s` (or %s)", number, symbols[0], strings.Join(symbols[1:min(len(symbols), 5)], ", "))
}

// meant shows the number with the unit that was meant, where it can be known, and else another.
func (p *Parameter) meant(text string, err error) string {
	var u *unit.UnknownError
	if !errors.As(err, &u) {
		return p.howTo("4")
	}
	number := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), u.In))
	for _, near := range u.Near {
		symbol := strings.Replace(u.In, u.Symbol, near, 1)
		if is, err := unit.Parse(symbol); err == nil && is.SameDim(p.Unit) {
			return "write `" + number + " " + symbol + "`"
		}
	}
	return p.howTo(number)
}

// inRange checks a value in SI (seconds for a duration).
func (p *Parameter) inRange(x float64) error {
	if p.Unit.Offset != 0 && x < 0 {
		return p.tooCold()
	}
	if least, ok := p.bound(p.Min); ok && (x < least || p.Above && x <= least) {
		relation, because := "at least", p.source()
		if p.Above {
			relation = "above"
		}
		if least == 0 {
			because = "" // as is known
		}
		return p.wrong(fmt.Sprintf("%s must be %s %s%s", p.Name, relation, p.Min, because), "give a greater one")
	}
	if most, ok := p.bound(p.Max); ok && x > most {
		return p.wrong(fmt.Sprintf("%s must be at most %s%s", p.Name, p.Max, p.source()), "give a smaller one")
	}
	return nil
}

// source is where the bounds come from, in brackets.
func (p *Parameter) source() string {
	if p.Why == "" {
		return ""
	}
	return " (" + p.Why + ")"
}

func (p *Parameter) tooCold() error {
	return p.wrong(p.Name+" must be at least absolute zero, 0 K = -273.15 degC", "give a greater one")
}

func (p *Parameter) bound(text string) (float64, bool) {
	if text == "" {
		return 0, false
	}
	if p.Type == DurationParameter {
		d, err := vtime.ParseDuration(text)
		return vtime.Seconds(d), err == nil
	}
	q, err := unit.ParseQuantity(text)
	return q.Value, err == nil
}

// An Advice is an error with its next step.
type Advice struct{ Cause, Fix string }

// Error implements error.
func (a *Advice) Error() string { return a.Cause + "; " + a.Fix }

func (p *Parameter) wrong(cause, fix string) error { return &Advice{cause, fix} }

// AdviceOf returns the cause and the next step of an error.
func AdviceOf(err error) (cause, fix string) {
	var a *Advice
	if errors.As(err, &a) {
		return a.Cause, a.Fix
	}
	return err.Error(), ""
}

// UnitOf reads a parameter that names the unit in which a signal is written and
// shown; it must be of the same dimension as like.
func UnitOf(parameter, symbol string, like unit.Unit) (unit.Unit, error) {
	if symbol == "" {
		return like, nil
	}
	u, err := unit.Parse(symbol)
	if err != nil || !u.SameDim(like) {
		return like, Invalid(parameter, "must be a unit of %s, such as %s", like.Dim.Noun(), strings.Join(unit.Examples(like.Dim), ", "))
	}
	return u, nil
}
