package expression

import (
	"sort"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser/lexer"
)

// span returns where a node stands in the text, brackets that belong to it
// included. expr keeps one token for each node, and none for brackets.
func (s *script) span(n ast.Node) (from, to int) {
	first, last := len(s.tokens), -1
	s.cover(n, &first, &last)
	if last < first {
		return 0, len(s.runes)
	}
	first, last = s.balance(first, last)
	return s.tokens[first].From, s.tokens[last].To
}

// cover widens the range of tokens to those of a node and its children.
func (s *script) cover(n ast.Node, first, last *int) {
	include := func(i int) {
		if i >= 0 && i < len(s.tokens) {
			*first, *last = min(*first, i), max(*last, i)
		}
	}
	if n == nil {
		return
	}
	own := s.tokenAt(n.Location().From)
	switch n := n.(type) {
	case *ast.ConditionalNode: // its location is the token after it
		s.coverAll(first, last, n.Cond, n.Exp1, n.Exp2)
		return
	case *ast.UnaryNode:
		s.cover(n.Node, first, last)
	case *ast.BinaryNode:
		s.coverAll(first, last, n.Left, n.Right)
	case *ast.MemberNode:
		s.coverAll(first, last, n.Node, n.Property)
	case *ast.CallNode:
		include(own + 1) // the opening bracket
		s.cover(n.Callee, first, last)
		s.coverAll(first, last, n.Arguments...)
	case *ast.ArrayNode:
		s.coverAll(first, last, n.Nodes...)
	case *ast.SliceNode:
		s.coverAll(first, last, n.Node, n.From, n.To)
	}
	include(own)
}

func (s *script) coverAll(first, last *int, nodes ...ast.Node) {
	for _, n := range nodes {
		s.cover(n, first, last)
	}
}

// tokenAt returns the index of the token that begins at a place, or -1.
func (s *script) tokenAt(from int) int {
	i := sort.Search(len(s.tokens), func(i int) bool { return s.tokens[i].From >= from })
	if i == len(s.tokens) || s.tokens[i].From != from {
		return -1
	}
	return i
}

// balance widens a range of tokens until its brackets match.
func (s *script) balance(first, last int) (int, int) {
	open, closed := 0, 0
	for i := first; i <= last; i++ {
		switch bracket(s.tokens[i]) {
		case 1:
			open++
		case -1:
			if open == 0 {
				closed++
			} else {
				open--
			}
		}
	}
	for open > 0 && last+1 < len(s.tokens) {
		last++
		open += bracket(s.tokens[last])
	}
	for closed > 0 && first > 0 {
		first--
		closed -= bracket(s.tokens[first])
	}
	return first, last
}

// bracket returns 1 for an opening bracket, -1 for a closing one, else 0.
func bracket(t lexer.Token) int {
	switch {
	case t.Is(lexer.Bracket, "(", "[", "{"):
		return 1
	case t.Is(lexer.Bracket, ")", "]", "}"):
		return -1
	default:
		return 0
	}
}
