package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// A verb is a word after harmproof, with its flags. The standard library's flags
// are enough for eight verbs; a library for commands would be a fifth of what the
// first run on a new machine has to compile.
type verb struct {
	Use     string // the verb and its arguments
	Short   string
	Long    string
	Example string
	// Args checks the arguments.
	Args func(v *verb, args []string) error
	Run  func(ctx context.Context, args []string) error

	flags *flags
}

// flags are a verb's flags, in the order in which they were declared.
type flags struct {
	*flag.FlagSet
	order []string
	short map[string]string // by name: the letter that stands for it as well
}

// name returns the verb's word, path all that is written to call it.
func (v *verb) name() string {
	word, _, _ := strings.Cut(v.Use, " ")
	return word
}

func (v *verb) path() string { return "harmproof " + v.name() }

// Flags returns the verb's flags.
func (v *verb) Flags() *flags {
	if v.flags == nil {
		v.flags = &flags{FlagSet: flag.NewFlagSet(v.name(), flag.ContinueOnError), short: map[string]string{}}
		v.flags.SetOutput(io.Discard)
	}
	return v.flags
}

func (f *flags) BoolVar(p *bool, name string, value bool, usage string) {
	f.order = append(f.order, name)
	f.FlagSet.BoolVar(p, name, value, usage)
}

// BoolVarP is BoolVar with a letter that stands for the flag as well.
func (f *flags) BoolVarP(p *bool, name, letter string, value bool, usage string) {
	f.BoolVar(p, name, value, usage)
	f.short[name] = letter
	f.FlagSet.BoolVar(p, letter, value, usage)
}

func (f *flags) Uint64Var(p *uint64, name string, value uint64, usage string) {
	f.order = append(f.order, name)
	f.FlagSet.Uint64Var(p, name, value, usage)
}

func (f *flags) IntVar(p *int, name string, value int, usage string) {
	f.order = append(f.order, name)
	f.FlagSet.IntVar(p, name, value, usage)
}

func (f *flags) StringVar(p *string, name, value, usage string) {
	f.order = append(f.order, name)
	f.FlagSet.StringVar(p, name, value, usage)
}

// StringVarP is StringVar with a letter that stands for the flag as well.
func (f *flags) StringVarP(p *string, name, letter, value, usage string) {
	f.StringVar(p, name, value, usage)
	f.short[name] = letter
	f.FlagSet.StringVar(p, letter, value, usage)
}

// Changed reports whether the flag was given.
func (f *flags) Changed(name string) (given bool) {
	f.Visit(func(g *flag.Flag) { given = given || g.Name == name })
	return given
}

// errHelp asks for the verb's help.
var errHelp = flag.ErrHelp

// parse reads flags and arguments, in any order; after -- all are arguments.
func (v *verb) parse(words []string) (args []string, err error) {
	f := v.Flags()
	for len(words) > 0 {
		if words[0] == "--" {
			return append(args, words[1:]...), nil
		}
		if err := f.Parse(words); err != nil {
			if errors.Is(err, errHelp) {
				return nil, err
			}
			return nil, fmt.Errorf("%s; `%s --help` shows what there is", inWords(err), v.path())
		}
		if rest := f.Args(); len(rest) > 0 {
			args = append(args, rest[0])
			words = rest[1:]
			continue
		}
		return args, nil
	}
	return args, nil
}

// inWords is what package flag says, in this tool's words.
func inWords(err error) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return "there is no flag --" + strings.TrimPrefix(name, "-")
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return "--" + strings.TrimPrefix(name, "-") + " needs a value"
	}
	if i := strings.Index(text, ": parse error"); i >= 0 {
		text = strings.Replace(text[:i], "for flag -", "for --", 1)
	}
	return text
}

// help is what --help shows.
func (v *verb) help() string {
	var b strings.Builder
	long := v.Long
	if long == "" {
		long = strings.ToUpper(v.Short[:1]) + v.Short[1:] + "."
	}
	fmt.Fprintf(&b, "%s\n\nUsage\n  harmproof %s\n", strings.TrimSpace(long), v.Use)
	if v.flags != nil {
		fmt.Fprintf(&b, "\nFlags\n%s", v.flags.help())
	}
	if v.Example != "" {
		fmt.Fprintf(&b, "\nExamples\n%s\n", v.Example)
	}
	return b.String()
}

// help lists the flags with what they do, within the width of a terminal.
func (f *flags) help() string {
	heads, width := make([]string, len(f.order)), 0
	for i, name := range f.order {
		value, _ := flag.UnquoteUsage(f.Lookup(name))
		heads[i] = strings.TrimSpace("--" + name + " " + value)
		if letter := f.short[name]; letter != "" {
			heads[i] = "-" + letter + ", " + heads[i]
		}
		width = max(width, len(heads[i]))
	}
	var b strings.Builder
	for i, name := range f.order {
		_, usage := flag.UnquoteUsage(f.Lookup(name))
		for k, line := range wrapped(usage, columns-width-4) {
			if k > 0 {
				heads[i] = ""
			}
			fmt.Fprintf(&b, "  %-*s  %s\n", width, heads[i], line)
		}
	}
	return b.String()
}
