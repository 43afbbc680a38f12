//go:build !js

package main

import "runtime/debug"

// version is that of the module, which `harmproof replay` compares with its own.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return info.Main.Version
}
