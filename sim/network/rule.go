package network

import (
	"fmt"
	"slices"
	"strings"
)

// A speaker is who speaks or hears as rules see it: a device, in the zone from which
// it speaks or in which it hears.
type speaker struct{ device, zone string }

func (s speaker) among(names []string) bool {
	return len(names) == 0 || slices.Contains(names, s.device) || slices.Contains(names, s.zone)
}

// matches reports whether a rule is about an object of a request, which is empty
// where the request has none, and the function that asks for it.
func (r *Rule) matches(q *Request, from, to speaker, object string, f Function) bool {
	return r.Protocols.Admits(q.Protocol) && r.Verbs.Admits(q.Verb) && from.among(r.From) && to.among(r.To) &&
		(len(r.Functions) == 0 || slices.Contains(r.Functions, f)) &&
		(len(r.Objects) == 0 || object != "" && slices.ContainsFunc(r.Objects, func(p string) bool { return Match(p, object) }))
}

// verdict returns the rule that decides about an object of a request, or -1, and
// whether it may pass: all filters, one after the other.
func (c *Conduit) verdict(q *Request, from, to speaker, object string, f Function) (rule int, pass bool) {
	rule = -1
	for i := range c.Rules {
		switch r := &c.Rules[i]; {
		case r.Further && rule < 0 && i > 0:
			return -1, false // no rule of the filter before
		case r.Further:
			rule = -1
		}
		if rule < 0 && c.Rules[i].matches(q, from, to, object, f) {
			if rule = i; c.Rules[i].Deny {
				return rule, false
			}
		}
	}
	return rule, rule >= 0 || !c.Filtered && len(c.Rules) == 0
}

// stops says why a conduit does not let a request pass: as a whole, if one of its
// objects may not. It is empty where the request may.
func (c *Conduit) stops(q *Request, from, to speaker, bits map[string]bool) string {
	objects := q.Objects
	if len(objects) == 0 {
		objects = []string{""}
	}
	for _, object := range objects {
		f := q.Protocol.Function(q.Verb, bits[object], len(objects) == 1)
		rule, pass := c.verdict(q, from, to, object, f)
		if pass {
			continue
		}
		what := q.Verb.String()
		if object != "" {
			what += " " + object
		}
		if f != 0 && c.inspects() {
			what += " (" + q.Protocol.FunctionText(f) + ")"
		}
		if rule >= 0 {
			return fmt.Sprintf("conduit %s denies %s (rule %d: %s)", c.Name, what, rule+1, c.Rules[rule].Text)
		}
		return fmt.Sprintf("conduit %s has no rule that allows %s from %s to %s by %s", c.Name, what, q.claimed(), q.To, q.Protocol)
	}
	return ""
}

// inspects reports whether a rule of a conduit looks at functions.
func (c *Conduit) inspects() bool {
	return slices.ContainsFunc(c.Rules, func(r Rule) bool { return len(r.Functions) > 0 })
}

// Match reports whether a text is of a pattern, in which a star stands for any
// text, of any length.
func Match(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	last := len(parts) - 1
	if last == 0 {
		return pattern == text
	}
	if !strings.HasPrefix(text, parts[0]) {
		return false
	}
	text = text[len(parts[0]):]
	for _, part := range parts[1:last] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return strings.HasSuffix(text, parts[last])
}
