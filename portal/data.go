package portal

import (
	"encoding/json"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/setting"
	"zhengxin/internal/stats"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// dataSet is one set of open data, as the dictionary has it: on the page, and for programs.
type dataSet struct {
	ID, Title, Says string
	Path            string // of its page; .csv and .json come after it
	When            string // it is counted and published
	Every           string // the same as ISO 8601 has it
	Columns         []stats.Column
}

// dataSets are all of them. A register whose figures are along units or categories adds
// columns to what stands here.
func (p pages) dataSets() []dataSet {
	quarterly := "每个季度结束以后数一次，数的是到那时为止的四个季度，公布了就不再改"
	return []dataSet{
		{"months", "每月收到和答复的件数", "全县的投诉，一个月一行。", "/statistics", "每一天结束以后数一次，第二天凌晨 1 点公布，公布了就不再改", "P1D", stats.Columns()},
		{"units", unitsTitle, "每个单位一行：别人投诉它的，和它承办的。", "/units", quarterly, "P3M", p.Stats.Columns(stats.ByUnit)},
		{"categories", categoriesTitle, "每一类投诉一行。", categoriesPath, quarterly, "P3M", p.Stats.Columns(stats.ByCategory)},
	}
}

// rules are how small numbers are kept from telling of one complaint.
func rules() []string {
	return []string{
		fmt.Sprintf("全县的数是准确的件数。各单位、各类别的数每 %d 件一档：数据里写的是这一档最少的数，少于 %d 件和一件也没有，都写 0。", stats.Step, stats.Step),
		"全县的数减去各单位（各类别）的数，要是能看出没有写出来的是几件，这一项就整项不公布：CSV 里空着，JSON 里是 null，并写在 withheld 里。",
		"所以各单位、各类别的数加起来，不一定等于全县的数。检举控告人员违纪违法的，只算在全县的数里。",
		"单位、类别以季末的登记为准，以后改了登记，已经公布的数不改。",
	}
}

// dataView is the dictionary.
type dataView struct {
	Frame   site.Frame
	Sets    []dataSet
	Rules   []string
	Licence setting.Licence
	Cite    string
}

func (p pages) showData(c *fiber.Ctx) error {
	c.Set(fiber.HeaderLink, fmt.Sprintf(`<%s>; rel="alternate"; type="application/ld+json", <%s>; rel="license"`, p.Link("/data.json"), p.licence(c).URL))
	return view.Show(c, dataPage(dataView{
		Frame: p.Frame(c, "开放数据说明", "statistics"), Sets: p.dataSets(), Rules: rules(), Licence: p.licence(c),
		Cite: fmt.Sprintf("%s：数据的名称，截至哪一天，网址", p.publisher(c)),
	}))
}

// showDataJSON is the dictionary in the words of schema.org, which catalogues of data read.
// It is a file of its own and not a script in the page: no page has any inline script.
func (p pages) showDataJSON(c *fiber.Ctx) error {
	p.open(c)
	licence, publisher := p.licence(c), map[string]any{"@type": "GovernmentOrganization", "name": p.publisher(c)}
	var sets []map[string]any
	for _, set := range p.dataSets() {
		var variables, files []map[string]any
		for _, column := range set.Columns {
			variable := map[string]any{"@type": "PropertyValue", "name": column.Name, "alternateName": column.Heading, "description": column.Meaning}
			if column.Counts {
				variable["unitText"] = "件"
			}
			variables = append(variables, variable)
		}
		for _, file := range []struct{ ending, format string }{{".csv", "text/csv"}, {".json", "application/json"}} {
			files = append(files, map[string]any{"@type": "DataDownload", "encodingFormat": file.format, "contentUrl": p.Link(set.Path + file.ending)})
		}
		sets = append(sets, map[string]any{
			"@type": "Dataset", "@id": p.Link("/data") + "#" + set.ID, "name": set.Title, "description": set.Says + set.When + "。", "url": p.Link(set.Path),
			"isAccessibleForFree": true, "inLanguage": "zh-CN", "license": licence.URL, "creator": publisher,
			"temporalResolution": set.Every, "variableMeasured": variables, "distribution": files,
		})
	}
	body, err := json.MarshalIndent(map[string]any{
		"@context": "https://schema.org", "@type": "DataCatalog", "@id": p.Link("/data"), "name": "开放数据", "url": p.Link("/data"),
		"license": licence.URL, "usageInfo": licenceWords(licence), "publisher": publisher, "measurementTechnique": rules(), "dataset": sets,
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("dictionary of the data: %w", err)
	}
	c.Set(fiber.HeaderContentType, "application/ld+json; charset=utf-8")
	return c.Send(body)
}

// licenceWords is the licence in a sentence.
func licenceWords(l setting.Licence) string { return l.Name + confirmed(l) }

// confirmed says after the name of a licence whether the office has confirmed it.
func confirmed(l setting.Licence) string {
	if l.Confirmed {
		return "。"
	}
	return "，还没有经主办单位确认。"
}

// conditions are what one may do, as far as the page can say it.
func conditions(l setting.Licence) string {
	if l.Usual() {
		return "可以自由使用、转载、改编，也可以用在商业上，不用申请，也不收费；改编的要说明改过。"
	}
	return "不用申请，也不收费，其余以许可的全文为准。"
}
