package sim

// A HeldOf is who has something about a person of the system at the end.
type HeldOf struct {
	Person string // as of a HarmResult
	Stores []HeldBy
	Taken  []HeldBy // by an attacker, of a store
}

// A HeldBy is what somebody has about a person.
type HeldBy struct {
	Who, Store string // Who is the attacker who took it, empty of what the store itself has
	Attributes []string
}

// maxHeldOf is how many persons are listed.
const maxHeldOf = 200

// heldOf lists who has something about each person of the system, those about whom nobody has anything as
// well.
func (h *holdings) heldOf() (list []HeldOf) {
	for i := range h.Populations {
		p := &h.Populations[i]
		for k := int32(0); p.Persons && k < p.Count && len(list) < maxHeldOf; k++ {
			person := p.First + k
			x := HeldOf{Person: h.PersonName(person)}
			has := h.Held(person).Or(h.Kept(person))
			for _, store := range h.storesOf(has) {
				x.Stores = append(x.Stores, HeldBy{"", h.Stores[store].Name, h.within(has, store)})
			}
			for who := range h.Principals {
				took := h.Took(int32(who), person)
				for _, store := range h.storesOf(took) {
					x.Taken = append(x.Taken, HeldBy{h.Principals[who].Name, h.Stores[store].Name, h.within(took, store)})
				}
			}
			list = append(list, x)
		}
	}
	return list
}
