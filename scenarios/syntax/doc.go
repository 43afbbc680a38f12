// Package syntax reads scenario and system files: YAML text in, a tree with a
// place for every leaf and every mistake out. It knows the shape of the language
// (which keys stand where, what a duration looks like); kinds, units, names and
// the meaning of expressions are checked by those who know them.
//
// It is the only package that imports the YAML library. Reading goes in steps:
//
//   - preflight refuses what no scenario can be: too big, binary, invisible
//     characters;
//   - compose has the library build its nodes; what the library refuses is
//     explained in words, the value at fault is replaced by a hole, and the rest
//     is read on, so that all mistakes show at once;
//   - the reader turns nodes into [Value]s and catches what is YAML but means
//     something else than it looks like (tags, anchors, 00010, yes, a flow map
//     split at a comma);
//   - the parser turns values into the [File].
//
// One cause makes one message. What is wrong is marked Broken in the tree (a
// [Text] with Broken, a [Value] of kind Broken), and nobody speaks of it again.
package syntax
