// Package network carries information between devices: zones, conduits, flows,
// messages, polls, delivery.
//
// # Who can reach whom
//
// A Topology is zones and conduits (IEC 62443). A request takes the shortest way over
// conduits that let it pass: by direction, since a data diode has one; by rules, the
// first of which that matches decides, while what none matches is stopped; by the
// range of radio. Its answer passes where the request did. A device may be in several
// zones, and speaks in each; it routes for nobody. All that is decided once, when a
// run is planned: a Path says which links messages take, which credentials they need
// on the way, or what stops them.
//
// # Flows
//
// A flow is everything that one device tells another one: a list of (cell told,
// cell that hears). A message carries all values of its flow at the instant it was
// sent; it arrives after the latencies and jitters of its path, never in the instant
// it was sent, in the order it was sent unless a conduit on its path is unordered, or
// it is lost. A poll is one request and one response, by the clock of the device that
// asks; it carries all its values back as they are when it is answered. A
// subscription is sent by the clock of the device that tells, when a value has
// changed. A message of QoS
// 1 or 2 that was lost is sent again; what confirms it takes no bandwidth and is
// never lost.
//
// What a message asks for in the terms of its protocol, a function of Modbus or a service
// of CIP, follows from its verb and from whether its values are bits: Protocol.Function,
// which captures, rules, the surface and decisions all ask. Protocol.Answer is how a
// protocol says that something was refused.
//
// Who polls or has subscribed by OPC UA has a session (session.go), which is over when an
// injection has let nothing through for too long, and opened anew once the way is back.
//
// Chance goes by the number of the message or the request in its flow. So the
// luck of one flow is its own, and a message that an injection loses changes the
// luck of no other one.
//
// # Queues
//
// A link with a bandwidth serves one message after the other, in the order in which
// they come to it: each direction of a conduit or a device's port apart, a zone's
// network for both together. A message has an event at each of them, and is dropped
// where too many bytes wait. The network of a zone is a hop of what stays in it, and,
// if it has a bandwidth, of what begins, passes or ends there.
//
// # Streams
//
// What a hundred thousand hosts send is no messages but a rate (fluid.go): a stream, which
// changes when somebody says so and costs nothing in between. What it pours into a queue makes
// messages wait, and where it leaves no room they pass by chance, as often as a part of the
// stream does: both lose in proportion. Where it leaves room messages wait by chance, as behind the
// messages that it stands for (beside.go). Downstream links have what passed. On a radio link streams and
// messages lose to one another what ALOHA says (voice.go).
//
// # Desks
//
// What a device needs for each message before it acts on it, and a link that lets some go
// first, are stations (sim/station): desks, of which a crew is those of all members of a device or
// the one of a link (desk.go, urgent.go). Who waits there, and for how long, may depend on
// messages that come later, so influence is that of the whole crew. LoRa is airtime, channels
// that collide and a regulator at each sender (radio.go, battery.go). What is measured of all that
// is a sketch of delays, kept where somebody asks (gauge.go, load.go).
//
// A flow may gather: all members of a device tell one, each by messages of its own. It may carry
// something beside values, of which the Host hears: items for a store.
//
// # At the door
//
// Most flows are plain: a message of theirs is one event, and few instructions. Those
// that wait in queues, are judged by a guard of their receiver, watched, injected or
// stopped have an extra, and their messages an envelope, which says what a message
// claims of itself (its sender, its number, when it was sent) besides what is true.
// A Gate asks the guards, a Watcher hears what became of messages, a Tap sees
// everything and changes nothing.
//
// # Influence
//
// What is told is under the influence of the values' writers and of what was done to
// the messages. Whoever waits in a queue is under the influence of all that came
// there or might have come, for good: of a flood as well as of a message that a block
// kept away. The network sees whom it tells something; of other influences on a
// device, whose messages then come at other times, Swayed informs it.
//
// What is hard-wired does not come here. This is the one place through which all
// messages go, so that rules, identities and checks of zones and conduits need
// no twin to know of them.
package network
