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
// where the request has none.
func (r *Rule) matches(q *Request, from, to speaker, object string) bool {
	return r.Protocols.Admits(q.Protocol) && r.Verbs.Admits(q.Verb) && from.among(r.From) && to.among(r.To) &&
		(len(r.Objects) == 0 || object != "" && slices.ContainsFunc(r.Objects, func(p string) bool { return Match(p, object) }))
}

// verdict returns the rule that decides about an object of a request, or -1, and
// whether it may pass.
func (c *Conduit) verdict(q *Request, from, to speaker, object string) (rule int, pass bool) {
	for i := range c.Rules {
		if c.Rules[i].matches(q, from, to, object) {
			return i, !c.Rules[i].Deny
		}
	}
	return -1, !c.Filtered && len(c.Rules) == 0
}

// stops says why a conduit does not let a request pass: as a whole, if one of its
// objects may not. It is empty where the request may.
func (c *Conduit) stops(q *Request, from, to speaker) string {
	objects := q.Objects
	if len(objects) == 0 {
		objects = []string{""}
	}
	for _, object := range objects {
		rule, pass := c.verdict(q, from, to, object)
		if pass {
			continue
		}
		what := q.Verb.String()
		if object != "" {
			what += " " + object
		}
		if rule >= 0 {
			return fmt.Sprintf("conduit %s denies %s (rule %d: %s)", c.Name, what, rule+1, c.Rules[rule].Text)
		}
		return fmt.Sprintf("conduit %s has no rule that allows %s from %s to %s by %s", c.Name, what, q.claimed(), q.To, q.Protocol)
	}
	return ""
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
