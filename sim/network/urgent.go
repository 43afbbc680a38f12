package network

import "slices"

// urgent lists the links of a way that let a request, and what answers it, go first: they name
// one of the two devices, or what it is about.
func (r *Router) urgent(q *Request, hops []Hop) (list []int32) {
	if r.links == nil {
		return nil
	}
	for _, h := range hops {
		if First(r.links[h.Link].Priority, q.claimed(), q.To, q.Objects, q.Carries) {
			list = append(list, h.Link)
		}
	}
	return list
}

// First reports whether a list of devices and signals that go first names one of two devices, or
// one of the signals that a message is about or carries.
func First(list []string, from, to string, objects, carries []string) bool {
	return slices.ContainsFunc(list, func(name string) bool {
		return name == from || name == to || slices.Contains(objects, name) || slices.Contains(carries, name)
	})
}
