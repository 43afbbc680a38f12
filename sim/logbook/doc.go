// Package logbook is what the plant itself would know afterwards: the logs that
// devices keep of what they decided and did, and what is left of them once an
// attacker has been there.
//
// The simulator knows the truth elsewhere. A log holds what its device could know:
// whom a message claimed to be from, and whether that had been authenticated.
//
// # A log
//
// A Log keeps its last Keep records and overwrites the oldest. Records are
// numbered from 0. What else it has is up to its plan:
//
//   - Chained: beside every record stands a hash, h_i = SHA-256(h_{i-1} ‖ record_i),
//     before the first one SHA-256(name of the device; of one of many members plc[2],
//     say). It is computed as a record is written.
//   - Signed: every so many records the hash is signed with the log's credential. No
//     asymmetric cryptography is computed: a signature is the number of the credential
//     and the hash that was signed, and only who holds the credential makes one. A
//     log that is signed is chained.
//   - Counted: numbers come from a counter that only goes up, as in a trusted module.
//   - Remote: every record is copied to the log of another device, under its origin.
//     The copy is there at once, whatever the network does; an attacker who wants
//     it gone has to reach that device too.
//
// # What attackers do to it
//
// Who reaches a log may Wipe it, Cut its tail, Forge a record at its end, or Alter
// one in it. What they leave behind depends on the plan:
//
// A hash chain has no key. Who can write a log can compute it anew (Alter with mend)
// and go on from its end (Forge), and its verification finds nothing. A chain finds
// what was changed by who did not do that, or could not: it makes all records
// answer to one hash, so that a signature or a copy of one of them speaks for all
// that came before.
//
// A plain hash chain does not protect its tail either: a log that was cut, or
// emptied, verifies as well as a shorter or a new one. Only what stands elsewhere
// says how long it was: a counter, a copy, or a signer who goes on. (And the log
// itself, if by its numbers it was full once and no longer is.)
//
// Who signs keeps the last hash to itself and does not take it from the log. After
// a record was forged, changed or taken away without the credential, the next
// signature is of another chain than the one in the log, and so are all later
// ones. Who holds the credential takes the signer's place, and nothing shows.
//
// # What shows
//
// Survey recomputes all of it. Evidence has what happened, which only the simulator
// knows, and what shows, which an investigator finds; Finding has each record that
// is left, in the log or only as a copy, with its Standing and whom it names.
//
// # Sources
//
// B. Schneier, J. Kelsey, "Secure Audit Logs to Support Computer Forensics", ACM
// TISSEC 2(2), 1999: hash chains of log entries; what an attacker who takes a
// machine over can and cannot do to what was written before. M. Bellare, B. Yee,
// "Forward Integrity for Secure Audit Logs", 1997. D. Ma, G. Tsudik, "A New
// Approach to Secure Logging", ACM TOS 5(1), 2009: truncation, which chains do not
// find. RFC 5848, signed syslog messages: a signature for many messages. RFC 9162,
// certificate transparency: append-only copies held by others. FIPS 180-4, SHA-256.
package logbook
