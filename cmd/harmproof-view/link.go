package main

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A link is where a replay opens, as #t=12m49s&select=tower.level has it.
type link struct {
	at     *vtime.Time
	chosen []string
}

// parseLink reads what stands after # of an address. What it does not know it leaves
// alone, for addresses are cut and mended by many hands.
func parseLink(fragment string) (l link) {
	values, _ := url.ParseQuery(strings.TrimPrefix(fragment, "#"))
	if at, err := parseTime(values.Get("t")); err == nil {
		l.at = at
	}
	l.chosen = chosen(values.Get("select"))
	return l
}

// chosen reads a list of devices and signals.
func chosen(text string) (list []string) {
	for path := range strings.SplitSeq(text, ",") {
		if path = strings.TrimSpace(path); path != "" {
			list = append(list, path)
		}
	}
	return list
}

// parseTime reads a time since the start: 12m49s, or a number of seconds; nil of nothing.
func parseTime(text string) (*vtime.Time, error) {
	if text == "" {
		return nil, nil
	}
	d, err := vtime.ParseDuration(text)
	if s, number := strconv.ParseFloat(text, 64); number == nil && s >= 0 && s < vtime.Never.Seconds()/4 {
		d, err = vtime.Duration(s*1e9+0.5), nil
	}
	if err != nil || d < 0 {
		return nil, fmt.Errorf("%q is no time; write 12m49s, or seconds", text)
	}
	at := vtime.Time(d)
	return &at, nil
}
