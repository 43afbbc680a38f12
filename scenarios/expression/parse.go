package expression

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/parser/lexer"
)

// Limits: a scenario file is untrusted input. expr's parser is recursive and
// overflows the stack on megabytes of brackets, so they are checked before it.
const (
	maxBytes = 4096
	maxDepth = 64
	maxNodes = 2000
)

// A script is the text of an expression and what expr made of it.
type script struct {
	text   string
	timed  bool // temporal operators may stand in it
	runes  []rune
	tokens []lexer.Token // without the end of file
	node   ast.Node
}

// parse reads the text into a tree. Whatever expr's lexer and parser do with it,
// it does not panic.
func (s *script) parse() (mistake *Error) {
	defer func() {
		if p := recover(); p != nil {
			mistake = &Error{Width: max(len(s.runes), 1), Message: "the expression cannot be read", Fix: "write it in a simpler way"}
		}
	}()
	if len(s.text) > maxBytes {
		return &Error{
			Message: fmt.Sprintf("the expression has %d bytes; %d is the limit", len(s.text), maxBytes),
			Fix:     "give parts of it a name: computed signals of a custom device (`value:`)",
		}
	}
	s.runes = []rune(s.text)
	if mistake := s.scan(); mistake != nil {
		return mistake
	}
	if mistake := s.screen(); mistake != nil {
		return mistake
	}
	return s.build()
}

// scan splits the text into tokens.
func (s *script) scan() *Error {
	lex := lexer.New()
	lex.DisableIfOperator = true
	lex.Reset(file.NewSource(s.text))
	for {
		token, err := lex.Next()
		if err != nil {
			return s.lexical(err)
		}
		if token.Is(lexer.EOF) {
			break
		}
		s.tokens = append(s.tokens, token)
	}
	if len(s.tokens) == 0 && s.comment(0, len(s.runes)) < 0 {
		return &Error{Width: 1, Message: "an expression is missing", Fix: "write one, such as `tower.level < 3.5`"}
	}
	return nil
}

// build parses the tokens into the tree. All of expr's functions are
// overridden, so that a call is parsed as a call whatever its name.
func (s *script) build() *Error {
	config := &conf.Config{
		MaxNodes:          maxNodes,
		Functions:         overridden,
		DisableIfOperator: true,
	}
	tree, err := parser.ParseWithConfig(s.text, config)
	if err != nil {
		return s.syntactic(err)
	}
	s.node = tree.Node
	return nil
}

// overridden are the names of expr's functions.
var overridden = func() conf.FunctionsTable {
	table := conf.FunctionsTable{}
	for _, f := range builtin.Builtins {
		table[f.Name] = f
	}
	return table
}()

// comment returns where other than blanks stand between two places outside the
// tokens, which is what expr drops as a comment, or -1.
func (s *script) comment(from, to int) int {
	for i := from; i < to; i++ {
		if !isSpace(s.runes[i]) {
			return i
		}
	}
	return -1
}

// slice returns the text between two places.
func (s *script) slice(from, to int) string {
	from, to = min(max(from, 0), len(s.runes)), min(max(to, 0), len(s.runes))
	return string(s.runes[from:max(from, to)])
}

func isSpace(r rune) bool  { return unicode.IsSpace(r) }
func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) || r == utf8.RuneError }

// reserved are the words that cannot be a name.
var reserved = map[string]bool{
	"true": true, "false": true, "nil": true, "and": true, "or": true, "not": true, "in": true,
	"if": true, "else": true, "let": true, "matches": true, "contains": true, "startsWith": true, "endsWith": true,
	"time": true, "message": true,
}

// Reserved reports whether a word means something in expressions, so that no
// device, signal or zone can have it as a name.
func Reserved(word string) bool { return reserved[word] }
