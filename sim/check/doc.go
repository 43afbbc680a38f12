// Package check is machine-level checks: rules that a device evaluates about a message
// before it acts on it, each with an owner who answers for it.
//
// A Guard is the rules of one device. The network asks it when a message arrives and
// before its values are written: Judge takes an Offer and returns a Decision. Rules
// are asked in their order, cheap ones first as a rule. On the right is the system
// requirement of IEC 62443-3-3 that each serves:
//
//	Authenticate   bears one of these credentials, was not altered        SR 1.2, 3.1
//	Fresh          counter and age: not a replay                          SR 3.1
//	Authorise      sender, verb, object, value, mode, hours; default deny SR 2.1
//	Range          low <= y <= high                                       SR 3.5
//	RateLimit      token bucket: A(t) <= b + r t                          SR 7.1
//	Plausible      a condition over what is known and what is offered     SR 3.5
//	Change         |y - y'| <= limit dt
//	Residual       |y - ŷ| <= tolerance
//	Cusum          S = max(0, S + |r| - b) <= threshold
//	Vote           |y - median of three| <= tolerance                     (2oo3 of IEC 61508-6)
//	Interlock      a permissive for the verbs in scope
//	TwoPerson      another person wants the same, in time                 SR 2.1 RE 4
//	Watchdog       a message comes at least so often                      SR 3.6
//
// Each has a file of its own that says what exactly it computes. The measures of
// attacks on physical processes, |r| and its sum, are those of Cárdenas et al.,
// "Attacks against process control systems", ASIACCS 2011, and Urbina et al.,
// "Limiting the impact of stealthy attacks", CCS 2016.
//
// # Reactions
//
// Reject refuses the message and Trip does so for good: the guard is latched, its
// safe values are to be written, and it refuses all but the verbs that it Heeds until
// Reset. Either ends the judgement. With Clamp and Hold the message is accepted but
// the value is changed or dropped; the rules that come next look at what is left of
// it. With Alarm it passes. A check of a message as a whole drops all the values in
// its scope where it holds, and cannot clamp.
//
// A value that is not a number fails Range, Change, Residual and Cusum and is refused
// where they would clamp it, since no value is near it.
//
// # What is remembered
//
// Counters, tokens, sums and proposals advance when the rule itself is asked, whatever
// later rules say of the message. What was accepted last of an object, when a watchdog
// heard something, and that an agreement of persons is used up, is noted once all
// rules accepted. So the order of rules has the consequences that it has in devices:
// a Fresh before Authenticate lets anybody use up another one's counters, and a
// RateLimit after it keeps a flood of forged messages from the bucket.
//
// Differences in time are between arrivals, by the receiver's clock, because what
// a message says of itself can be forged; only Fresh reads the time it claims.
//
// # Influence
//
// A decision carries the influence of the offer, of all that rules which were asked
// read, and of what the guard remembers, and all of that is what it remembers from then
// on: an exhausted bucket, a latch, a sum. It is kept by guard and member, not by rule,
// so it is never too little and may be more than mattered. What kept a message from
// the guard is told by Stain.
//
// # How fast it is
//
// Nothing is allocated. Five rules (Authenticate, Fresh, Authorise, Range, RateLimit)
// take about twelve times as long as the same conditions written by hand for one guard,
// without scopes, reactions, counts and influence:
//
//	go test -run - -bench Judge ./sim/check
//
// # Not modelled
//
// Cryptography: a credential is a number, and who holds it can prove it. Days of the
// week. The time that checks take.
package check
