package modbus

// identityHead is what stands before the objects: function, type, category,
// conformity, more, next, count.
const identityHead = 7

// decode reads what function 43 tells, without the function.
func (d *Identity) decode(body []byte) bool {
	if len(body) < identityHead-1 || body[0] != identification || body[3] != 0 && body[3] != 0xFF {
		return false
	}
	d.Category, d.Conformity, d.More, d.Next = body[1], body[2], body[3] == 0xFF, body[4]
	count, rest := int(body[5]), body[6:]
	for range count {
		if len(rest) < 2 || len(rest) < 2+int(rest[1]) {
			return false
		}
		end := 2 + int(rest[1])
		d.Objects = append(d.Objects, Object{rest[0], string(rest[2:end])})
		rest = rest[end:]
	}
	return len(rest) == 0
}

// valid reports whether a server may say so.
func (d *Identity) valid() bool {
	size := identityHead
	for _, o := range d.Objects {
		size += 2 + len(o.Value)
	}
	level := d.Conformity &^ 0x80
	return size <= MaxPDU && d.Category >= 1 && d.Category <= 4 && level >= 1 && level <= 3
}

func (d *Identity) append(b []byte) []byte {
	more := byte(0)
	if d.More {
		more = 0xFF
	}
	b = append(b, identification, d.Category, d.Conformity, more, d.Next, byte(len(d.Objects)))
	for _, o := range d.Objects {
		b = append(append(b, o.ID, byte(len(o.Value))), o.Value...)
	}
	return b
}

// tell returns what a server of these names answers to a request: as many as go into
// one response, from the object that was asked for. The first three names are basic,
// up to the seventh regular.
func tell(names []string, r Request) (Identity, error) {
	d := Identity{Category: r.Category, Conformity: 0x81}
	last := min(len(names), 3)
	if len(names) > 3 {
		d.Conformity = 0x82
	}
	if r.Category > 1 {
		last = min(len(names), 7)
	}
	from := int(r.Object)
	if r.Category == 4 {
		if from >= len(names) {
			return d, IllegalAddress
		}
		last = from + 1
	} else if from >= last {
		from = 0 // what is not there begins at the beginning
	}
	size := identityHead
	for i := from; i < last; i++ {
		name := names[i][:min(len(names[i]), MaxPDU-identityHead-2)]
		if size += 2 + len(name); size > MaxPDU {
			d.More, d.Next = true, byte(i)
			break
		}
		d.Objects = append(d.Objects, Object{byte(i), name})
	}
	return d, nil
}
