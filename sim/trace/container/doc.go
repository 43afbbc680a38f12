// Package container is files of the format MCAP (version 0, https://mcap.dev/spec), as
// far as a trace needs them: attachments, then chunks of messages, each compressed
// (Zstandard, at its fastest) and with a checksum, and a summary that says where they
// are. What the messages say is the affair of package trace.
//
// A Writer keeps two chunks in memory, and of those before them only where they lie: some
// 300 bytes each. It writes the same bytes whenever it is told the same.
//
// The records are written and read here, as they are few. The format's own library would
// be a third of what the first run of the tool on a new machine has to compile; the tests
// hold this package against it.
//
// A Reader takes the summary's word for where the chunks are; where there is none, since
// whoever wrote the file did not come to its end, or where it is damaged, it goes through
// the file from the beginning, up to what it can no longer make out. It trusts no length:
// none of its buffers is longer than MaxChunk, or than the file.
package container
