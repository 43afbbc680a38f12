package logbook

import (
	"cmp"
	"slices"
)

// A Named is a device whom the logs can name.
type Named struct {
	Device  int32
	How     Naming
	Entries int
}

// Names returns whom the records name that are left and stand at least so high, in
// the order of devices.
func (v *Survey) Names(least Standing) (list []Named) {
	add := func(f Finding) {
		if f.Standing < least || f.Record.From.Log != None {
			return // a copy is counted where it is of
		}
		device, how := f.Record.Entry.Names()
		list = append(list, Named{device, how, 1})
	}
	for log := range v.books.logs {
		for member := range v.books.logs[log].Members {
			v.Each(int32(log), int32(member), add)
		}
	}
	slices.SortFunc(list, func(x, y Named) int {
		return cmp.Or(cmp.Compare(x.Device, y.Device), cmp.Compare(x.How, y.How))
	})
	return merge(list)
}

// merge adds up neighbours that name the same device in the same way.
func merge(list []Named) []Named {
	n := 0
	for _, x := range list {
		if n > 0 && list[n-1].Device == x.Device && list[n-1].How == x.How {
			list[n-1].Entries += x.Entries
			continue
		}
		list[n] = x
		n++
	}
	return list[:n]
}
