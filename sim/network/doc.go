// Package network carries information between devices: zones, conduits, flows,
// messages, polls, delivery.
//
// A flow is everything that one device tells another one: a list of (cell told,
// cell that hears). Its path over zones and conduits is compiled once. A message
// carries all values of its flow at the instant it was sent; it arrives after the
// latencies and jitters of its path, never in the instant it was sent, in the
// order it was sent unless a conduit on its path is unordered, or it is lost.
// A poll is one request and one response, by the clock of the device that asks; it
// carries all its values back as they are when it is answered.
//
// Chance goes by the number of the message or the request in its flow. So the
// luck of one flow is its own, and a message that an injection loses changes the
// luck of no other one.
//
// What is hard-wired does not come here. This is the one place through which all
// messages go, so that rules, identities and checks of zones and conduits need
// no twin to know of them.
package network
