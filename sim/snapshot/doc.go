// Package snapshot turns the state of a run into bytes and back.
//
// A component archives itself by one method that names its fields once:
//
//	func (t *Tank) Archive(a *snapshot.Archive) {
//		snapshot.Int(a, &t.opened)
//		snapshot.Float(a, &t.level)
//	}
//
// The same calls write the fields when the archive is being written and set them
// when it is being read, so what is saved and what is loaded cannot drift apart.
// There are no names and no types in the bytes: only the program that wrote an
// archive reads it, for the plan that it was written for; who keeps archives puts
// a seal on them (Seal, Open) that says so and that finds damage.
//
// Reading never panics and never takes more memory than a few times the length of
// the archive. After the first thing that is wrong, everything reads as zero and
// Err says what it was.
package snapshot
