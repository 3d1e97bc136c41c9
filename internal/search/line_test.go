package search_test

import (
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
)

func TestNumbersAndSumsAreFoundHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	in.Story.Title, in.Contract.ContractNo, in.Contract.Elsewhere = "修桥的钱没有付", "青合字（2024）第16号-A", "向12345热线反映过"
	number := o.File(t, in).Number
	in.Story.Title, in.Contract.ContractNo, in.Contract.Elsewhere = "修渠的钱没有付", "", ""
	in.Contract.ContractAmount, in.Contract.UnpaidAmount = nil, nil
	in.Story.Facts = "尚欠三万二千元，另有押金8,000元没有退。"
	o.File(t, in)
	if err := search.Index(t.Context(), o.DB.Worker, kinds.Texts(), matters(t, o)); err != nil {
		t.Fatal(err)
	}
	bridge, canal := "修桥的钱没有付", "修渠的钱没有付"
	for typed, want := range map[string]string{
		"1286500": bridge, "128.65万": bridge, "1,286,500.00": bridge, "１２８６５００": bridge, "一百二十八万六千五百": bridge, "128 万 6 千 5": bridge, "￥1286500": bridge, "壹佰贰拾捌万陆仟伍佰元整": bridge,
		"218.65万元": bridge, "2186500": bridge, "修桥 1286500": bridge, "修渠 1286500": "",
		"32000": canal, "3.2万": canal, "3万2": canal, "32,000.00": canal, "8千": canal, "8000": canal, "80000": "", "12865": "",
		"欠款128.65万元": bridge, "128.65w": bridge, "1 286 500": bridge, "1 286 500 元": bridge, "1'286'500": bridge, "1.286.500": bridge, "修桥 1 286 500 元": bridge, "修渠 1 286 500": "", "1286.5k": bridge, "约128.65万": bridge,
		"三万二": canal, "0.8万": canal, "8 千 元": canal, "修渠 3 万 2": canal, "两三万": "", "23万": "",
		"青合字": bridge, "第16号-A": bridge, "2024 第16号": bridge, "青合字(2024)": bridge, "12345": bridge,
		number: bridge, number[2:]: bridge, number[6:]: bridge, number[:9]: bridge, number[8:14]: bridge, number[2:6] + " " + number[6:10] + " " + number[10:]: bridge, "jx-" + number[2:6] + "-" + number[6:]: bridge,
	} {
		got := found(t, o, typed)
		if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || got[0] != want) {
			t.Errorf("%s finds %q, want %q", typed, got, want)
		}
	}
}

func TestTheLineThatWasFoundIsShown(t *testing.T) {
	t.Parallel()
	texts := search.Texts{All: []search.Text{{Label: "事情经过"}, {Label: "还欠"}, {Label: "内部", Guarded: true}}}
	said := func(all ...string) [][]*string {
		var out [][]*string
		for _, one := range all {
			out = append(out, []*string{nil, &one})
		}
		return out
	}
	facts := "前年修的水渠。\n工程　款一直没有付，镇里先说等审计，后来说换了领导，要重新研究，我去了县里三次也没有结果，谁也不管。\n他们欠我一百二十八万六千五百元。"
	w := search.Words{Number: "JX2026016929703", Title: "路灯和水渠的事", Said: said(facts, "1,286,500.00 元", "领导亲戚的公司，电话 139 0013 9000")}
	for typed, want := range map[string]search.Line{
		"审计":           {Label: "事情经过", Before: "工程　款一直没有付，镇里先说等", Hit: "审计", After: "，后来说换了领导，要重新研究，我去了县里三次也没有结果，谁也不管", CutAfter: true},
		"工程 款":         {Label: "事情经过", Hit: "工程", After: "款一直没有付，镇里先说等审计，后来说换了领导，要重新研究，我去", CutAfter: true},
		"128.65万":      {Label: "事情经过", Before: "他们欠我", Hit: "一百二十八万六千五百元", After: "。"},
		"1,286,500.00": {Label: "还欠", Hit: "1,286,500.00", After: "元"},
		"亲戚":           {Label: "内部", Before: "领导", Hit: "亲戚", After: "的公司，电话 139 0013 9000"},
		"1390013":      {},
		"路灯":           {}, // the title has it
		"6929703":      {}, // the number
		"路灯 审计":        {Label: "事情经过", Before: "工程　款一直没有付，镇里先说等", Hit: "审计", After: "，后来说换了领导，要重新研究，我去了县里三次也没有结果，谁也不管", CutAfter: true},
		"没有这句话":        {},
		"":             {},
		"？！":           {},
	} {
		if got := w.Line(texts, typed, false); got != want {
			t.Errorf("%s shows\n%+v, want\n%+v", typed, got, want)
		}
		if got := w.Line(texts, typed, true); got.Label == "内部" {
			t.Errorf("%s shows a handling unit %+v", typed, got)
		}
	}
}

// What stands in the guarded words answers no handling unit, also as an amount.
func TestASumInGuardedWordsAnswersNoUnit(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	if _, err := o.DB.Owner.Exec(t.Context(), `INSERT INTO supplement (matter_id, seq, body, guarded) SELECT min(id), 1, '他们要我退回九万九千元', true FROM matter`); err != nil {
		t.Fatal(err)
	}
	if err := search.Index(t.Context(), o.DB.Worker, kinds.Texts(), matters(t, o)); err != nil {
		t.Fatal(err)
	}
	for typed, shared := range map[string]bool{"99000": false, "9.9万": false, "退回": false, "1286500": true, "128.65万": true, "DL-2024-016": true} {
		query, _ := search.Ask(typed)
		for _, unit := range []bool{false, true} {
			query.Shared = unit
			args := pg.Args{}
			got, err := search.All[int64](t.Context(), o.DB.Admin, `SELECT m.id FROM matter m WHERE `+query.Where("m.id", args), args)
			if err != nil || (len(got) == 1) != (!unit || shared) {
				t.Errorf("%s asked by a unit (%v) finds %d, %v", typed, unit, len(got), err)
			}
		}
	}
}
