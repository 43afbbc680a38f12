package report

import (
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
)

type jsonSurface struct {
	Scenario    string           `json:"scenario"`
	File        string           `json:"file"`
	Zones       []jsonZone       `json:"zones"`
	Conduits    []jsonConduit    `json:"conduits"`
	Services    []jsonService    `json:"services"`
	Credentials []jsonCredential `json:"credentials"`
	Findings    []jsonFinding    `json:"findings"`
}

type jsonZone struct {
	Name    string   `json:"name"`
	Level   *string  `json:"level"`
	Target  *int     `json:"target"`
	Devices []string `json:"devices"`
}

type jsonConduit struct {
	Name   string   `json:"name"`
	Joins  []string `json:"joins"`
	Diode  bool     `json:"diode"`
	Rules  []string `json:"rules"`
	Login  []string `json:"login"`
	Filter bool     `json:"filtered"`
}

type jsonService struct {
	Zones    []string       `json:"zones"`
	Protocol string         `json:"protocol"`
	Security string         `json:"security"`
	Offers   []jsonOffer    `json:"offers"`
	Checks   []jsonAsk      `json:"checks"`
	From     []jsonApproach `json:"from"`
	Stopped  []jsonApproach `json:"stopped"`
}

type jsonOffer struct {
	Verb     string  `json:"verb"`
	Device   string  `json:"device"`
	Signal   *string `json:"signal"`
	Weakness *string `json:"weakness"`
	// A function of Modbus, or a service of CIP.
	Function *jsonFunction `json:"function"`
}

type jsonFunction struct {
	Code int    `json:"code"`
	Name string `json:"name"`
}

// functionJSON is null for 0.
func functionJSON(p network.Protocol, f network.Function) *jsonFunction {
	if f == 0 {
		return nil
	}
	return &jsonFunction{int(f), p.FunctionName(f)}
}

type jsonAsk struct {
	Check       string   `json:"check"`
	Kind        string   `json:"kind"`
	Credentials []string `json:"credentials"`
}

type jsonApproach struct {
	Zones   []string   `json:"zones"`
	Devices []string   `json:"devices"`
	Over    []string   `json:"over"`
	Logins  [][]string `json:"logins"`
	By      *string    `json:"by"`
	Rule    *int       `json:"rule"`
	Why     *string    `json:"why"`
}

type jsonCredential struct {
	Name    string   `json:"name"`
	Kind    *string  `json:"kind"`
	Default bool     `json:"default"`
	Shared  bool     `json:"shared"`
	Devices []string `json:"devices"`
	People  []string `json:"people"`
	Stolen  []string `json:"attackers"`
	Asked   []string `json:"asked_for_by"`
}

type jsonFinding struct {
	Kind  string   `json:"kind"`
	Names []string `json:"names"`
	Text  string   `json:"text"`
}

// SurfaceJSON returns the surface of a plan as one line of JSON, without the line's
// end.
func SurfaceJSON(p *sim.Plan, file string) ([]byte, error) {
	x := p.Surface()
	out := jsonSurface{Scenario: p.Name, File: file}
	out.Zones = mapped(x.Zones, func(z *network.Zone) jsonZone {
		return jsonZone{z.Name, jsonText(z.Level), jsonCount(z.Target), texts(z.Devices)}
	})
	out.Conduits = mapped(x.Conduits, func(c *network.Conduit) jsonConduit {
		rules := mapped(c.Rules, func(r *network.Rule) string { return r.Text })
		return jsonConduit{c.Name, texts(c.Joins), c.OneWay, rules, texts(p.Names(c.Login)), c.Filtered || len(rules) > 0}
	})
	out.Services = mapped(x.Services, serviceJSON)
	out.Credentials = mapped(x.Keys, credentialJSON)
	out.Findings = mapped(x.Flaws, func(f *sim.Flaw) jsonFinding { return jsonFinding{f.Kind, texts(f.Names), Flaw(f)} })
	return compact(out)
}

func serviceJSON(s *sim.Service) jsonService {
	return jsonService{
		Zones: texts(s.Zones), Protocol: s.Protocol.String(), Security: s.Security.String(),
		Offers: mapped(s.Offers, func(o *sim.Offer) jsonOffer {
			return jsonOffer{o.Verb.String(), o.Device, jsonText(o.Signal), jsonText(o.Weakness), functionJSON(s.Protocol, o.Function)}
		}),
		Checks: mapped(s.Asks, func(a *sim.Ask) jsonAsk { return jsonAsk{a.Check, a.Kind, texts(a.Credentials)} }),
		From:   mapped(s.From, approachJSON), Stopped: mapped(s.Stopped, approachJSON),
	}
}

func approachJSON(a *sim.Approach) jsonApproach {
	logins := mapped(a.Logins, func(l *[]string) []string { return texts(*l) })
	return jsonApproach{texts(a.Zones), texts(a.Devices), texts(a.Over), logins, jsonText(a.By), jsonCount(a.Rule), jsonText(a.Why)}
}

func credentialJSON(k *sim.Key) jsonCredential {
	kind := ""
	switch {
	case k.Password:
		kind = "password"
	case k.Known:
		kind = "key"
	}
	shared := len(k.HeldBy)+len(k.People) > 1
	return jsonCredential{k.Name, jsonText(kind), k.Default, shared, texts(k.HeldBy), texts(k.People), texts(k.Stolen), texts(k.Opens)}
}

// mapped makes a list of another one; it is empty rather than null.
func mapped[A, B any](list []A, of func(*A) B) []B {
	out := make([]B, len(list))
	for i := range list {
		out[i] = of(&list[i])
	}
	return out
}

// texts is a list that is empty rather than null.
func texts(list []string) []string { return append([]string{}, list...) }

// jsonCount is a number, null where it is 0.
func jsonCount(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
