// Package portal models where people ask for their rights over their data: an app, a web
// page, a letter box.
//
// Each member tells of what was asked with it last: a number that names who, from 1 on, and
// for which purpose, and whether an opt-out is a withdrawal or an objection. It does nothing else: a request is a message like others, which may be
// lost, late, repeated or forged.
package portal
