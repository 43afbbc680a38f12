// Package pcap writes the traffic of a run as a capture (pcapng) that tshark and
// Wireshark read: Ethernet, IPv4, TCP or UDP, and the protocol that the system speaks.
//
// # What a frame shows
//
// A capture has an interface for each zone, and a frame is seen once: in the zone
// where it was sent, when it was sent, to the nanosecond. So what is lost or blocked is
// seen by whoever stands beside its sender, and its comment says where it ended. The
// acknowledgement that a write gets is sent when the write arrives.
//
// Addresses follow from the devices: 10.zone.x.y, where x.y is the rank of the device
// plus one, and a locally administered MAC of the zone and the rank. Who claims to be
// another has the other's IP address and its own MAC. What leaves a zone goes to the
// MAC of its gateway, which ends in ff:ff:ff:ff.
//
// The comments of a packet are what the caller says of it (its cause), where it was
// lost, and who sent it if the sender claims to be another.
//
// # What the simulation does not know
//
// The simulation has messages, not segments. A connection is opened when its first
// message is sent, and that takes no time; there is one for each flow (for MQTT, for
// each client). What is lost is not sent again, as TCP would: its connection is given
// up and the next message opens another one, from another port. If the first message of
// a connection is lost, all that is seen is an attempt to connect. Nothing is closed at
// the end, as in most captures.
//
// A login is a new connection and what its protocol begins with, and so is a subscribe
// over Modbus or EtherNet/IP, which have none; the comment is then on the first segment.
//
// # Bodies
//
// Functions, and how what is refused is answered, are those of network.Protocol.
//
//   - Modbus: numbers in two registers (an IEEE single, the high word first; an integer
//     likewise), bools as coils. What is read is input registers and discrete inputs;
//     an upload reads holding registers and coils. A scan is read device
//     identification, a wipe clears the counters.
//   - EtherNet/IP: tags, Read Tag and Write Tag, several in one message; a scan is List
//     Identity, a wipe resets the device.
//   - MQTT: a topic for each value, with a number or a bool as text; a client subscribes
//     to a topic before its first delivery; a poll asks at topic/get; a scan subscribes
//     to everything.
//   - OPC UA: a channel with security None, a session, Read, Write; who is published to
//     connects and subscribes; a scan asks for endpoints, a wipe calls Log.Clear.
//   - plain: a line of text in a UDP datagram.
//
// Values are rounded to singles where the protocol carries those. What is encrypted is a
// TLS record (DTLS for plain) of bytes that mean nothing; its comment still says what it was.
//
// # A run
//
// A Capture makes flows of what a Plan can send and is told by sim.Capture what is sent.
// It holds a message back until it is known what becomes of it, and what comes later
// until then; 65 536 of them at most, after which the end of the first is no longer part
// of its comment. The comment of each message begins alike, such as "write 17, plc >
// pump: ", before its cause.
//
// Members of a device have addresses of their own. Values are in the units of the device
// that is asked or told. Registers and coils are counted in the order in which that
// device declares its signals, reports apart from what it is told. What has no values in
// the simulation, such as a flood or a program, is one number, payload. A scenario without
// starts: begins on 2000-01-01.
//
// The same calls give the same bytes. A Writer remembers flows, connections and what
// is on its way, and nothing else.
package pcap
