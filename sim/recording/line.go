package recording

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The limits of a file, which may come from anybody.
const (
	MaxLine    = 1 << 20 // bytes
	MaxColumns = 10_000
)

var (
	errLong  = fmt.Errorf("the line is longer than %d bytes", MaxLine)
	errQuote = errors.New("a quote is never closed in its line")
)

// lines reads a text line by line.
type lines struct {
	in   *bufio.Reader
	n    int    // number of the line that was read last
	long []byte // a line that is longer than the reader's memory
}

func newLines(in io.Reader) lines { return lines{in: bufio.NewReaderSize(in, 1<<16)} }

// next returns the next line without its end; io.EOF after the last one.
func (l *lines) next() (string, error) {
	l.n++
	part, err := l.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		l.long = l.long[:0]
		for err == bufio.ErrBufferFull {
			if l.long = append(l.long, part...); len(l.long) > MaxLine {
				return "", errLong
			}
			part, err = l.in.ReadSlice('\n')
		}
		l.long = append(l.long, part...)
		part = l.long
	}
	switch {
	case err == io.EOF && len(part) == 0:
		return "", io.EOF
	case err != nil && err != io.EOF:
		return "", err
	case len(part) > MaxLine:
		return "", errLong
	}
	part = bytes.TrimSuffix(bytes.TrimSuffix(part, []byte("\n")), []byte("\r"))
	if l.n == 1 {
		part = bytes.TrimPrefix(part, []byte("\ufeff"))
	}
	return string(part), nil
}

// separators are what may stand between fields.
const separators = ",;\t"

// separatorOf returns what stands between the fields of a header: what is there most
// often outside of quotes.
func separatorOf(header string) byte {
	var count [len(separators)]int
	quoted := false
	for i := range len(header) {
		if header[i] == '"' {
			quoted = !quoted
		}
		if k := strings.IndexByte(separators, header[i]); k >= 0 && !quoted {
			count[k]++
		}
	}
	best := 0
	for k := range count {
		if count[k] > count[best] {
			best = k
		}
	}
	return separators[best]
}

// split adds the fields of a line to a list, without the blanks and quotes around
// them.
func split(line string, separator byte, list []string) ([]string, error) {
	for {
		line = strings.TrimLeft(line, " ")
		if !strings.HasPrefix(line, `"`) {
			field, rest, more := strings.Cut(line, string(rune(separator)))
			if list = append(list, strings.TrimSpace(field)); !more || len(list) > MaxColumns {
				return list, nil
			}
			line = rest
			continue
		}
		field, rest, err := unquote(line[1:])
		if err != nil {
			return list, err
		}
		list = append(list, strings.TrimSpace(field))
		rest = strings.TrimLeft(rest, " ")
		if rest == "" || len(list) > MaxColumns {
			return list, nil
		}
		if rest[0] != separator {
			return list, fmt.Errorf("after a quoted field comes %q, no separator", rest[:1])
		}
		line = rest[1:]
	}
}

// unquote returns a field up to its closing quote; two quotes stand for one.
func unquote(line string) (field, rest string, err error) {
	for {
		i := strings.IndexByte(line, '"')
		if i < 0 {
			return "", "", errQuote
		}
		field += line[:i]
		if rest = line[i+1:]; !strings.HasPrefix(rest, `"`) {
			return field, rest, nil
		}
		field += `"`
		line = rest[1:]
	}
}
