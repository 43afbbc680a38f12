package report

import "github.com/harmproof/harmproof/sim"

// jsonOutbreak is how far a malware came. Times are null where something never was.
type jsonOutbreak struct {
	Malware  string         `json:"malware"`
	Infected int            `json:"infected"`
	Hosts    []jsonHost     `json:"hosts"`
	Zones    []jsonCrossing `json:"zones"`
	Spared   []string       `json:"never_in"`
	Stops    []jsonWall     `json:"stops"`
	Actuator *jsonActuator  `json:"first_actuator"`
}

type jsonHost struct {
	Name     string   `json:"name"`
	Device   bool     `json:"device"`
	Count    int      `json:"count"`
	Zone     *string  `json:"zone"` // the first one of zones
	Zones    []string `json:"zones"`
	First    *float64 `json:"first_at_seconds"`
	From     *string  `json:"from"`
	By       *string  `json:"by"`
	Attack   *string  `json:"technique"`
	Way      []string `json:"way"`
	Infected int      `json:"infected"`
	Most     int      `json:"most"`
	Ever     uint64   `json:"ever"`
}

type jsonCrossing struct {
	Zone   string   `json:"zone"`
	Host   string   `json:"host"`
	From   *string  `json:"from"`
	By     *string  `json:"by"`
	Attack *string  `json:"technique"`
	At     *float64 `json:"first_at_seconds"`
}

type jsonWall struct {
	Barrier string   `json:"barrier"`
	Why     string   `json:"why"`
	From    string   `json:"from"`
	To      string   `json:"to"`
	By      string   `json:"by"`
	Times   uint64   `json:"times"`
	First   *float64 `json:"first_at_seconds"`
}

type jsonActuator struct {
	Device   string   `json:"device"`
	Commands *string  `json:"commands"`
	At       *float64 `json:"at_seconds"`
}

// outbreaksJSON is how far all malware came; none where a system has no malware.
func outbreaksJSON(r *sim.Result) (list []jsonOutbreak) {
	for i := range r.Outbreaks {
		list = append(list, outbreakJSON(&r.Outbreaks[i]))
	}
	return list
}

func outbreakJSON(o *sim.Outbreak) jsonOutbreak {
	out := jsonOutbreak{
		Malware: o.Malware, Infected: o.Infected, Hosts: []jsonHost{}, Zones: []jsonCrossing{}, Spared: append([]string{}, o.Spared...), Stops: []jsonWall{},
	}
	for i := range o.Hosts {
		h := &o.Hosts[i]
		out.Hosts = append(out.Hosts, jsonHost{
			Name: h.Name, Device: h.Device, Count: h.Count, Zone: jsonText(firstOf(h.Zones)), Zones: append([]string{}, h.Zones...), First: jsonTime(h.First), From: jsonText(h.From), By: jsonText(h.By),
			Attack: jsonText(h.Technique),
			Way:    append([]string{}, h.Way...), Infected: h.Now, Most: h.Most, Ever: h.Ever,
		})
	}
	for i := range o.Zones {
		z := &o.Zones[i]
		out.Zones = append(out.Zones, jsonCrossing{z.Zone, z.Host, jsonText(z.From), jsonText(z.By), jsonText(z.Technique), jsonTime(z.At)})
	}
	for i := range o.Stops {
		x := &o.Stops[i]
		out.Stops = append(out.Stops, jsonWall{x.Barrier, x.Reason, x.From, x.To, x.By, x.Hits, jsonTime(x.First)})
	}
	if o.Actuator != "" {
		out.Actuator = &jsonActuator{o.Actuator, jsonText(o.Commands), jsonTime(o.At)}
	}
	return out
}

// firstOf is the first of some names, or "".
func firstOf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}
