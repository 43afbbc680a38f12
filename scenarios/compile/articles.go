package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/data"
)

// articles are those of the GDPR that questions about people are about, for whoever reads a
// report: no advice, and not all that may apply.
var articles = map[data.QuestionKind]string{
	data.HoldersOf:        "Art. 5(1)(c)",
	data.KeptAfterErasure: "Art. 17(1), 12(3)",
	data.Unanswered:       "Art. 15, 12(3)",
	data.StolenFrom:       "Art. 32, 33",
	data.Unnotified:       "Art. 33(1)",
	data.Confidence:       "Art. 5(1)(b), 25",
	data.CanLearn:         "Art. 5(1)(b), 25",
	data.KAnonymity:       "Recital 26",
	data.LDiversity:       "Recital 26",
	data.TCloseness:       "Recital 26",
	data.UniqueShare:      "Recital 26",
	data.Unicity:          "Recital 26",
}

// article is the article that an invariant is about: as it says, else by what it asks.
func (b *builder) article(i syntax.Invariant) string {
	if i.Article.Usable() {
		return i.Article.Value
	}
	var list []string
	for _, kind := range b.asked {
		a := articles[kind]
		if kind == data.CollectedAfterOptOut {
			a = b.stopping()
		}
		if a != "" && !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "GDPR " + strings.Join(list, "; ")
}

// stopping are the articles by which people of the file ask that no more is taken: withdrawal is Art. 7(3),
// objection 21(1), and an opt-out both, and that of direct marketing.
func (b *builder) stopping() string {
	asked := func(r data.Right) bool {
		return slices.ContainsFunc(b.file.Timeline, func(s syntax.Step) bool {
			return s.Kind.Value == "ask" && slices.ContainsFunc(s.Params, func(e syntax.Entry) bool { return e.Key.Value == "right" && e.Value.Text.Value == r.String() })
		})
	}
	withdraws, objects := asked(data.Withdrawal), asked(data.Objection)
	switch all := asked(data.OptOut); {
	case objects && all:
		return "Art. 7(3), 21(1), 21(3)"
	case objects && withdraws:
		return "Art. 7(3), 21(1)"
	case objects:
		return "Art. 21(1)"
	case withdraws && !all:
		return "Art. 7(3)"
	}
	return "Art. 7(3), 21(3)"
}
