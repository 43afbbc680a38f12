package snapshot

import (
	"bytes"
	"crypto/sha256"
	"fmt"
)

// magic begins every sealed archive.
const magic = "harmproof snapshot\n"

// Seal wraps an archive for keeping: label says what it is of and who wrote it.
func Seal(label string, archive []byte) []byte {
	a := New(len(magic) + len(label) + len(archive) + 64)
	a.data = append(a.data, magic...)
	String(a, &label)
	Raw(a, &archive)
	sum := sha256.Sum256(a.data)
	return append(a.data, sum[:]...)
}

// A LabelError says that a sealed archive is of something else, or by another
// version.
type LabelError struct{ Has, Wants string }

// Error implements error.
func (e *LabelError) Error() string {
	return fmt.Sprintf("the snapshot is of %s, not of %s", e.Has, e.Wants)
}

// Open returns the archive in a seal with the label.
func Open(label string, sealed []byte) ([]byte, error) {
	body := len(sealed) - sha256.Size
	if body < len(magic) || !bytes.HasPrefix(sealed, []byte(magic)) {
		return nil, fmt.Errorf("this is not a snapshot of harmproof")
	}
	if sum := sha256.Sum256(sealed[:body]); !bytes.Equal(sum[:], sealed[body:]) {
		return nil, fmt.Errorf("the snapshot is damaged: its checksum is not that of its contents")
	}
	a := Of(sealed[len(magic):body])
	var has string
	var archive []byte
	String(a, &has)
	if a.err == nil && has != label {
		return nil, &LabelError{has, label}
	}
	Raw(a, &archive)
	a.Done()
	return archive, a.err
}
