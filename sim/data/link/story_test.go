package link

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Attributes of the stories.
const (
	name = iota
	load
	occupancy
	postcode
	born
	illness
	locations
	home
	work
)

// stories has four people. 0 and 1 are of one postcode and year, 2 of the postcode, 3 of another.
func stories() Model {
	return Model{
		People:  4,
		Domains: []string{"meter_no", "customer_no", "phone"},
		Attributes: []Attribute{
			{Name: "name", Identifies: true},
			{Name: "load"},
			{Name: "occupancy"},
			{Name: "postcode", Levels: [][]int32{{11, 11, 11, 12}, {1, 1, 1, 1}}},
			{Name: "born", Levels: [][]int32{{1970, 1970, 1980, 1980}}},
			{Name: "illness"},
			{Name: "locations"},
			{Name: "home"},
			{Name: "work"},
		},
		Stores: []Store{
			{Name: "utility.readings", Keys: []int32{0}},
			{Name: "crm.customers", Keys: []int32{0, 1}},
			{Name: "register"},
			{Name: "hospital", Coarse: []Coarse{{postcode, 1}}},
			{Name: "app", Keys: []int32{2}},
		},
		Rules: []Rule{
			{Name: "occupancy-from-load", From: []Premise{{load, 14 * vtime.Day, 15 * vtime.Minute}}, Gives: occupancy, Least: 0.83, Most: 0.94, Source: "Kleiminger et al. 2015"},
			{Name: "home", From: []Premise{{Attribute: locations}}, Gives: home, Least: 0.97, Most: 0.97, Source: "HoWDe"},
			{Name: "work", From: []Premise{{Attribute: locations}}, Gives: work, Least: 0.88, Most: 0.88, Source: "HoWDe"},
			{Name: "identity", From: []Premise{{Attribute: home}, {Attribute: work}}, Gives: name, Least: 0.5, Most: 0.5, Assumed: true},
		},
		Series: func(_, attribute, person int32) (long, fine vtime.Duration) {
			if attribute == load {
				return 30 * vtime.Day, 15 * vtime.Minute << person // of person 0 as fine as is needed
			}
			return 0, 0
		},
	}
}

func mask(attributes ...int) (m uint64) {
	for _, a := range attributes {
		m |= 1 << a
	}
	return m
}

// Who has the readings and who knows names: together they know when somebody is at home.
func TestMeterAndCustomers(t *testing.T) {
	l := made(t, stories())
	for p := range int32(2) {
		l.Put(0, p, mask(load))
		l.Put(1, p, mask(name))
	}
	all := ^uint64(0)
	require.Zero(t, l.Learn([]uint64{all, 0, 0, 0, 0}, 0, nil)[occupancy], "nobody knows whose readings these are")
	require.Zero(t, l.Learn([]uint64{0, all, 0, 0, 0}, 0, nil)[occupancy])
	require.Equal(t, 0.94, l.Learn([]uint64{all, all, 0, 0, 0}, 0, nil)[occupancy])
	require.Zero(t, l.Learn([]uint64{all, all, 0, 0, 0}, 1, nil)[occupancy], "readings of 30 minutes are too coarse")
	require.Equal(t, []string{
		"name is in crm.customers",
		"utility.readings is joined to crm.customers by meter_no",
		"load is in utility.readings, every 15 min for 30 d",
		"occupancy is inferred from load: accuracy 0.83 to 0.94 (Kleiminger et al. 2015)",
	}, l.Text(l.Recipe([]uint64{all, all, 0, 0, 0}, 0, occupancy), 0))
	l.Erase(1, 0)
	require.Zero(t, l.Learn([]uint64{all, all, 0, 0, 0}, 0, nil)[occupancy])
}

// A register with names and a hospital without: persons 0 and 1 hide behind each other, 2 and 3
// do as long as the hospital has no more than the first digit of the postcode.
func TestRegisterAndHospital(t *testing.T) {
	l := made(t, stories())
	for p := range int32(4) {
		l.Put(2, p, mask(name, postcode, born))
		l.Put(3, p, mask(postcode, born, illness))
	}
	reads := []uint64{0, 0, mask(name, postcode, born), mask(postcode, born, illness), 0}
	for p := range int32(4) {
		require.Equal(t, 0.5, l.Learn(reads, p, nil)[illness])
	}
	require.Equal(t, []string{
		"name is in register",
		"hospital is joined to register by postcode (level 1) and born: 2 records are alike, if they are known to be in it",
		"illness is in hospital",
	}, l.Text(l.Recipe(reads, 3, illness), 3))
	reads[3] = mask(postcode, illness) // who may not read the year finds four alike
	require.Equal(t, 0.25, l.Learn(reads, 0, nil)[illness])
	reads[3] = mask(illness)
	require.Zero(t, l.Learn(reads, 0, nil)[illness])
	l.Erase(3, 2)
	reads[3] = ^uint64(0)
	require.Equal(t, 1.0, l.Learn(reads, 3, nil)[illness], "nobody is like them any more")
}

// Where somebody lives and works says who they are: the record of a phone needs no other store.
func TestLocationsSayWho(t *testing.T) {
	l := made(t, stories())
	l.Put(4, 0, mask(locations))
	reads := []uint64{0, 0, 0, 0, mask(locations)}
	who := float64(float64(0.97*0.88) * 0.5)
	require.InDelta(t, who, l.Learn(reads, 0, nil)[name], 1e-15)
	require.InDelta(t, who*0.97, l.Learn(reads, 0, nil)[home], 1e-15)
	require.Equal(t, []string{
		"locations is in app",
		"home is inferred from locations: accuracy 0.97 (HoWDe)",
		"work is inferred from locations: accuracy 0.88 (HoWDe)",
		"name is inferred from home and work: accuracy 0.5, an assumption",
	}, l.Text(l.Recipe(reads, 0, home), 0))
}

// What hangs together by keys is one record, with the traits of both: the utility has the postcode,
// the customers' list the year, and together they find person 2 in the hospital.
func TestTraitsOfOneKey(t *testing.T) {
	l := made(t, stories())
	for p := range int32(4) {
		l.Put(0, p, mask(postcode))
		l.Put(1, p, mask(name, born))
		l.Put(3, p, mask(postcode, born, illness))
	}
	l.Erase(3, 3)
	all := ^uint64(0)
	require.Equal(t, 1.0, l.Learn([]uint64{all, all, 0, all, 0}, 2, nil)[illness])
	require.Equal(t, []string{
		"name is in crm.customers",
		"utility.readings is joined to crm.customers by meter_no",
		"hospital is joined to utility.readings by postcode (level 1) and born: no other record is like it, if they are known to be in it",
		"illness is in hospital",
	}, l.Text(l.Recipe([]uint64{all, all, 0, all, 0}, 2, illness), 2))
}

// Three premises, of which two lie together: they count once for the join that leads to both, in
// whatever order the rule names them.
func TestThreePremises(t *testing.T) {
	for _, from := range [][]Premise{
		{{Attribute: 1}, {Attribute: 2}, {Attribute: 3}}, {{Attribute: 3}, {Attribute: 1}, {Attribute: 2}}, {{Attribute: 2}, {Attribute: 3}, {Attribute: 1}},
	} {
		l := made(t, Model{
			People:     1,
			Attributes: []Attribute{{Name: "name", Identifies: true}, {Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}},
			Stores:     []Store{{Name: "names"}, {Name: "pair"}, {Name: "third"}},
			Rules:      []Rule{{From: from, Gives: 4, Least: 1, Most: 1}},
			Together: func(from, to, _ int32) float64 {
				return []float64{0, 0.5, 0.25}[to] * float64(1-min(from, 1)) // from the names alone
			},
		})
		l.Put(0, 0, 1)
		l.Put(1, 0, mask(1, 2))
		l.Put(2, 0, mask(3))
		reads := []uint64{^uint64(0), ^uint64(0), ^uint64(0)}
		require.Equal(t, 0.5*0.25, l.Learn(reads, 0, nil)[4])
		require.Len(t, l.Recipe(reads, 0, 4).Steps, 1+2+3+1) // read, join, read, infer
	}
}

// Who it is and what is learnt are two searches: a join that both need counts twice, but it is told
// once.
func TestJoinOfBoth(t *testing.T) {
	l := made(t, Model{
		People:     1,
		Attributes: []Attribute{{Name: "name", Identifies: true}, {Name: "a"}, {Name: "b"}, {Name: "c"}},
		Stores:     []Store{{Name: "one"}, {Name: "other"}},
		Rules:      []Rule{{From: []Premise{{Attribute: 1}, {Attribute: 2}}, Most: 1}},
		Together:   func(from, _, _ int32) float64 { return 0.5 * float64(1-from) },
	})
	l.Put(0, 0, mask(1))
	l.Put(1, 0, mask(2, 3))
	reads := []uint64{^uint64(0), ^uint64(0)}
	require.Equal(t, 0.25, l.Learn(reads, 0, nil)[3])
	require.Equal(t, []string{
		"a is in one", "other is joined to one by times and places: 0.5 sure", "b is in other",
		"name is inferred from a and b: accuracy 0 to 1", "c is in other",
	}, l.Text(l.Recipe(reads, 0, 3), 0))
}

// Rules may go in a circle, which leads nowhere.
func TestCircle(t *testing.T) {
	l := made(t, Model{
		People:     1,
		Attributes: []Attribute{{Name: "name", Identifies: true}, {Name: "a"}, {Name: "b"}},
		Stores:     []Store{{Name: "names"}, {Name: "other"}},
		Rules:      []Rule{{Name: "there", From: []Premise{{Attribute: 1}}, Gives: 2, Most: 1}, {Name: "back", From: []Premise{{Attribute: 2}}, Gives: 1, Most: 1}},
		Together:   func(_, _, _ int32) float64 { return 1 },
	})
	l.Put(0, 0, 1)
	l.Put(1, 0, mask(1))
	reads := []uint64{^uint64(0), ^uint64(0)}
	require.Equal(t, []string{"name is in names", "other is joined to names by times and places: 1 sure", "a is in other"}, l.Text(l.Recipe(reads, 0, 1), 0))
}

// What is known of two is the finer one, and they are joined on the coarser one.
func TestLevels(t *testing.T) {
	a, b := levels(0).with(0, 1).with(1, 2).with(2, 3), levels(0).with(1, 1).with(2, 4).with(3, 2)
	for _, pair := range [][2]levels{{a, b}, {b, a}} {
		require.Equal(t, levels(0x2311), pair[0].finest(pair[1], 4))
		require.Equal(t, levels(0x420), pair[0].common(pair[1], 4))
	}
}

// By times and places.
func TestTogether(t *testing.T) {
	m := stories()
	m.Together = func(from, to, _ int32) float64 {
		if from == 2 && to == 4 {
			return 0.75
		}
		return 0
	}
	l := made(t, m)
	l.Put(2, 0, mask(name))
	l.Put(4, 0, mask(locations))
	reads := []uint64{0, 0, Record | mask(name), 0, mask(locations)}
	require.Equal(t, 0.75, l.Learn(reads, 0, nil)[locations])
	require.Contains(t, l.Text(l.Recipe(reads, 0, locations), 0), "app is joined to register by times and places: 0.75 sure")
}

// A list of names with sex and birth date, and a hospital's with these and the illness, of one
// postcode: for 86 % it is certain, as the uniform model has it (see package anonymity).
func TestSweeney(t *testing.T) {
	const n, kinds = 8486, 2 * 365 * 78.0
	column := make([]int32, n)
	for p := range column {
		column[p] = int32(kinds * rng.Key(1).Float64(uint64(p)))
	}
	l := made(t, Model{
		People:     n,
		Attributes: []Attribute{{Name: "name", Identifies: true}, {Name: "sex and birth date", Levels: [][]int32{column}}, {Name: "illness"}},
		Stores:     []Store{{Name: "voters"}, {Name: "hospital"}},
	})
	for p := range int32(n) {
		l.Put(0, p, 3)
		l.Put(1, p, 6)
	}
	certain := 0
	for p := range int32(n) {
		if l.Learn([]uint64{3, 6}, p, nil)[2] == 1 {
			certain++
		}
	}
	p := math.Pow(1-1/kinds, n-1)
	t.Logf("the illness of %.4f of %d people is certain; the uniform model has %.4f", float64(certain)/n, n, p)
	// Somebody alone makes it likelier that others are: the variance is more than binomial by that.
	two := (1 - 1/kinds) * math.Pow(1-2/kinds, n-2)
	require.InDelta(t, p, float64(certain)/n, 3.29*math.Sqrt((p*(1-p)+(n-1)*(two-p*p))/n))
}

// Findings can be used, and say where they come from.
func TestFindings(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Findings() {
		require.False(t, seen[f.Name], f.Name)
		seen[f.Name] = true
		m := Model{Attributes: []Attribute{{Name: f.Gives}}}
		r := Rule{Name: f.Name, Least: f.Least, Most: f.Most, Source: f.Source, Assumed: f.Assumed}
		for _, g := range f.From {
			r.From = append(r.From, Premise{int32(len(m.Attributes)), g.Long, g.Fine})
			m.Attributes = append(m.Attributes, Attribute{Name: g.Name})
		}
		m.Rules = []Rule{r}
		made(t, m)
		require.NotEmpty(t, f.Source)
		require.Contains(t, f.Right(), f.Source)
		require.Equal(t, f.Assumed, strings.Contains(f.Right(), "an assumption"))
	}
}

func TestValid(t *testing.T) {
	m := stories()
	m.Attributes[born].Levels = append(m.Attributes[born].Levels, []int32{1, 2, 3, 3})
	m.Attributes[postcode].Levels[1] = []int32{1}
	m.Stores[0].Keys = []int32{3, -1}
	m.Stores[1].Coarse = []Coarse{{born, 2}, {77, 0}}
	m.Rules = append(m.Rules,
		Rule{Name: "none"},
		Rule{Name: "twice", From: []Premise{{Attribute: 1}, {Attribute: 1}}, Gives: 99},
		Rule{Name: "circle", From: []Premise{{Attribute: home}}, Gives: home},
		Rule{Name: "odd", From: []Premise{{Attribute: -1}}, Least: 2, Most: math.NaN()})
	_, err := New(m)
	require.Equal(t, []string{
		"attribute postcode: level 1 is of 1 people, not of 4",
		"attribute born: level 1 tells people apart whom level 0 does not: put finer levels first",
		"store utility.readings: key 3 is none of the 3 kinds of identifiers",
		"store utility.readings: key -1 is none of the 3 kinds of identifiers",
		"store crm.customers: born has 2 levels, and none is number 2",
		"store crm.customers: there is no attribute 77",
		"rule none: needs 1 to 4 attributes to infer from, not 0",
		"rule twice: needs attribute 1 twice",
		"rule twice: there is no attribute 99",
		"rule circle: infers home from itself",
		"rule odd: there is no attribute -1",
		"rule odd: accuracies go from 0 to 1, the least one first, not 2 to NaN",
	}, strings.Split(err.Error(), "\n"))
	_, err = New(Model{Stores: make([]Store, 65), Attributes: make([]Attribute, 64)})
	require.ErrorContains(t, err, "64 attributes are too many: at most 63")
	require.ErrorContains(t, err, "65 stores are too many")
}
