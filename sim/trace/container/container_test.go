package container_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/foxglove/mcap/go/mcap"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/trace/container"
)

var options = container.Options{
	Profile: "of a test", Library: "a library", Metadata: map[string]string{"format": "1", "seed": "7"},
	Channels: []container.Channel{{Topic: "/a", Encoding: "json", Schema: "A", Text: `{"type":"object"}`, Language: "jsonschema"}, {Topic: "/b", Schema: "B", Text: "bytes", Language: "text"}},
}

// written writes messages, chunk by chunk, after two files.
func written(t require.TestingT, chunks [][]container.Message) (file []byte, digest string) {
	var out bytes.Buffer
	w, err := container.NewWriter(&out, options)
	require.NoError(t, err)
	require.NoError(t, w.Attach("one.yaml", "application/yaml", []byte("one: 1")))
	require.NoError(t, w.Attach("empty", "text/plain", nil))
	for _, c := range chunks {
		for _, m := range c {
			w.Add(m.Channel, m.Time, m.Data)
		}
		require.NoError(t, w.Flush())
	}
	digest = w.Digest()
	require.NoError(t, w.Close())
	return out.Bytes(), digest
}

func opened(t require.TestingT, file []byte) *container.Reader {
	r, err := container.Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	return r
}

// all reads all messages, by chunk.
func all(r *container.Reader) (chunks [][]container.Message, err error) {
	for i := range r.Chunks {
		var list []container.Message
		failed := r.Each(i, func(m container.Message) error {
			m.Data = bytes.Clone(m.Data)
			list = append(list, m)
			return nil
		})
		err = errors.Join(err, failed)
		chunks = append(chunks, list)
	}
	return chunks, err
}

// drawn draws chunks whose times do not go back.
func drawn(t *rapid.T) (chunks [][]container.Message) {
	at := uint64(0)
	for range rapid.IntRange(0, 5).Draw(t, "chunks") {
		var list []container.Message
		for range rapid.IntRange(1, 20).Draw(t, "messages") {
			at += rapid.Uint64Range(0, 1000).Draw(t, "after")
			list = append(list, container.Message{
				Channel: rapid.Uint16Range(1, 2).Draw(t, "channel"), Time: at, Data: rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "data"),
			})
		}
		chunks = append(chunks, list)
	}
	return chunks
}

// What is written is read back, by this reader and by the library's own, and the digest
// is over the records as that one has them.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chunks := drawn(t)
		file, digest := written(t, chunks)
		r := opened(t, file)
		require.Nil(t, r.Damage)
		require.Equal(t, "of a test", r.Profile)
		require.Equal(t, options.Metadata, r.Metadata)
		require.Equal(t, []container.Attachment{{Name: "one.yaml", MediaType: "application/yaml"}, {Name: "empty", MediaType: "text/plain"}}, r.Attachments())
		one, err := r.Attachment(0)
		require.NoError(t, err)
		require.Equal(t, "one: 1", string(one))
		got, err := all(r)
		require.NoError(t, err)
		require.Len(t, got, len(chunks))
		for i := range chunks {
			require.Len(t, got[i], len(chunks[i]))
			has := uint64(0)
			for k, m := range chunks[i] {
				require.Equal(t, m.Channel, got[i][k].Channel)
				require.Equal(t, m.Time, got[i][k].Time)
				require.True(t, bytes.Equal(m.Data, got[i][k].Data))
				has |= 1 << m.Channel
			}
			require.Equal(t, has, r.Chunks[i].Has)
			require.Equal(t, chunks[i][0].Time, r.Chunks[i].From)
			require.Equal(t, chunks[i][len(chunks[i])-1].Time, r.Chunks[i].To)
		}
		library(t, file, chunks, digest)
	})
}

// library holds a file against what the library of the format reads.
func library(t *rapid.T, file []byte, chunks [][]container.Message, digest string) {
	sum, n := sha256.New(), 0
	lexer, err := mcap.NewLexer(bytes.NewReader(file), &mcap.LexerOptions{EmitChunks: true, ValidateChunkCRCs: true})
	require.NoError(t, err)
	for {
		token, record, err := lexer.Next(nil)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if token == mcap.TokenChunk {
			n++
			require.NotEmpty(t, record)
		}
	}
	require.Equal(t, len(chunks), n)
	reader, err := mcap.NewReader(bytes.NewReader(file))
	require.NoError(t, err)
	info, err := reader.Info()
	require.NoError(t, err)
	messages := uint64(0)
	for i := range chunks {
		messages += uint64(len(chunks[i]))
	}
	require.Equal(t, messages, info.Statistics.MessageCount)
	sums(t, file, sum)
	require.Equal(t, digest, hex.EncodeToString(sum.Sum(nil)))
}

// sums adds the uncompressed records of all chunks.
func sums(t *rapid.T, file []byte, sum io.Writer) {
	lexer, err := mcap.NewLexer(bytes.NewReader(file), &mcap.LexerOptions{})
	require.NoError(t, err)
	for {
		token, record, err := lexer.Next(nil)
		if errors.Is(err, io.EOF) || token == mcap.TokenDataEnd {
			return
		}
		require.NoError(t, err)
		if token == mcap.TokenMessage {
			frame := []byte{byte(mcap.OpMessage), byte(len(record)), byte(len(record) >> 8), byte(len(record) >> 16), 0, 0, 0, 0, 0}
			_, _ = sum.Write(append(frame, record...))
		}
	}
}

// sample is a file with some of everything.
func sample(t testing.TB) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	var chunks [][]container.Message
	for c := range 6 {
		var list []container.Message
		for k := range 30 {
			data := make([]byte, random.IntN(100))
			for i := range data {
				data[i] = byte(random.IntN(7))
			}
			list = append(list, container.Message{Channel: uint16(1 + k%2), Time: uint64(100*c + k), Data: data})
		}
		chunks = append(chunks, list)
	}
	file, _ := written(t, chunks)
	return file
}

// A file that ends anywhere is read up to there, says so, and has what the whole one has.
func TestCut(t *testing.T) {
	file := sample(t)
	whole, err := all(opened(t, file))
	require.NoError(t, err)
	most := 0
	for cut := range file {
		r, err := container.Open(bytes.NewReader(file[:cut]), int64(cut))
		if err != nil {
			continue
		}
		require.NotNil(t, r.Damage, "%d", cut)
		got, err := all(r)
		require.NoError(t, err)
		require.LessOrEqual(t, len(got), len(whole))
		if len(got) > 0 {
			require.Equal(t, whole[:len(got)], got, "%d", cut)
		}
		most = max(most, len(got))
	}
	require.Len(t, whole, most)
}

// A bit that is wrong is noticed, or what is read is right.
func TestFlipped(t *testing.T) {
	file := sample(t)
	whole, err := all(opened(t, file))
	require.NoError(t, err)
	noticed := 0
	for at := range file {
		other := bytes.Clone(file)
		other[at] ^= 1 << (at % 8)
		r, err := container.Open(bytes.NewReader(other), int64(len(other)))
		if err != nil {
			noticed++
			continue
		}
		got, err := all(r)
		if err != nil || r.Damage != nil {
			noticed++
			continue
		}
		require.Equal(t, whole, got, "%d", at)
	}
	require.Greater(t, noticed, len(file)/2)
}

// A limited writer has room for a few bytes.
type limited struct{ left int }

func (l *limited) Write(b []byte) (int, error) {
	if l.left -= len(b); l.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

// Where there is no room a Writer says so: at once, or when it is closed.
func TestNoRoom(t *testing.T) {
	size := len(sample(t))
	for _, left := range []int{0, 5, 100, size / 2, size * 3 / 4, size - 10} {
		w, err := container.NewWriter(&limited{left}, options)
		random := rand.New(rand.NewPCG(3, 4))
		for k := 0; k < 6 && err == nil; k++ {
			data := make([]byte, size/4)
			for i := range data {
				data[i] = byte(random.Uint32())
			}
			w.Add(1, uint64(k), data)
			err = w.Flush()
		}
		if err == nil {
			err = w.Close()
		}
		require.ErrorIs(t, err, io.ErrShortWrite, "%d", left)
	}
}

// Whatever is in a file, it is read or refused, and nothing larger than it asks for.
func FuzzOpen(f *testing.F) {
	file := sample(f)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add(file[len(file)/2:])
	f.Add([]byte(mcap.Magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := container.Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		_, _ = all(r)
		for i := range r.Attachments() {
			_, _ = r.Attachment(i)
		}
	})
}
