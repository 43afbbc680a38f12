package mqtt

import "strings"

// ValidTopic reports whether a message can have the topic: no wildcards.
func ValidTopic(topic string) bool {
	return topic != "" && valid(topic) && !strings.ContainsAny(topic, "+#")
}

// ValidFilter reports whether a client can subscribe to it: + is a whole level, # too,
// and the last one.
func ValidFilter(filter string) bool {
	if filter == "" || !valid(filter) {
		return false
	}
	for rest, more := filter, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "/")
		if len(part) > 1 && strings.ContainsAny(part, "+#") || part == "#" && more {
			return false
		}
	}
	return true
}

// Match reports whether a filter takes a topic in. One that begins with a wildcard
// takes in none that begins with $, which are the broker's own.
func Match(filter, topic string) bool {
	if topic == "" || filter == "" || topic[0] == '$' && (filter[0] == '+' || filter[0] == '#') {
		return false
	}
	for {
		want, filters, moreFilter := strings.Cut(filter, "/")
		if want == "#" {
			return true
		}
		have, topics, moreTopic := strings.Cut(topic, "/")
		switch {
		case want != "+" && want != have:
			return false
		case !moreFilter:
			return !moreTopic
		case !moreTopic:
			return filters == "#" // sport/# takes in sport too
		}
		filter, topic = filters, topics
	}
}
