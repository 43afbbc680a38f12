package mqtt

import "strings"

// An Access is what a rule of an access list lets a client do, or what it wants to.
type Access byte

// What can be done with a topic.
const (
	Deny      Access = 0
	Read      Access = 1 // have it delivered
	Write     Access = 2 // publish it
	ReadWrite Access = Read | Write
)

// A Rule is a line of mosquitto's access list.
type Rule struct {
	// User is whom it is about; "" is clients without a name. It does not matter to a
	// Pattern.
	User string
	// Pattern says that it is about everybody, and that %c and %u stand for the client
	// and the user.
	Pattern bool
	Access  Access
	Topics  string // a filter
}

// A Client is who asks.
type Client struct{ ID, User string }

// Allows reports whether an access list lets a client read (or write) a topic. As in
// mosquitto: the rules of the user first, then the patterns; in both what denies before
// what allows; and what no rule is about is denied. Where there is no list, don't ask.
func Allows(rules []Rule, c Client, want Access, topic string) bool {
	for _, pattern := range []bool{false, true} {
		if pattern && strings.ContainsAny(c.ID+c.User, "+#") {
			return false // a name must not become a wildcard
		}
		granted := false
		for _, r := range rules {
			if r.Pattern != pattern || !pattern && r.User != c.User || !r.about(c, topic) {
				continue
			}
			if r.Access == Deny {
				return false
			}
			granted = granted || r.Access&want != 0
		}
		if granted {
			return true
		}
	}
	return false
}

// about reports whether a rule is about a topic.
func (r *Rule) about(c Client, topic string) bool {
	filter := r.Topics
	if r.Pattern {
		if c.User == "" && strings.Contains(filter, "%u") {
			return false
		}
		filter = strings.NewReplacer("%c", c.ID, "%u", c.User).Replace(filter)
	}
	return Match(filter, topic)
}
