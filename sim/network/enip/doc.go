// Package enip is the bytes of EtherNet/IP: the frames that encapsulate CIP, and of CIP
// the messages by which controllers read and write each other's tags.
//
// A client registers a session; then each frame carries one CIP message: a service, a
// path (the name of a tag, or class, instance and attribute) and data. Several messages
// may travel as one (Multiple Service Packet), or further on over a route (Unconnected
// Send). There is no authentication: who reaches port 44818 may write any tag.
//
// Decoders are strict, keep parts of the bytes they are given and copy none. Encoders
// append to a slice.
//
// Sources: ODVA, The CIP Networks Library, volumes 1 and 2; Rockwell Automation
// 1756-PM020, Logix 5000 Controllers Data Access (services 0x4C, 0x4D, symbolic
// segments).
package enip
