// Package margin follows the margin of a formula over a run: how far it is from being
// false, or from being true, at every instant (sim/monitor/formula says what that is).
//
// A Network hears the margins of the atoms as samples and straight lines, and tells the
// margin of the formula as pieces of straight lines, as early as the windows of the
// formula allow. It is exact but for two things: where two lines cross, the next whole
// nanosecond is taken, and lines are computed in floating point. What does not slope is
// never computed with.
//
// # How it works
//
// Every operation has a queue of pieces. Its readers go through what is known of them,
// each at its own place, and append to their own queues; so many samples are as good as
// one. Inf is sup, and min is max, of opposites: the queue of a dual operation holds the
// opposite margin, and who reads it turns the sign.
//
// Sliding sup. A piece that begins at t counts in all windows from the one that ends at
// t to the one that begins where the piece ends. So the queue holds, beyond what is
// known, what it would be if nothing more came: it never rises there. A new piece takes
// away from its end what lies below. That is the monotone queue of Lemire (Nordic J.
// Computing 13, 2006), as Donze, Ferrere and Maler use it (CAV 2013), kept in the queue
// of results. Into the past it is the same with the ends of pieces moved instead of
// their beginnings.
//
// Until. D(s) is x until y at s, and A(s) the inf of x from s on, if nothing more came.
// A witness of height w makes D the greater of itself and of the lesser of A and w. Where
// D has reached A it is final, and where the window of s has passed. Elsewhere D never
// rises and A never falls: so what is final is the front, and D and A are queues as
// above.
//
// Since is carried forward; within a window it is the lesser of that and of once y.
// Rise and fall are the lesser of x, and of y a round ago.
//
// Of a formula of which only the value at the first instant is wanted, what ranges from
// one instant on needs no queue but the best so far (NewAtStart).
package margin
