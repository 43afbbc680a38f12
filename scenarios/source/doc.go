// Package source holds the text of scenario files with its positions, and the
// problems that are found in it.
//
// Whoever finds a mistake says where (a [Span]), what is wrong in plain words,
// and what to write instead. [Problems] puts them in order and shows them all
// at once:
//
//	plant.yaml has 2 mistakes. Nothing was run.
//
//	plant.yaml:9:15  height needs its unit
//	   9 |       height: 4
//	     |               ^ write `4 m` (or mm, cm, ft, in)
//
//	plant.yaml:14:11  there is no kind "level-guage"; did you mean "level-gauge"?
//	  14 |       is: level-guage
//	     |           ^~~~~~~~~~~ harmproof list --kinds shows them
//
// One cause makes one message: whoever reports a mistake marks the [Text] that
// holds it as Broken, and whoever meets a broken text stays silent about it.
//
// A scenario file is untrusted input, so nothing of it reaches a terminal
// unescaped.
package source
