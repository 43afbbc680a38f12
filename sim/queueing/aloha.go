package queueing

import "github.com/harmproof/harmproof/sim/detmath"

// Aloha is the throughput of a channel that all use when they like: load is how many
// messages are sent, the result how many get through, both for each time that one takes.
// Who is sent while another is loses both. It is never more than 1/2e = 0.1839, at load 0.5.
func Aloha(load float64) (float64, error) { return throughput(load, 2) }

// SlottedAloha is Aloha where all begin at the beginning of a slot, as long as a message:
// at most 1/e = 0.3679, at load 1.
func SlottedAloha(load float64) (float64, error) { return throughput(load, 1) }

// throughput is what gets through if nobody else may begin in so many times of a message.
func throughput(load, times float64) (float64, error) {
	if err := natural("offered load", load); err != nil {
		return 0, err
	}
	return float64(load * detmath.Exp(float64(-times*load))), nil
}
