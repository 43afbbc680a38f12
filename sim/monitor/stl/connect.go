package stl

// connect compiles conditions at one instant that are connected.
func connect(k kind, of []verdict) verdict {
	p, q := of[0], of[len(of)-1]
	switch k {
	case not:
		return verdict{
			holds:  func(row []float64) bool { return !p.holds(row) },
			margin: func(row []float64) float64 { return opposite(p.margin(row)) },
		}
	case implies:
		return verdict{
			holds:  func(row []float64) bool { return !p.holds(row) || q.holds(row) },
			margin: func(row []float64) float64 { return max(opposite(p.margin(row)), q.margin(row)) },
		}
	case iff, equal:
		return verdict{
			holds:  func(row []float64) bool { return p.holds(row) == q.holds(row) },
			margin: pair(nearness, p.margin, q.margin),
		}
	case xor, differ:
		return verdict{
			holds:  func(row []float64) bool { return p.holds(row) != q.holds(row) },
			margin: pair(distance, p.margin, q.margin),
		}
	}
	return several(k == or, of)
}

// several compiles p and q and so on, or p or q.
func several(or bool, of []verdict) verdict {
	return verdict{
		holds: func(row []float64) bool {
			for _, p := range of {
				if p.holds(row) == or {
					return or
				}
			}
			return !or
		},
		margin: func(row []float64) float64 {
			m := of[0].margin(row)
			for _, p := range of[1:] {
				if or {
					m = max(m, p.margin(row))
				} else {
					m = min(m, p.margin(row))
				}
			}
			return m
		},
	}
}
