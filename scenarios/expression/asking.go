package expression

import (
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/signal"
)

// An Asker is a Resolver that answers questions about more than signals: what is known of
// people, how long messages take.
type Asker interface {
	// Ask returns the cell that is kept at the answer to a call, such as holders(resident[3]).
	Ask(call Call) (Symbol, error)
}

// A Keeper is a Resolver that keeps cells at the extreme of others, so that none of many is looked at each time
// that one of them changes.
type Keeper interface {
	// Extreme returns the cell that is kept at the greatest, or else the least, of so many side by side. It
	// returns false where these are not of that sort, or are few.
	Extreme(first signal.Slot, count int32, greatest bool) (signal.Slot, bool)
}

// A Call is a call of a function that an Asker answers. Arguments are names as they are
// written, and what stands in quotes.
type Call struct {
	Function  string
	Arguments []string
	// Quoted says of each argument that it stood in quotes.
	Quoted []bool
}

// Text returns the call as it is written.
func (c Call) Text() string {
	args := make([]string, len(c.Arguments))
	for i, a := range c.Arguments {
		if args[i] = a; c.Quoted[i] {
			args[i] = `"` + a + `"`
		}
	}
	return c.Function + "(" + strings.Join(args, ", ") + ")"
}

// An ArgumentError is what is wrong with one argument of a call.
type ArgumentError struct {
	Argument int
	Err      Error
}

// Error implements error.
func (e ArgumentError) Error() string { return e.Err.Message }

// asking are the functions that an Asker answers.
var asking = []procedure{
	{usage: "holders(person)", least: 1, most: 1, check: ask},
	{usage: "can_learn(who, person, attribute)", least: 3, most: 3, check: ask},
	{usage: "confidence(who, person, attribute)", least: 3, most: 3, check: ask},
	{usage: "k_anonymity(store)", least: 1, most: 1, check: ask},
	{usage: "l_diversity(store, attribute)", least: 2, most: 2, check: ask},
	{usage: "t_closeness(store, attribute)", least: 2, most: 2, check: ask},
	{usage: "unique_share(store)", least: 1, most: 1, check: ask},
	{usage: "unicity(store, points)", least: 2, most: 2, check: ask},
	{usage: "kept_after_erasure(\"30 d\", \"60 d\")", least: 1, most: 2, check: ask},
	{usage: "collected_after_opt_out(\"1 d\")", least: 1, most: 1, check: ask},
	{usage: "unanswered(\"30 d\", \"60 d\")", least: 1, most: 2, check: ask},
	{usage: "stolen(store)", least: 1, most: 1, check: ask},
	{usage: "unnotified(\"72 h\")", least: 1, most: 1, check: ask},
	{usage: "p50(x)", least: 1, most: 1, check: ask},
	{usage: "p90(x)", least: 1, most: 1, check: ask},
	{usage: "p95(x)", least: 1, most: 1, check: ask},
	{usage: "p99(x)", least: 1, most: 1, check: ask},
	{usage: "p999(x)", least: 1, most: 1, check: ask},
	{usage: "mean_delay(x)", least: 1, most: 1, check: ask},
	{usage: "utilisation(x)", least: 1, most: 1, check: ask},
	{usage: "backlog(x)", least: 1, most: 1, check: ask},
	{usage: "lost(x)", least: 1, most: 1, check: ask},
	{usage: "oldest(x)", least: 1, most: 1, check: ask},
	{usage: "airtime(device)", least: 1, most: 1, check: ask},
	{usage: "duty(device)", least: 1, most: 1, check: ask},
	{usage: "battery(device)", least: 1, most: 1, check: ask},
}

// ask checks a call that an Asker answers.
func ask(c *checker, n *ast.CallNode, _ []string) *term {
	call := Call{Function: n.Callee.(*ast.IdentifierNode).Value}
	asker, ok := c.resolver.(Asker)
	if !ok {
		return c.fail(n, "ask it in an invariant, or in a `when:` of the timeline", "`%s` is about the whole system, which is not seen here", call.Function)
	}
	for _, arg := range n.Arguments {
		if text, quoted := arg.(*ast.StringNode); quoted {
			call.Arguments, call.Quoted = append(call.Arguments, text.Value), append(call.Quoted, true)
			continue
		}
		switch number := arg.(type) {
		case *ast.IntegerNode, *ast.FloatNode:
			if whole, ok := number.(*ast.IntegerNode); ok && call.Function == "unicity" && len(call.Arguments) == 1 {
				call.Arguments, call.Quoted = append(call.Arguments, strconv.Itoa(whole.Value)), append(call.Quoted, false)
				continue
			}
			return c.fail(arg, "write a time such as `\"30 d\"`, a name as it is", "a bare number says nothing here: times stand in quotes")
		}
		path, ok := c.path(arg)
		if !ok {
			return brokenTerm
		}
		call.Arguments, call.Quoted = append(call.Arguments, path), append(call.Quoted, false)
	}
	s, err := asker.Ask(call)
	if wrong, ok := err.(ArgumentError); ok {
		return c.unresolved(n.Arguments[wrong.Argument], wrong.Err)
	}
	if err != nil {
		return c.unresolved(n, err)
	}
	return c.symbol(n, call.Text(), s)
}
