package robotics

import (
	"encoding/json"
	"strconv"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Level says how grave a line is.
type Level int

// The levels that are used.
const (
	Info    Level = 2
	Warning Level = 3
	Error   Level = 4
)

// AppendLog appends a foxglove.Log.
func AppendLog(b []byte, at vtime.Time, level Level, name, message string) []byte {
	b = append(b, '{')
	b = appendTime(b, at)
	b = strconv.AppendInt(append(b, `,"level":`...), int64(level), 10)
	b = appendText(append(b, `,"message":`...), message)
	b = appendText(append(b, `,"name":`...), name)
	return append(b, `,"file":"","line":0}`...)
}

// appendTime appends the field of a time.
func appendTime(b []byte, at vtime.Time) []byte {
	at = max(0, at)
	b = strconv.AppendInt(append(b, `"timestamp":{"sec":`...), int64(at)/int64(vtime.Second), 10)
	b = strconv.AppendInt(append(b, `,"nsec":`...), int64(at)%int64(vtime.Second), 10)
	return append(b, '}')
}

func appendText(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // of a text never fails
	return append(b, quoted...)
}
