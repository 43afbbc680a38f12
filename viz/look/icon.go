package look

import (
	"slices"

	"github.com/harmproof/harmproof/viz/draw"
)

// icons are what draws each icon.
var icons = map[string]func(pen){
	"antenna": antenna, "attacker": attacker, "box": box, "breaker": breaker, "burst": burst, "bus": bus,
	"camera": camera, "centrifuge": centrifuge, "conveyor": conveyor, "crowd": crowd, "drive": drive, "filter": filter, "fire": fire,
	"firewall": firewall, "float-switch": floatSwitch, "flow-meter": flowMeter, "gate": gate, "gauge": gauge, "generator": generator, "grid": grid,
	"historian": historian, "hmi": hmi, "home": home, "insulin-pump": insulinPump, "key": key, "laptop": laptop,
	"level-gauge": levelGauge, "line": line, "load": load, "module": module, "person": person, "phone": phone, "plc": plc, "plume": plume,
	"pressure-gauge": pressureGauge, "pump": pump, "reactor": reactor, "robot-arm": robotArm, "rotor": rotor,
	"router": router, "safety-controller": safetyController, "server": server, "stick": stick, "switch": netSwitch,
	"tachometer": tachometer, "tank": tank, "thermometer": thermometer, "valve": valve, "vehicle": vehicle,
	"workstation": workstation,
}

// Names returns the names of all icons, sorted.
func Names() []string {
	var names []string
	for name := range icons {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Icon draws an icon in the middle of a rectangle; one that is not known is a box.
func Icon(l *draw.List, name string, r draw.Rect, s State) {
	draws := icons[name]
	if draws == nil {
		draws = box
	}
	if size := min(r.W, r.H); size >= 1 {
		p := penFor(l, r, size, s)
		draws(p)
		if s.Alarm {
			p.alarm()
		}
	}
}
