package mqtt

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func unhex(t testing.TB, text string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	require.NoError(t, err)
	return b
}

// Bytes written by hand after the standard; the connect is its figure 3.6.
func TestPackets(t *testing.T) {
	for text, want := range map[string]Packet{
		"10 10 0004 4D515454 04 02 003C 0004 70756D70": &Connect{Client: "pump", Clean: true, KeepAlive: 60},
		"10 1E 0004 4D515454 04 CE 000A 0001 63 0001 74 0002 6162 0002 7573 0004 70617373": &Connect{
			Client: "c", Clean: true, KeepAlive: 10, HasUser: true, User: "us", HasSecret: true, Secret: []byte("pass"),
			Will: &Will{Topic: "t", Body: []byte("ab"), QoS: 1}},
		"20 02 01 00":            Connack{Present: true},
		"20 02 00 05":            Connack{Code: 5},
		"30 07 0003 612F62 3432": &Publish{Topic: "a/b", Body: []byte("42")},
		"3D 07 0003 612F62 000A": &Publish{Topic: "a/b", Body: []byte{}, QoS: 2, Retain: true, Again: true, ID: 10},
		"40 02 1234":             Ack{KindPuback, 0x1234},
		"50 02 0001":             Ack{KindPubrec, 1},
		"62 02 0001":             Ack{KindPubrel, 1},
		"70 02 0001":             Ack{KindPubcomp, 1},
		"82 0E 000A 0003 612F62 01 0003 632F64 02": &Subscribe{10, []Filter{{"a/b", 1}, {"c/d", 2}}},
		"90 05 000A 00 02 80":                      &Suback{10, []byte{0, 2, Refused}},
		"A2 0C 000A 0003 612F62 0003 632F64":       &Unsubscribe{10, []string{"a/b", "c/d"}},
		"B0 02 000A":                               Ack{KindUnsuback, 10},
		"C0 00":                                    Bare(KindPingreq),
		"D0 00":                                    Bare(KindPingresp),
		"E0 00":                                    Bare(KindDisconnect),
	} {
		p, rest, err := Decode(append(unhex(t, text), 0xC0))
		require.NoError(t, err, text)
		require.Equal(t, want, p)
		require.Equal(t, []byte{0xC0}, rest)
		b, err := want.Append(nil)
		require.NoError(t, err, text)
		require.Equal(t, unhex(t, text), b)
		for n := range b {
			_, _, err := Decode(b[:n])
			require.ErrorIs(t, err, ErrShort, "%s, %d bytes", text, n)
		}
	}
}

func TestStrict(t *testing.T) {
	for why, text := range map[string]string{
		"a kind of its own":              "00 00",
		"the kind of version 5":          "F0 00",
		"flags of a subscribe":           "80 06 000A 0001 61 00",
		"flags of a puback":              "42 02 0001",
		"number 0":                       "40 02 0000",
		"QoS 3":                          "36 07 0003 612F62 0001",
		"sent before, with QoS 0":        "38 05 0003 612F62",
		"a topic with a wildcard":        "30 05 0003 612F2B",
		"no topic":                       "30 02 0000",
		"a text with a zero":             "30 05 0003 610062",
		"a text that is no UTF-8":        "30 04 0002 C328",
		"a surrogate":                    "30 05 0003 EDA080",
		"a text longer than the rest":    "30 03 0003 61",
		"a rest longer than the packet":  "40 03 0001 00",
		"nothing subscribed to":          "82 02 0001",
		"a filter with # in the middle":  "82 08 0001 0003 232F61 00",
		"a filter with + in a level":     "82 07 0001 0002 612B 00",
		"a reserved flag of a connect":   "10 10 0004 4D515454 04 03 003C 0004 70756D70",
		"a password without a user":      "10 13 0004 4D515454 04 42 003C 0004 70756D70 0001 61",
		"QoS of a will that is not":      "10 10 0004 4D515454 04 0A 003C 0004 70756D70",
		"no client, and a session":       "10 0C 0004 4D515454 04 00 003C 0000",
		"MQTT 5":                         "10 10 0004 4D515454 05 02 003C 0004 70756D70",
		"MQTT 3.1":                       "10 12 0006 4D5149736470 03 02 003C 0004 70756D70",
		"a length that could be shorter": "C0 80 00",
		"a length of five bytes":         "30 FF FF FF FF 01",
		"a session of who was refused":   "20 02 01 05",
		"a code that is none":            "90 03 0001 03",
	} {
		_, _, err := Decode(unhex(t, text))
		require.ErrorIs(t, err, ErrPacket, why)
	}
	for why, p := range map[string]Packet{
		"QoS without a number":      &Publish{Topic: "a", QoS: 1},
		"a number without QoS":      &Publish{Topic: "a", ID: 1},
		"a topic that is too long":  &Publish{Topic: strings.Repeat("a", 1<<16)},
		"a filter as topic":         &Publish{Topic: "a/#"},
		"a secret without a user":   &Connect{Client: "a", HasSecret: true},
		"a user who is not sent":    &Connect{Client: "a", User: "b"},
		"a will without a topic":    &Connect{Client: "a", Will: &Will{}},
		"an answer of another kind": Ack{KindPublish, 1},
		"a packet of another kind":  Bare(KindConnect),
		"a code that is none":       &Suback{1, []byte{3}},
		"no code":                   &Suback{ID: 1},
	} {
		_, err := p.Append(nil)
		require.ErrorIs(t, err, ErrPacket, why)
	}
}

// Lengths where one more byte is needed.
func TestLengths(t *testing.T) {
	for n, head := range map[int]string{127: "307F", 128: "308001", 16383: "30FF7F", 16384: "30808001", 2097151: "30FFFF7F", 2097152: "3080808001"} {
		b, err := (&Publish{Topic: "t", Body: make([]byte, n-3)}).Append(nil)
		require.NoError(t, err)
		require.Equal(t, unhex(t, head), b[:len(head)/2])
		p, _, err := Decode(b)
		require.NoError(t, err)
		require.Len(t, p.(*Publish).Body, n-3)
	}
}

// The examples of section 4.7 of the standard, and mosquitto's own.
func TestMatch(t *testing.T) {
	for _, test := range []struct {
		filter, topic string
		want          bool
	}{
		{"sport/tennis/player1/#", "sport/tennis/player1", true},
		{"sport/tennis/player1/#", "sport/tennis/player1/ranking", true},
		{"sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true},
		{"sport/#", "sport", true},
		{"sport/#", "sports", false},
		{"#", "sport/tennis", true},
		{"sport/tennis/+", "sport/tennis/player1", true},
		{"sport/tennis/+", "sport/tennis/player1/ranking", false},
		{"sport/+", "sport", false},
		{"sport/+", "sport/", true},
		{"+/tennis/#", "sport/tennis", true},
		{"+/+", "/finance", true},
		{"/+", "/finance", true},
		{"+", "/finance", false},
		{"#", "$SYS/broker", false},
		{"+/monitor/Clients", "$SYS/monitor/Clients", false},
		{"$SYS/#", "$SYS/monitor/Clients", true},
		{"$SYS/monitor/+", "$SYS/monitor/Clients", true},
		{"ACCOUNTS", "Accounts", false},
		{"/finance", "finance", false},
		{"foo/+/baz", "foo/bar/baz", true},
		{"foo/+/baz/#", "foo/bar/baz", true},
		{"foo/+/#", "foo/bar/baz", true},
		{"foo//bar", "foo//bar", true},
		{"foo//+", "foo//", true},
		{"foo/+//#", "foo/bar///baz", true},
		{"foo/bar", "foo", false},
		{"foo", "foo/bar", false},
	} {
		require.Equal(t, test.want, Match(test.filter, test.topic), "%s %s", test.filter, test.topic)
		require.True(t, ValidFilter(test.filter))
		require.True(t, ValidTopic(test.topic))
	}
	for _, bad := range []string{"", "sport/tennis#", "sport/tennis/#/ranking", "sport+", "#/a", "a+/b", "a\x00"} {
		require.False(t, ValidFilter(bad), bad)
	}
}

// matches is Match in the words of the standard, level by level.
func matches(filter, topic []string) bool {
	switch {
	case len(filter) == 1 && filter[0] == "#":
		return true
	case len(filter) == 0 || len(topic) == 0:
		return len(filter) == len(topic)
	}
	return (filter[0] == "+" || filter[0] == topic[0]) && matches(filter[1:], topic[1:])
}

func TestMatchAsTheStandardSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		filter := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "+", "", "$s"}), 1, 4).Draw(t, "filter"), "/")
		if rapid.Bool().Draw(t, "all below") {
			filter += "/#"
		}
		topic := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "", "$s"}), 1, 5).Draw(t, "topic"), "/")
		if filter == "" || topic == "" {
			return
		}
		want := matches(strings.Split(filter, "/"), strings.Split(topic, "/"))
		if topic[0] == '$' && filter[0] == '+' {
			want = false
		}
		require.Equal(t, want, Match(filter, topic), "%s %s", filter, topic)
	})
}

// What is decoded is the same bytes again, and nothing panics.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"10 1E 0004 4D515454 04 CE 000A 0001 63 0001 74 0002 6162 0002 7573 0004 70617373", "3D 07 0003 612F62 000A", "20 02 01 00",
		"82 0E 000A 0003 612F62 01 0003 632F64 02", "A2 0C 000A 0003 612F62 0003 632F64", "90 05 000A 00 02 80", "C0 00", "62 02 0001"} {
		f.Add(unhex(f, seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, rest, err := Decode(b); err == nil {
			again, err := p.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, append(again, rest...))
		}
		filter, topic, _ := strings.Cut(string(b), " ")
		if ValidFilter(filter) && ValidTopic(topic) && Match(filter, topic) {
			require.True(t, filter != topic || !strings.Contains(filter, "+"))
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	for b.Loop() {
		if !Match("plant/+/tower/#", "plant/north/tower/level/raw") {
			b.Fatal()
		}
	}
}
