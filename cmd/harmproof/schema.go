package main

import (
	"context"

	"github.com/harmproof/harmproof/scenarios"
)

func (a *app) schemaVerb() *verb {
	return &verb{
		Use: "schema", Short: "write the JSON Schema of the language, for completion in editors",
		Long: `Write the JSON Schema of the scenario language. Editors that read it complete and
check scenarios while you write; with the YAML language server, put

  # yaml-language-server: $schema=harmproof.schema.json

into the first line of a scenario.`,
		Example: "  harmproof schema > harmproof.schema.json",
		Args:    nothing,
		Run: func(_ context.Context, _ []string) error {
			schema, err := scenarios.Schema()
			if err != nil {
				return err
			}
			_, err = a.out.Write(append(schema, '\n'))
			return err
		},
	}
}
