package workflow

import (
	"fmt"
	"strings"
)

// Document writes a table down for people: a drawing and every row, in
// Markdown. docs/states.md is made of it, and a test keeps it fresh.
func (t *Table) Document() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s (`%s`)\n\n```mermaid\nstateDiagram-v2\n", t.Noun, t.Kind)
	for _, s := range t.States {
		fmt.Fprintf(&b, "    %s: %s\n", s.State, s.Word)
	}
	for _, m := range t.Moves {
		if len(m.From) == 0 {
			fmt.Fprintf(&b, "    [*] --> %s: %s\n", m.To, m.Label)
		}
		for _, from := range m.From {
			if m.To != "" && m.To != from {
				fmt.Fprintf(&b, "    %s --> %s: %s\n", from, m.To, m.Label)
			}
			for _, to := range m.MayLead {
				if to != from {
					fmt.Fprintf(&b, "    %s --> %s: %s\n", from, to, m.Label)
				}
			}
		}
	}
	for _, s := range t.States {
		if s.Ended() {
			fmt.Fprintf(&b, "    %s --> [*]\n", s.State)
		}
	}
	b.WriteString("```\n\n| action | move | from | to | by | conditions | clocks | letters | document | the complainant reads |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|\n")
	for _, m := range t.Moves {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", m.Action, m.Label, join(m.From), m.leads(), join(m.By),
			m.conditions(), m.clocks(), m.letters(), m.Issues, cell(m.Public))
	}
	return b.String()
}

func (m Move) leads() string {
	if m.To == "" && len(m.MayLead) > 0 {
		return "may be " + join(m.MayLead)
	}
	return string(m.To)
}

func (m Move) conditions() string {
	var c []string
	switch m.Unit {
	case LeadUnit:
		c = append(c, "lead unit")
	case CoUnit:
		c = append(c, "co-handling unit")
	}
	if len(m.Parts) > 0 {
		c = append(c, "as "+strings.Join(m.Parts, " or "))
	}
	for _, a := range m.NotBy {
		c = append(c, "not who did `"+string(a)+"`")
	}
	for _, f := range m.Only {
		c = append(c, "only `"+f+"`")
	}
	for _, f := range m.Never {
		c = append(c, "never `"+f+"`")
	}
	for _, n := range m.Needs {
		need := "needs " + n.Name
		if n.Optional {
			need = "may give " + n.Name
		}
		c = append(c, need)
	}
	return strings.Join(c, "; ")
}

func (m Move) clocks() string {
	var c []string
	for _, code := range m.Stops {
		c = append(c, "stops "+string(code))
	}
	for _, code := range m.Starts {
		c = append(c, "starts "+string(code))
	}
	for _, code := range m.MayStart {
		c = append(c, "may start "+string(code))
	}
	return strings.Join(c, ", ")
}

func (m Move) letters() string {
	var c []string
	for _, tell := range m.Tells {
		c = append(c, tell.Template+" to "+tell.To)
	}
	return strings.Join(c, ", ")
}

func join[T ~string](list []T) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = string(s)
	}
	return strings.Join(parts, ", ")
}

// cell keeps a bar out of a table's cell.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
