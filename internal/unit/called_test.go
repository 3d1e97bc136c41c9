package unit_test

import (
	"testing"

	"zhengxin/internal/unit"
)

func TestAUnitIsKnownByExactlyWhatItIsCalled(t *testing.T) {
	t.Parallel()
	named := append(unit.List{
		{Code: "JX-SWJU", Name: "国家税务总局郏县税务局", Alias: []string{"税务局"}, Kind: unit.Vertical, Complainable: true, Current: true},
		{Code: "JX-RDC", Name: "县人大常委会", Alias: []string{"人大", "ＲＤ（办）"}, Kind: unit.NPC, Complainable: true, Current: true},
		{Code: "JX-X1", Name: "城关一所", Alias: []string{"城关所"}, Kind: unit.Office, Complainable: true, Current: true},
		{Code: "JX-X2", Name: "城关二所", Alias: []string{"城关所"}, Kind: unit.Office, Complainable: true, Current: true},
	}, list...)
	for typed, want := range map[string]string{
		"财政局":         "JX-CZJ",
		" 财政　局。":      "JX-CZJ",
		"县财政局":        "JX-CZJ",
		"郏县财政局":       "JX-CZJ",
		"郏县 财政局":      "JX-CZJ",
		"住建局":         "JX-ZJJ",
		"郏县住建局":       "JX-ZJJ",
		"郏县人民政府":      "JX-XZF",
		"县人民政府":       "JX-XZF",
		"县政府":         "JX-XZF",
		"政务诚信监督办公室":   "JX-CXB",
		"郏县政务诚信监督办公室": "JX-CXB",
		"郏县人大":        "JX-RDC",
		"rd办":         "JX-RDC",
		"ｒｄ(办)":       "JX-RDC",
		"税务局":         "JX-SWJU",
		"郏县税务局":       "JX-SWJU",
		"冢头镇":         "410425101",
		"郏县冢头镇":       "410425101",
		"冢头镇人民政府":     "410425101",
		"人民政府":        "", // the county's, or a town's
		"政府":          "",
		"城关所":         "", // two go by it
		"财政":          "", // a part of a name is no name
		"财政局王局长":      "",
		"市财政局":        "",
		"房产局":         "", // no longer there
		"郏县":          "",
		"县":           "",
		"局":           "",
		"":            "",
		"　，。":         "",
	} {
		u, ok := named.Complainable().Called(typed)
		if ok != (want != "") || ok && u.Code != want {
			t.Errorf("%q is %q (%v), want %q", typed, u.Code, ok, want)
		}
	}
}

func TestWordsThatMayMeanTheOfficeItself(t *testing.T) {
	t.Parallel()
	all := append(unit.List{{Code: "JX-CXB2", Name: "县诚信监督办", Alias: []string{"诚信办"}, Kind: unit.Office, Current: true}}, list...)
	for typed, want := range map[string]bool{
		"县政务诚信监督办公室的王主任": true,
		"政务诚信监督办公室王主任":   true,
		"诚信办":            true, // though no complaint may name this one
		"郏县诚信监督":         true,
		"县 诚信办 和财政局":     true,
		"财政局":            false,
		"财政局预算股":         false, // an office below another
		"村东头那个所":         false,
		"诚信辦":            true,
		"司法所":            false,
		"":               false,
	} {
		if got := len(all.Meant(typed).Supervising()) > 0; got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

// However somebody writes the office, or those who work in it, it is not the
// office's own registrar who reads it first.
func TestHoweverTheOfficeIsWrittenItMayBeMeant(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"政务诚信办", "诚信辦", "县诚信监督", "接电话的登记员", "管投诉的那个办公室", "你们单位", "贵办", "本平台", "受理投诉的人", "周宁", "姓周的女同志",
		"热线那头的人", "二楼收材料的", "投诉中心", "督办科", "这个办的人", "ＣＸＢ", "财政局的登记员", "举报箱管理人员",
	} {
		if !list.MayMeanOffice(typed) {
			t.Errorf("%q is taken for somebody else", typed)
		}
	}
	for _, typed := range []string{"财政局", "财政局预算股的王股长", "住建局和城投公司", "冢头镇政府", "镇上的财政所", "", " ，"} {
		if list.MayMeanOffice(typed) {
			t.Errorf("%q is taken for the office", typed)
		}
	}
}
