package binding_test

import (
	"testing"
	"time"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
)

// BenchmarkOpening is what binding costs the process that files a complaint.
func BenchmarkOpening(b *testing.B) {
	filing := map[string]any{
		"channel": "web", "complainant_kind": "enterprise", "anonymous": false, "confidential": true, "edelivery": true,
		"unit_said": "", "request": "付清剩余工程款，并按合同付逾期利息。", "facts": "2024年5月签订合同，8月完工验收，至今只付了一部分。", "reasons": "",
		"contract_no": "DL-2024-016", "contract_amount": int64(218650000), "unpaid_amount": int64(128650000), "in_litigation": "no", "elsewhere": "",
		"origin": "", "contract_date": time.Now(), "due_on": nil, "received_on": nil, "evidence_held": []string{},
	}
	identity := map[string]any{"person": make([]byte, 600), "mailbox": make([]byte, 300)}
	term := map[string]any{"rule": "PF-DO", "version": 1, "started_seq": 1, "right_only": false, "stopped_seq": nil,
		"due_on": clock.NewDate(2026, 3, 9), "was_on": nil, "started_at": time.Now(), "due_at": time.Now(), "stopped_at": nil}
	e := &chain.Entry{Number: "JX2026123456786", Seq: 1, ActorKind: chain.Complainant}
	salt := make([]byte, chain.SaltSize)
	b.ReportAllocs()
	for b.Loop() {
		said := chain.Said{}
		for part, values := range map[string]map[string]any{"filing": filing, "identity": identity, "code": {"mac": make([]byte, 32)}, "clock": term, "state": {"state": "submitted", "closed_at": nil}} {
			row, err := binding.Row(part, values)
			if err != nil {
				b.Fatal(err)
			}
			said[part] = append(said[part], row, row)
		}
		if changes := binding.Changes(salt, e, nil, said, false); len(changes) != 5 {
			b.Fatal(changes)
		}
	}
}
