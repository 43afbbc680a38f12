package main

import (
	"errors"
	"fmt"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A question is what is to be explained: an invariant, or one of those that follow people and hazards;
// of harm that came several times, which one.
type question struct {
	invariant string
	spell     *sim.Spell
}

// readAt reads when the harm came that is asked for, where that is said, and sees to it that it is harm
// that is asked for.
func (k *asker) readAt(p *sim.Plan, wanted string) error {
	if k.flags.at == "" {
		return nil
	}
	at, err := vtime.ParseDuration(k.flags.at)
	if err != nil {
		return fmt.Errorf("--at: %w", err)
	}
	if at < 0 {
		return fmt.Errorf("--at is %s, before the start; give a time of the run, such as 9h", source.Quote(k.flags.at))
	}
	if _, _, err := p.PersonOf(wanted); err != nil || exists(p, wanted) == nil {
		return errors.New("--at picks one of several times that a person was harmed: name a person, or one and an exposure (anna, anna.contact)")
	}
	k.at = vtime.Time(at)
	return nil
}

// harm asks for the worst harm that came to a person, by any exposure or by one, or for that which came
// at the time that is said.
func (k *asker) harm(r *sim.Result, person, exposure int) question {
	list := r.Spells(person, exposure)
	if k.flags.at == "" || len(list) == 0 {
		return question{invariant: r.HarmTo(person, exposure)}
	}
	s := &list[sim.SpellAt(list, k.at)]
	return question{s.Invariant, s}
}
