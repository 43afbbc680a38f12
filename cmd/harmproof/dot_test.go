package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// Of an attack of many steps the graph can be read on a page of A4: what Graphviz draws,
// brought to its size, has letters of 7 points at least.
func TestWhyDotFitsAPage(t *testing.T) {
	trials.Long(t)
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("Graphviz (dot) is not installed: nothing was drawn")
	}
	const letters, wide, high = 11.0, 7.5, 10.9 // points; inches within the margins
	_, out, _ := tool(context.Background(), "why", "--dot", "reactor/triton", "sis-acts")
	c := exec.Command(dot, "-Tplain")
	c.Stdin = strings.NewReader(out)
	plain, err := c.Output()
	require.NoError(t, err)
	var scale, width, height float64
	_, err = fmt.Sscanf(string(plain), "graph %f %f %f", &scale, &width, &height)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, letters*min(1, wide/width, high/height), 7.0, "%g by %g inches", width, height)
}

// A link is told once: who is a cause of several says so, and a step is linked to all
// that needed it.
func TestWhyTellsALinkOnce(t *testing.T) {
	trials.Long(t)
	_, out, _ := tool(context.Background(), "why", "--json", "reactor/triton", "sis-acts")
	var r struct {
		Chain []struct {
			What, Injection string
			Of              int   `json:"cause_of"`
			Also            []int `json:"also_cause_of"`
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out), &r))
	at := map[string]int{}
	for k, link := range r.Chain {
		require.NotContains(t, at, link.What)
		at[link.What] = k
		if link.Injection != "" {
			at[link.Injection] = k
		}
	}
	assert.Contains(t, r.Chain[1].Also, at["reactor.temperature was 364.1 K, rising 1.677 K/s"], "the coolant heats the reactor, and is too warm itself")
	station := r.Chain[at["onto-station"]]
	for _, step := range []string{"onto-control", "find-control", "log-in-control", "new-logic"} {
		assert.Contains(t, append(station.Also, station.Of), at[step], step)
	}
}
