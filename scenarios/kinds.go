package scenarios

import (
	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/twins"
)

// Catalog returns the kinds that a scenario can name, those written in the file
// (custom, plc, mqtt-broker, population, store) included.
func Catalog() (*device.Catalog, error) {
	return device.NewCatalog(append(twins.Kinds(), custom.PLC(), custom.Custom(), custom.MQTTBroker(), custom.Population(), compile.StoreKind())...)
}

// injectionNames lists the injections of a class, as written in a step.
func injectionNames(class string) []string { return compile.Injections(class) }
