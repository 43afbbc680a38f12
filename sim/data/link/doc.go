// Package link says what somebody can learn about people by joining all that they can read.
//
// # What is joined
//
// A store has at most one record about a person: some attributes, and keys (meter number,
// account). Who reads two stores joins their records of a person
//
//	by a key            that both name, with certainty. All that hangs together by keys is one record
//	                    for whoever has it, with the traits of all of them.
//	by traits           that both keep (quasi-identifiers), as finely as the coarser of both does:
//	                    with 1/n where n records of the store that is joined are the same in these.
//	by being together   at the same places at the same times, as surely as package places says.
//
// Of several ways the surest one counts; they are not added up. 1/n is the prosecutor's chance: it is
// known that the person is in both. A record without a trait is not taken for one that might be
// alike.
//
// # What is learnt
//
// A search for a person begins at a record that says who it is about (it has an attribute that
// identifies), goes from record to record, and is as sure as the product of its joins. A rule makes
// an attribute of others where all of them are known of one record, with its accuracy; what is
// inferred can be carried on, inferred from, and say who somebody is. What is known of a person is
//
//	max over records v of   sure(v is theirs) * known(a, v)
//	known(a, v) = max of    1 if v has it
//	                        accuracy * the product of known(p, v) of all premises p of a rule
//	                        sure(v leads to w) * known(a, w)
//
// Premises that are far away are brought together in any order, and joins that several share count
// once (a rule with three premises may put two together first); where who it is must be inferred, a
// join that this and the attribute need counts twice, so that the number is rather too low. The
// largest such number is found by Dijkstra's algorithm for each attribute in turn, until no rule adds
// anything. Every factor is at most 1, and floating-point products are monotone: so the result has the
// same bits whatever the order of stores and rules, and none of them can lower it by being there.
//
// What it is not: a posterior. Independent hints for the same are not combined, so it is less than
// what could be learnt by somebody who does; joins by traits do not add traits to a record for the
// next join, as these may be of somebody else.
//
// # What it costs
//
// A question about one person costs nodes squared for each attribute. Classes of alike records are
// followed as records come and go (package anonymity), from when they are first asked for; beyond
// 256 kinds of them of one store they are counted. Touched says about whom something else may be
// learnt after a record has changed.
//
// # Rules with names
//
// Findings are rules of the literature (figures of abstracts that were read; what was not is marked
// in the text). How long and how fine a series must be is what the authors had, where that is not
// said to be our choice. Where nobody has published a figure it is marked as an assumption.
//
// # How it is checked
//
// Against a search that tries all ways and counts alike records one by one, on drawn small
// models, to the last bit; that more never teaches less, and that no order matters; against figures
// that are computed by hand in the tests. Recipes can be followed
// step by step.
package link
