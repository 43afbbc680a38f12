package compile

import (
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
)

// functions compiles what a rule says of functions of Modbus, or of services of CIP.
func (b *builder) functions(r *syntax.FilterRule, rule *network.Rule) {
	for _, part := range []struct {
		of   network.Protocol
		list []syntax.Text
	}{{network.Modbus, r.Functions}, {network.EtherNetIP, r.Services}} {
		if len(part.list) == 0 {
			continue
		}
		word := part.of.FunctionWord()
		if subject := r.Subject(); subject.Usable() && subject.Value != part.of.String() {
			fix := "write `" + part.of.String() + "` in place of " + subject.Value + ", or leave `" + word + "` out"
			b.Errorf(part.list[0].Span, fix, "a %s belongs to %s, and this rule is about %s", word, part.of, subject.Value)
			continue
		}
		rule.Text += " " + word + " " + texts(part.list)
		for _, t := range part.list {
			if f, ok := b.function(part.of, t); ok {
				rule.Functions = append(rule.Functions, f)
			}
		}
	}
}

// unseen warns of a rule about the functions of messages that are encrypted: the run
// goes by it, but no firewall could look into them.
func (b *builder) unseen(r *syntax.FilterRule, hearers []string) {
	of, list := network.Modbus, r.Functions
	if len(list) == 0 {
		of, list = network.EtherNetIP, r.Services
	}
	if len(list) == 0 {
		return
	}
	for _, id := range hearers {
		if d := b.byName[id]; d != nil && b.speaks(id) == of && d.spec.Security.Value == network.Encrypt.String() {
			b.Warnf(list[0].Span, "let a check of "+id+" decide (authorise), or write `security: sign` there",
				"%s encrypts what it is told, so that no firewall could see a %s in it: the run goes by this rule all the same", id, of.FunctionWord())
		}
	}
}

// numbers are how functions are numbered. (In a file a hexadecimal number is a text.)
var numbers = map[network.Protocol]string{network.Modbus: "1 to 127", network.EtherNetIP: "such as \"0x4D\""}

// function reads a function of a protocol, by name or number.
func (b *builder) function(p network.Protocol, t syntax.Text) (network.Function, bool) {
	if !t.Usable() {
		return 0, false
	}
	f, ok := p.ParseFunction(t.Value)
	if !ok {
		names := p.FunctionNames()
		b.Errorf(t.Span, "write its number, "+numbers[p]+", or one of "+strings.Join(names, ", "),
			"%s has no %s %s%s", p, p.FunctionWord(), source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
	return f, ok
}
