package main

import (
	"encoding/json"
	"fmt"

	"github.com/harmproof/harmproof/viz/view"
)

// mostNotes is how large a file of notes may be.
const mostNotes = 4 << 20

// readNotes reads what a reviewer noted.
func readNotes(text []byte) (list []view.Note, err error) {
	if len(text) > mostNotes {
		return nil, fmt.Errorf("it has %d bytes, more than %d", len(text), mostNotes)
	}
	if len(text) > 0 {
		err = json.Unmarshal(text, &list)
	}
	return list, err
}

// writeNotes is its reverse.
func writeNotes(list []view.Note) ([]byte, error) {
	text, err := json.MarshalIndent(list, "", "  ")
	return append(text, '\n'), err
}
