package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// maxCredentials is how many a system can have: a set of them is a number.
// Its last bit is the signature of MeasureAuthenticate.
const maxCredentials = 63

// defaultGuesses is how many guesses a password takes on average where nothing is
// said: half of a list of 10 000 common ones.
const defaultGuesses = 5000

// credentials numbers the credentials and notes who holds them.
func (b *builder) credentials() {
	b.holdings, b.secrets = map[string]uint64{}, map[string]int{}
	list := b.file.System.Credentials
	b.sys.Credentials = b.secretNames()
	holders := b.holders()
	for i := range list {
		c := &list[i]
		if i == maxCredentials {
			b.Errorf(c.Name.Span, "let devices that hold the same ones share a name", "a system has at most %d credentials", maxCredentials)
			break
		}
		b.secrets[c.Name.Value] = i
		held := b.holdings
		if b.removed[c.Name.Value] {
			b.gone |= 1 << i
			held = b.lost
		}
		for _, h := range c.HeldBy {
			if h.Usable() && !slices.Contains(holders, h.Value) {
				b.missing(h, nothingNamed("device and no person", h.Value, holders, "declare it"))
			}
			held[h.Value] |= 1 << i
		}
		if len(c.HeldBy) == 0 && !c.Name.Broken {
			b.Errorf(c.Name.Span, "add `held_by: ["+b.likelyHolder(c.Name.Value, holders)+"]`, or who else has it; or leave the credential out", "nobody holds %s: nothing that asks for it can ever pass", c.Name.Value)
		}
		if c.Guesses.Present() && c.Kind.Value == "key" {
			b.Errorf(c.Guesses.Span, "leave it out, or write `kind: password`", "a key cannot be guessed")
		}
	}
}

// ownSecrets is the credentials that somebody holds and none of the others does.
func (b *builder) ownSecrets(holder string, others []syntax.Text) uint64 {
	own := b.holdings[holder]
	for _, o := range others {
		if o.Value != holder {
			own &^= b.holdings[o.Value]
		}
	}
	return own
}

// likelyHolder is who could hold a credential: the one that it is named after.
func (b *builder) likelyHolder(name string, holders []string) string {
	for _, h := range holders {
		if strings.HasPrefix(name, h) {
			return h
		}
	}
	if len(holders) == 0 {
		return "hmi"
	}
	return holders[len(holders)-1]
}

// holders are who can hold a credential.
func (b *builder) holders() (names []string) {
	for _, d := range b.file.System.Devices {
		names = append(names, d.Name.Value)
	}
	for _, p := range b.file.System.People {
		names = append(names, p.Name.Value)
	}
	return names
}

// secretsOf returns the set of credentials that are named.
func (b *builder) secretsOf(list []syntax.Text) (set uint64) {
	for _, t := range list {
		if !t.Usable() {
			continue
		}
		if i, ok := b.secrets[t.Value]; ok {
			set |= 1 << i
			continue
		}
		names := b.secretNames()
		if t.Value == "true" || t.Value == "false" {
			b.Errorf(t.Span, choice("the credentials are", names, "declare one under system: `credentials: {a_password: {held_by: ["+b.likelyHolder("", b.holders())+"]}}`"),
				"credentials are named here, not %s", t.Value)
			continue
		}
		b.Errorf(t.Span, choice("the credentials are", names, "declare it under system: `credentials: {"+t.Value+": {held_by: ["+b.likelyHolder(t.Value, b.holders())+"]}}`"),
			"there is no credential %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, names))
	}
	return set
}

// secretsNamed is secretsOf without a word about those that there are not.
func (b *builder) secretsNamed(list []syntax.Text) (set uint64) {
	for _, t := range list {
		if i, ok := b.secrets[t.Value]; ok {
			set |= 1 << i
		}
	}
	return set
}

func (b *builder) secretNames() (names []string) {
	for i, c := range b.file.System.Credentials {
		if i < maxCredentials {
			names = append(names, c.Name.Value)
		}
	}
	return names
}

// exposed is the passwords that a device asks for in messages: who hears these
// learns them. A key stays where it is; it only signs.
func (b *builder) exposed(d *dev) (set uint64) {
	asked := uint64(0)
	for i := range d.spec.Checks {
		if c := &d.spec.Checks[i]; c.Kind.Value == "authenticate" && !b.isOff(d, i) {
			asked |= b.secretsIn(c.Value)
		}
	}
	b.anySecret(asked, func(c *syntax.Credential) bool {
		if c.Kind.Value == "password" {
			set |= 1 << b.secrets[c.Name.Value]
		}
		return false
	})
	return set
}

// secretsIn is the set of credentials that a value names, one or a list, without a
// word about those that there are not.
func (b *builder) secretsIn(v syntax.Value) (set uint64) {
	for _, item := range append([]syntax.Value{v}, v.Items...) {
		if i, ok := b.secrets[item.Text.Value]; ok {
			set |= 1 << i
		}
	}
	return set
}
