// Package layout says where everything of a traced system stands in the picture of plant
// and network. It reads the header of a trace only, so a picture never moves during a
// replay, and the same header has the same picture on every machine.
//
// # What stands where
//
// Zones are areas, in rows by their level in the Purdue model, the process at the bottom,
// 4 and 5 together at the top. Where a scenario names no levels they follow from the plant:
// zones of what is wired physically are at the bottom, others as many conduits above them as
// they are away; and all may stand side by side. A device stands in the first of its zones,
// with a tie to each of the others; one in no zone stands in the plant, beneath all zones,
// and malware in an area of its own, as it is nowhere.
//
// Devices that are wired to each other stand in columns along the way of the material,
// from left to right, with instruments above what they measure (flow.go, block.go). Other
// devices fill a grid, in an order that keeps the lines to their partners short. Where all
// devices of an area have positions they stand as they do on the ground (ground.go), unless that
// would be mostly empty and has a picture of its own.
//
// # How large
//
// Lengths have no unit: the icon of a device is 64 wide, and the viewer scales the picture
// to what there is of the screen. So rows are broken, and areas made high or wide, such
// that the whole fits a frame of the wanted aspect with as large a scale as possible
// (rows.go). What room lines take is known only when they are there, so the best few drafts
// are worked out, and the largest is taken.
//
// # Routes
//
// Lines run in streets only (street.go): in the halls between rows of areas and between
// neighbours in a row, and in the gutters between the cells of an area. So they cross no
// device, no label and no title, and conduits no area, by construction. A route is first a
// list of streets; when all routes are known each street gives those that run side by side
// a lane of their own (lanes.go), and is made as wide as its lanes need. Wires that begin or end at
// the same device share a lane, as pipes do. In small systems those
// who talk to each other within an area are joined by links (link.go), unless these would take
// too much room. A message flies along the conduits and the link that it passes (way.go).
package layout
