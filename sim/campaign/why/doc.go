// Package why says which of the injections behind a violation were necessary for it,
// which sufficient, and which checks would have stopped it: by running the scenario
// again without each of them, with each alone, with each check.
//
// What is found is true of this model and this seed; it is no proof about the world.
// A root that is not necessary may still matter: where two attacks do the same, each
// can be left out (over-determination), and only both together prevent it.
//
// Nothing is run twice: a run shares its past up to where the first step that it leaves
// out began, and ends as soon as the verdict is decided. One without steps that never
// began by then in another one is the same as that, and is not made.
package why
