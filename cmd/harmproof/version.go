package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

func (a *app) versionVerb() *verb {
	return &verb{
		Use: "version", Short: "say which version this is, for bug reports", Args: nothing,
		Run: func(_ context.Context, _ []string) error {
			_, err := fmt.Fprintf(a.out, "harmproof %s %s/%s\n", version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// version is the module's version, the commit that it was built from, and the
// version of Go.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "of unknown origin, " + runtime.Version()
	}
	text := info.Main.Version
	if text == "" {
		text = "(devel)"
	}
	commit, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed since"
		}
	}
	if commit != "" {
		text += " (commit " + commit + changed + ")"
	}
	return text + " " + info.GoVersion
}
