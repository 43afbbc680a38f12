package syntax

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/harmproof/harmproof/scenarios/source"
)

// A reader turns nodes of YAML into values.
type reader struct {
	file     *source.File
	problems *source.Problems
	draft    *draft
	cursor   source.Cursor
	nodes    int
}

// value turns a node into a value. Flow says that it stands between brackets or
// braces.
func (r *reader) value(n *yaml.Node, flow bool) Value {
	r.nodes++
	at := r.span(n)
	switch {
	case r.nodes > maxNodes || len(*r.problems) > maxProblems:
		return broken(at)
	case n.Kind == yaml.AliasNode:
		r.anchor(at)
		return broken(at)
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		r.problems.Add(tagProblem(at, r.raw(n, flow)))
		return broken(at)
	}
	if n.Anchor != "" {
		r.anchor(at)
	}
	flow = flow || n.Style&yaml.FlowStyle != 0
	switch n.Kind {
	case yaml.ScalarNode:
		return r.scalar(n, at, flow)
	case yaml.SequenceNode:
		return r.list(n, at, flow)
	case yaml.MappingNode:
		return r.mapping(n, at, flow)
	default:
		return broken(at)
	}
}

// anchor reports an anchor or alias, once.
func (r *reader) anchor(at source.Span) {
	if !r.draft.anchors {
		r.problems.Add(anchorProblem(at))
	}
	r.draft.anchors = true
}

// list turns a sequence into a list.
func (r *reader) list(n *yaml.Node, at source.Span, flow bool) Value {
	v := Value{Shape: List, Text: Text{Span: at}, Items: make([]Value, 0, len(n.Content))}
	for i := 0; i < len(n.Content); i++ {
		item := n.Content[i]
		cut := 0
		if flow {
			cut = split(item, func(j int) (*yaml.Node, bool) {
				if i+1+j >= len(n.Content) {
					return nil, false
				}
				return n.Content[i+1+j], true
			})
		}
		switch {
		case cut > 0:
			r.comma("", item, n.Content[i+cut])
			v.Items = append(v.Items, broken(r.span(item)))
			i += cut
		case isNothing(item):
			r.emptyItem(item)
			v.Items = append(v.Items, broken(r.span(item)))
		default:
			v.Items = append(v.Items, r.value(item, flow))
		}
	}
	return v
}

// emptyItem reports a dash with nothing after it.
func (r *reader) emptyItem(n *yaml.Node) {
	at := r.span(n)
	if at.Column > 1 && !r.draft.hollow(at.Line) {
		at.Column--
		r.problems.Errorf(at, "write the item, or remove the line", "this item of the list is empty")
	}
}

// mapping turns a mapping into a map.
func (r *reader) mapping(n *yaml.Node, at source.Span, flow bool) Value {
	v := Value{Shape: Map, Text: Text{Span: at}, Entries: make([]Entry, 0, len(n.Content)/2)}
	seen := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, val := n.Content[i], n.Content[i+1]
		key, ok := r.key(k, flow)
		if !ok {
			return broken(at)
		}
		cut := 0
		if flow {
			cut = split(val, func(j int) (*yaml.Node, bool) {
				if i+2+2*j >= len(n.Content) {
					return nil, false
				}
				return n.Content[i+2+2*j], true
			})
		}
		first, twice := seen[key.Value]
		switch {
		case key.Broken:
		case twice:
			where := fmt.Sprintf("in lines %d and %d", first, key.Span.Line)
			if first == key.Span.Line {
				where = "in this line"
			}
			r.problems.Errorf(key.Span, "keep one of them", "%s is written twice, %s", source.Quote(key.Value), where)
		case cut > 0:
			r.comma(key.Value, val, n.Content[i+2*cut])
			v.Entries = append(v.Entries, Entry{key, broken(r.span(val))})
			i += 2 * cut
		case flow && isNothing(val) && r.glued(&key), !flow && r.merged(&key):
			seen[key.Value] = key.Span.Line
			v.Entries = append(v.Entries, Entry{key, broken(key.Span)})
		default:
			seen[key.Value] = key.Span.Line
			v.Entries = append(v.Entries, Entry{key, r.entry(key, val, flow)})
		}
	}
	return v
}

// key reads a key. It returns false if the whole map is something else.
func (r *reader) key(k *yaml.Node, flow bool) (Text, bool) {
	at := r.span(k)
	quoted := k.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
	text := Text{Value: k.Value, Span: at, Quoted: quoted, Broken: true}
	switch {
	case k.Kind == yaml.MappingNode && flow:
		r.problems.Errorf(at, "an expression stands as it is, without braces: `always: a < 3`",
			"braces in braces are not a key")
		return text, false
	case k.Kind == yaml.AliasNode, k.Value == "<<" && !text.Quoted:
		r.anchor(at)
		return text, false
	case k.Kind != yaml.ScalarNode:
		r.problems.Errorf(at, "write `key: value`", "a key is a single word")
		return text, false
	case k.Style&yaml.TaggedStyle != 0 || k.Tag == "!":
		r.problems.Add(tagProblem(at, r.raw(k, flow)))
	case isNothing(k):
		r.problems.Errorf(at, "write `key: value`", "a key is missing before the colon")
	default:
		if k.Anchor != "" {
			r.anchor(at)
		}
		text.Broken = false
	}
	r.nodes++
	return text, true
}

// entry reads what stands after a key.
func (r *reader) entry(key Text, n *yaml.Node, flow bool) Value {
	if !isNothing(n) {
		return r.value(n, flow)
	}
	switch {
	case r.draft.hollow(key.Span.Line) || len(*r.problems) > maxProblems:
	case r.comment(key):
		r.problems.Errorf(key.Span, "a `#` begins a comment; put the value in quotes if it is one",
			"nothing is written after %s", source.Quote(key.Value+":"))
	case flow && r.noColon(key):
		r.problems.Errorf(key.Span, "write `"+key.Value+": ` and its value; a value with a comma needs quotes",
			"%s has no value", source.Quote(key.Value))
	default:
		r.problems.Errorf(key.Span, "write a value after the colon, or below it, indented; or remove the line",
			"nothing is written after %s", source.Quote(key.Value+":"))
	}
	return broken(key.Span)
}

// glued reports `key:value` between braces, where the blank after the colon is
// missing, and cuts the key down to what it should be.
func (r *reader) glued(key *Text) bool {
	name, value, ok := strings.Cut(key.Value, ":")
	if !ok || key.Quoted || name == "" || !r.noColon(*key) {
		return false
	}
	r.problems.Errorf(key.Span, write(name+": "+value, "write a blank after the colon"),
		"a blank is missing after the colon of %s", source.Quote(name))
	key.Value = name
	return true
}

// merged reports `key {a: b}` and `key:{a: b}`, where YAML takes all up to the
// inner colon for the key, and cuts the key down to what it should be.
func (r *reader) merged(key *Text) bool {
	if key.Quoted || !strings.ContainsAny(key.Value, "{[=") {
		return false
	}
	k, ok := almostKeyed(withoutComment(r.line(key.Span.Pos)))
	if !ok || k.value == "" {
		return false
	}
	r.problems.Errorf(key.Span, write(k.key+": "+k.value, "write `key: value`"),
		"a colon with a blank is missing after %s", source.Quote(k.key))
	key.Value = k.key
	return true
}

// comment reports whether a comment follows the colon of a key.
func (r *reader) comment(key Text) bool {
	after := r.after(key)
	return len(after) > 0 && after[0] == ':' && bytes.HasPrefix(bytes.TrimLeft(after[1:], " \t"), []byte("#"))
}

// noColon reports whether a key stands without a colon.
func (r *reader) noColon(key Text) bool {
	after := r.after(key)
	return len(after) == 0 || after[0] != ':'
}

// after returns what follows a key, without blanks.
func (r *reader) after(key Text) []byte {
	cursor := r.cursor
	rest := cursor.Rest(source.Pos{Line: key.Span.Line, Column: key.Span.Column + key.Span.Width})
	return bytes.TrimLeft(rest, " \t")
}

// comma reports an expression that YAML split at a comma.
func (r *reader) comma(key string, from, to *yaml.Node) {
	at, end := r.span(from), r.span(to)
	value := from.Value + ", " + to.Value
	if at.Line == end.Line {
		at.Width = end.Column + end.Width - at.Column
		runes := []rune(r.line(at.Pos))
		value = string(runes[:min(at.Width, len(runes))])
	}
	r.problems.Errorf(at, quoteIt(key, value), "inside brackets or braces YAML splits this at the comma")
}

// raw returns a scalar as it is written, with what stands before it (a tag).
func (r *reader) raw(n *yaml.Node, flow bool) string {
	line := withoutComment(r.line(source.Pos{Line: n.Line, Column: n.Column}))
	if flow {
		runes := []rune(line)
		from, to := piece(runes, 0, 1)
		line = strings.TrimSpace(string(runes[from:to]))
	}
	return line
}

// line returns the rest of a line from a position on.
func (r *reader) line(at source.Pos) string {
	rest := r.cursor.Rest(at)
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return string(bytes.TrimRight(rest, "\r"))
}

// span returns where a node is written. A list or map has the width of its
// first character.
func (r *reader) span(n *yaml.Node) source.Span {
	at := r.file.Span(n.Line, n.Column, 1)
	if n.Kind != yaml.ScalarNode {
		return at
	}
	rest := r.cursor.Rest(at.Pos)
	quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
	if !quoted && len(n.Value) > 0 && bytes.HasPrefix(rest, []byte(n.Value)) {
		at.Width = utf8.RuneCountInString(n.Value)
		return at
	}
	if quoted {
		if at.Width = quotedWidth(rest); at.Width > 0 {
			return at
		}
	}
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	at.Width = utf8.RuneCount(bytes.TrimRight(rest, " \t\r"))
	return at
}

// quotedWidth returns the width of the quoted text that a line begins with, 0 if
// it does not end there.
func quotedWidth(text []byte) int {
	for i := 1; i < len(text) && text[i] != '\n'; i++ {
		switch {
		case text[i] == '\\' && text[0] == '"':
			i++
		case text[i] == text[0] && text[0] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == text[0]:
			return utf8.RuneCount(text[:i+1])
		}
	}
	return 0
}

// isNothing reports whether a node stands for a value that is not written.
func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Tag == "!!null" && n.Style == 0 && n.Anchor == ""
}
