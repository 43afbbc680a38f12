package link

import "github.com/harmproof/harmproof/sim/vtime"

// A Finding is a rule of the literature, by the names of what it is about: a scenario binds these to
// attributes of its own.
type Finding struct {
	Name        string
	From        []Given
	Gives       string
	Least, Most float64
	Source      string
	Assumed     bool
}

// A Given is what a finding needs, over how long a time and how fine.
type Given struct {
	Name       string
	Long, Fine vtime.Duration
}

// Right says how often a finding is right, and who says so.
func (f *Finding) Right() string { return right(f.Least, f.Most, f.Source, f.Assumed) }

const day, week = vtime.Day, vtime.Week

// Findings returns the rules that have names. Most take a time that the authors looked at, or a
// shorter one where that is said here.
func Findings() []Finding {
	series := func(name string, long, fine vtime.Duration) []Given { return []Given{{name, long, fine}} }
	return []Finding{
		{
			Name: "occupancy-from-load", From: series("load", 2*week, vtime.Second), Gives: "occupancy", Least: 0.83, Most: 0.94,
			Source: "Kleiminger, Beckel, Santini 2015: ECO, 1 Hz, Swiss homes; two weeks are our choice",
		},
		{
			Name: "occupancy-from-coarse-load", From: series("load", 2*week, 15*vtime.Minute), Gives: "occupancy", Least: 0.8, Most: 0.8,
			Source: "Kleiminger et al. 2013 has more than 0.8 in 5 homes over 8 months, from finer readings; that 15 minutes do is assumed", Assumed: true,
		},
		{
			Name: "household-from-load", From: series("load", 52*week, vtime.Hour), Gives: "household", Least: 0.7, Most: 0.8,
			Source: "Beckel et al. 2014: 4232 Irish homes, 30 minutes, 1.5 years; many characteristics more than 0.7, some more than 0.8; that an hour does as 15 minutes do: Radovanovic et al. 2025; a year is our choice",
		},
		{
			Name: "home-from-locations", From: series("locations", 2*week, vtime.Hour), Gives: "home", Least: 0.97, Most: 0.97,
			Source: "de Sojo et al. 2025, HoWDe: up to 0.97; two weeks of hours are our choice",
		},
		{
			Name: "work-from-locations", From: series("locations", 2*week, vtime.Hour), Gives: "work", Least: 0.88, Most: 0.88,
			Source: "de Sojo et al. 2025, HoWDe: up to 0.88; two weeks of hours are our choice",
		},
		{
			Name: "identity-from-home-and-work", From: []Given{{Name: "home"}, {Name: "work"}}, Gives: "identity", Least: 0.5, Most: 0.5,
			Source: "Golle and Partridge 2009: known to the census block, half of the working people of the US are alone with their pair",
		},
		{
			Name: "activity-from-events", From: series("events", day, vtime.Second), Gives: "activity", Least: 0.99, Most: 0.99,
			Source: "IoTMosaic, INFOCOM 2022: events of the devices of a smart home over two months; a day is our choice",
		},
		{
			Name: "habits-from-locks-and-lights", From: []Given{{"locks", 2 * week, day / 4}, {"lights", 2 * week, vtime.Hour}}, Gives: "habits",
			Least: 0.8, Most: 0.8, Source: "no published figure; doors are opened a few times a day, lights switched every hour", Assumed: true,
		},
		{
			Name: "habits-from-lights", From: series("lights", 2*week, vtime.Hour), Gives: "habits", Least: 0.6, Most: 0.6,
			Source: "no published figure", Assumed: true,
		},
	}
}
