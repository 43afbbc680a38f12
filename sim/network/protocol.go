package network

import "slices"

// A Protocol is the language of a message.
type Protocol uint8

// The protocols.
const (
	Plain Protocol = iota
	Modbus
	MQTT
	OPCUA
	EtherNetIP
)

var protocolNames = []string{"plain", "modbus", "mqtt", "opcua", "enip"}

// String returns the name of the protocol.
func (p Protocol) String() string { return nameOf(protocolNames, int(p)) }

// ProtocolNames returns the names of all protocols, by number.
func ProtocolNames() []string { return slices.Clone(protocolNames) }

// ParseProtocol returns the protocol of a name.
func ParseProtocol(name string) (p Protocol, ok bool) {
	i := slices.Index(protocolNames, name)
	return Protocol(max(i, 0)), i >= 0
}

// Protocols is a set of protocols. The empty one stands for all where it limits
// something.
type Protocols uint8

// With returns the set with one more.
func (s Protocols) With(p Protocol) Protocols { return s | 1<<p }

// Admits reports whether the set is empty or holds the protocol.
func (s Protocols) Admits(p Protocol) bool { return s == 0 || s>>p&1 == 1 }

// only returns the protocol of a set that has one.
func (s Protocols) only() (p Protocol, ok bool) {
	for p := range Protocol(len(protocolNames)) {
		if s == Protocols(0).With(p) {
			return p, true
		}
	}
	return 0, false
}

// A Verb is what a message is for.
type Verb uint8

// The verbs. Who asks for a reading reads; who tells something of its own accord
// writes. What is meant for many is published to a broker, and subscribed to.
const (
	Read Verb = iota
	Write
	Publish
	Subscribe
	Download // of a program into a device
	Upload   // of a program out of it
	Login
	Scan
	Configure
	Wipe // of a log
)

var verbNames = []string{
	"read", "write", "publish", "subscribe", "download", "upload", "login", "scan", "configure", "wipe",
}

// String returns the verb as it is written.
func (v Verb) String() string { return nameOf(verbNames, int(v)) }

// VerbNames returns all verbs, by number.
func VerbNames() []string { return slices.Clone(verbNames) }

// ParseVerb returns the verb of a name.
func ParseVerb(name string) (v Verb, ok bool) {
	i := slices.Index(verbNames, name)
	return Verb(max(i, 0)), i >= 0
}

// Verbs is a set of verbs. The empty one stands for all where it limits something.
type Verbs uint16

// With returns the set with one more.
func (s Verbs) With(v Verb) Verbs { return s | 1<<v }

// Admits reports whether the set is empty or holds the verb.
func (s Verbs) Admits(v Verb) bool { return s == 0 || s>>v&1 == 1 }

// A Security is how messages are protected on their way. What is not signed can be
// changed there by who sits on the path; what is not encrypted can be read there.
type Security uint8

// The degrees of protection, as OPC UA has them; each includes those before it.
const (
	None Security = iota
	Sign
	Encrypt
)

var securityNames = []string{"none", "sign", "encrypt"}

// String returns the name of the degree.
func (s Security) String() string { return nameOf(securityNames, int(s)) }

// SecurityNames returns the names of all degrees, by number.
func SecurityNames() []string { return slices.Clone(securityNames) }

// ParseSecurity returns the degree of a name.
func ParseSecurity(name string) (s Security, ok bool) {
	i := slices.Index(securityNames, name)
	return Security(max(i, 0)), i >= 0
}

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return "unknown"
}
