// Package data keeps what a system knows about people: which store holds what about whom,
// since when and from where; what people asked for, and what became of that.
//
// # Items, shelves and rows
//
// An item is one value of one attribute about one person: a reading, a position, a name. A
// shelf is where a store keeps the items of one attribute about one population; a row of it
// is what it has about one person. Rows do not list items. They list spans: so many items
// from then to then, which came by this intake. An item that comes in time makes the last span
// longer, so that a billion readings are as cheap as one, and lineage is kept as ranges:
// each span says by which intake it came, and an intake says from which shelves (Lineage).
//
// # Intakes
//
// What comes to a shelf comes by an intake. Collected items come one by one, with messages
// of devices. Copies take over what a shelf of another store has got since they last came
// through, as fine in time or coarser; what was lost on its way comes with the next one. Traits
// are kept in bands of values where a shelf says so (Coarse). A derivation makes an attribute of
// others by an inference, whose accuracy is stated, when a copy brings these and once a day.
// A store that is a buffer gives away what is fetched. An item is as old as when it was first
// collected, however late it comes.
//
// # Forgetting
//
// A store keeps items for as long as its retention says, and looks for what is older once a
// day, as real ones do. Erase empties the rows about a person but for items that the law makes
// the store keep still (KeepFor), which go when they are old enough; a store that remembers whom it
// forgot does not take that back from a backup. What it has of somebody who asked, and may keep, are
// items that are not too old for KeepFor, and those that came since on a basis that does not
// end by that: an item that it may not keep makes the whole row one that is left. What people truly asked for, and when, is in the ledger, whether the
// stores ever heard of it: requests are messages like others.
//
// # Questions
//
// What invariants ask is kept up to date as things happen, at a cost that goes by what
// changed, not by how much there is: how many stores hold data about a person (Holders),
// how many rows are left of those who asked to be forgotten so long ago (KeptAfterErasure), how
// many items were taken of those who had opted out (CollectedAfterOptOut), how many stores
// still owe an answer (Unanswered), about how many people something was taken (StolenFrom), how anonymous a store is (package anonymity), and what
// somebody can learn about a person (package link). How long a series is that a rule needs is
// looked at when something came or went, and once a day.
//
// # Where people were
//
// A shelf may say where people were when an item came (When, Where): of a population that Moves, that is
// known for each hour. Two stores that say so of the same people are compared once a day, and when one is
// taken or put back, by the coarser of their precisions (roam.go): who shares most points with a trace is
// taken for the same person (package places), which package link joins records by. Items of a span are
// evenly spread as far as anybody knows. How often somebody was somewhere does not count, only whether.
//
// # Whom people ask, and how long that may take
//
// An Ask may be of one controller, who answers for some stores: the others need not do anything, and a
// message that names it is none of their business. What a store tells others of having done it names
// no controller, so that recipients heed it too (GDPR Art. 19). A store may tell people that it takes longer
// (Extension); a question about what is late says by how much that may be, and counts it where it was told
// within the time that it has anyhow (Art. 12(3): one month, and two more; CCPA: 45 days, and 45 more).
//
// # Who is told of thefts
//
// What somebody took is a Breach. Who answers for the store is aware of it from when an alarm comes to a store of
// theirs (Warning), or from when it happens where they look into an alarm that came; a notice of all that they are
// aware of is sent later, by a message, which comes to somebody else or never does (GDPR Art. 33(1)). Of what nobody
// is aware no time runs. That an owner tells the people themselves (Art. 34) is left out.
//
// # How it is checked
//
// Against a model that keeps every item in a list and does everything to each of them, step by
// step over drawn systems, taken up from snapshots in between: every answer, the time of every
// item, and that its lineage knows where it was. What comes at uneven times is known by how many
// they are, but between the first and the last only as if they were evenly spread.
//
// The legal terms are those of the GDPR (Regulation (EU) 2016/679): Art. 4 (personal data,
// controller, recipient), 6 (basis), 7(3) (withdrawal), 12(3) (one month), 15 (access), 17
// (erasure), 19 (recipients), 21 (objection), 33 (breach, 72 hours). This is no legal advice.
package data
