// Package portal models where people ask for their rights over their data: an app, a web
// page, a letter box.
//
// Each member tells of what was asked with it last: a number that names who, from 1 on, and
// for which purpose, and whether an opt-out is a withdrawal or an objection. A request is a message like others, which may be
// lost, late, repeated or forged. Where it repeats, it asks again after each period, until it hears the same number
// from who does that: of what nobody would tell, nothing is repeated.
package portal
