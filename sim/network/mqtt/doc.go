// Package mqtt is the bytes of MQTT 3.1.1, which topics a filter takes in, and whom an
// access list of mosquitto lets read and write them.
//
// A packet is its type and flags, the length of the rest in one to four bytes, and the
// rest. Clients talk to a broker only: a message is published to it under a topic and
// delivered to all whose filters take the topic in. Without a list, anybody may.
//
// Decoders are strict: what the standard calls a protocol error is ErrPacket, and so
// is a length that could be written shorter. Bodies of messages are parts of the bytes
// that were given. Encoders append to a slice.
//
// A subscription is never refused by mosquitto's list: reading is checked when a
// message is delivered. A client that subscribes to # hears whatever it may read, which
// is all where nobody thought of reading.
//
// Sources: MQTT Version 3.1.1, OASIS Standard; mosquitto.conf(5), acl_file.
package mqtt
