package unit_test

import (
	"slices"
	"testing"

	"zhengxin/internal/unit"
)

// county has what a county's directory has: near names, and long ones.
var county = unit.List{
	of("410425001", "龙山街道", unit.Subdistrict), of("410425101", "冢头镇", unit.Town), of("410425102", "安良镇", unit.Town),
	of("410425104", "薛店镇", unit.Town), of("410425105", "长桥镇", unit.Town), of("410425106", "茨芭镇", unit.Town),
	of("410425202", "姚庄回族乡", unit.EthnicTownship), of("410425205", "渣元乡", unit.Township),
	of("JX-XZF", "郏县人民政府", unit.CountyGovernment), of("JX-CZJ", "财政局", unit.Department), of("JX-FGW", "发展和改革委员会", unit.Department),
	of("JX-JTJ", "教育体育局", unit.Department), of("JX-RSJ", "人力资源和社会保障局", unit.Department, "劳动局", "人事局"),
	of("JX-ZRZY", "自然资源局", unit.Department, "国土资源局", "国土局"), of("JX-ZJJ", "住房和城乡建设局", unit.Department),
	of("JX-SLJ", "水利局", unit.Department, "水务局"), of("JX-SWJ", "商务局", unit.Department), of("JX-SJJ", "审计局", unit.Department),
	of("JX-SCJG", "市场监督管理局", unit.Department, "工商局"), of("JX-GLZX", "公路事业发展中心", unit.PublicInstitution),
	of("JX-WJW", "卫生健康委员会", unit.Department), of("JX-SWJU", "国家税务总局郏县税务局", unit.Vertical),
}

func of(code, name string, kind unit.Kind, former ...string) unit.Unit {
	return unit.Unit{Code: code, Name: name, Former: former, Kind: kind, Complainable: true, Current: true}
}

func TestANameThatIsNotQuiteRightFindsItsUnitFirst(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		// another kind of body
		"冢头乡": "410425101", "冢头镇政府": "410425101", "冢头办事处": "410425101", "安良乡人民政府": "410425102", "龙山镇": "410425001", "财政厅": "JX-CZJ",
		"姚庄镇": "410425202", "自然资源和规划局": "JX-ZRZY", "教育体育委员会": "JX-JTJ", "郏县冢头乡": "410425101",
		// by its sound
		"种头": "410425101", "种头镇": "410425101", "肿头镇政府": "410425101", "学店镇": "410425104", "雪店": "410425104", "场桥镇": "410425105", "次巴镇": "410425106",
		"刺芭": "410425106", "扎元乡": "410425205", "渣园乡": "410425205", "才政局": "JX-CZJ", "财正局": "JX-CZJ", "深计局": "JX-SJJ", "龙衫街道": "410425001",
		// what it was called
		"水务局": "JX-SLJ", "县水务局": "JX-SLJ", "国土局": "JX-ZRZY", "国土资源局": "JX-ZRZY", "劳动局": "JX-RSJ", "工商局": "JX-SCJG", "郏县工商局": "JX-SCJG",
		// a part, or with characters left out
		"公路局": "JX-GLZX", "公路中心": "JX-GLZX", "发改局": "JX-FGW", "发改委": "JX-FGW", "发展改革局": "JX-FGW", "卫健委": "JX-WJW", "住建局": "JX-ZJJ", "人社局": "JX-RSJ",
		"市场监管局": "JX-SCJG", "社会保障局": "JX-RSJ",
		// a character that looks like it, left out, put in or changed places
		"家头镇": "410425101", "冢头头镇": "410425101", "头冢镇": "410425101", "市场监督管里局": "JX-SCJG", "教育体育体局": "JX-JTJ",
		// pinyin, whole, by first letters, or both
		"caizhengju": "JX-CZJ", "czj": "JX-CZJ", "CZJ": "JX-CZJ", "Cai Zheng": "JX-CZJ", "caizj": "JX-CZJ", "zhongtou": "410425101", "zongtou": "410425101",
		"zt": "410425101", "zhongtouzhen": "410425101", "changqiao": "410425105", "shuiliju": "JX-SLJ", "shuiwuju": "JX-SLJ", "slj": "JX-SLJ", "jytyj": "JX-JTJ",
		"jiaoyu": "JX-JTJ", "fgw": "JX-FGW", "zjj": "JX-ZJJ", "ｃｚｊ": "JX-CZJ", "冢t": "410425101", "sjj": "JX-SJJ", "gonglu": "JX-GLZX", "xue dian": "410425104",
	} {
		found := codes(county.Search(typed))
		if len(found) == 0 || found[0] != want {
			t.Errorf("%q finds %v, want %s first", typed, found, want)
		}
		if u, exact := county.Called(typed); exact && u.Code != want {
			t.Errorf("%q is taken for %s", typed, u.Code)
		}
	}
}

// What only resembles a name is offered and never taken for it.
func TestANearNameIsNobodysName(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"冢头乡", "种头", "水务局", "公路局", "czj", "家头镇", "财正局", "劳动局"} {
		if u, exact := county.Called(typed); exact {
			t.Errorf("%q is taken for %s", typed, u.Name)
		}
	}
}

func TestAnExactNameBringsNoStrangers(t *testing.T) {
	t.Parallel()
	for _, u := range county {
		if found := codes(county.Search(u.Name)); len(found) == 0 || found[0] != u.Code {
			t.Errorf("%s finds %v", u.Name, found)
		}
	}
	if found := codes(county.Search("水利局")); len(found) != 1 {
		t.Errorf("水利局 also finds %v", found)
	}
	for _, typed := range []string{"火星管理委员会", "xyzzy", "qqqq", "！！", "村东头那个所"} {
		if found := county.Search(typed); len(found) > 0 {
			t.Errorf("%q finds %v", typed, codes(found))
		}
	}
}

// Whoever may be meant by a slip is kept from the complaint as by the right name.
func TestASlipMeansWhomItSoundsLike(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"种头镇政府": "410425101", "才政局": "JX-CZJ", "冢头乡": "410425101", "水务局": "JX-SLJ"} {
		if !slices.Contains(county.Meant(typed).Codes(), want) {
			t.Errorf("%q does not mean %s", typed, want)
		}
	}
	office := append(unit.List{{Code: "DESK", Name: "县政务诚信监督办公室", Kind: unit.Office, Current: true}}, county...)
	if !office.MayMeanOffice("县政务成信监督办公室") || !office.MayMeanOffice("接电话的登记员") {
		t.Error("a slip hides that the office is meant")
	}
}
