package demo

import (
	"context"

	"zhengxin/internal/pg"
)

// neighbours puts up the directory of bodies outside. Names, addresses and telephones are
// invented, like the units nobody has confirmed one.
func neighbours(ctx context.Context, q pg.Queryer) error {
	for i, b := range []struct {
		name, purpose, contact string
		alias, categories      []string
	}{
		{"县人民法院", "判决、裁定的执行，打官司", "演示路 1 号诉讼服务中心，电话 0000-1000001，工作日 8:30 到 17:30", []string{"法院"}, []string{"D01", "D02", "D03"}},
		{"县劳动人事争议仲裁委员会", "劳动报酬、劳动合同的仲裁", "演示路 2 号，电话 0000-1000002", []string{"劳动仲裁委", "仲裁委"}, []string{"C11"}},
		{"县人力资源和社会保障局劳动保障监察大队", "拖欠农民工工资的投诉", "演示路 3 号，电话 0000-1000003", []string{"劳动监察大队"}, []string{"C11"}},
		{"市住房和城乡建设局", "市里管的工程、招投标", "演示大道 4 号，电话 0000-1000004", []string{"市住建局"}, []string{"C09"}},
		{"市住房公积金中心", "公积金的缴存、提取", "演示大道 5 号，电话 0000-1000005", []string{"公积金中心"}, nil},
	} {
		_, err := pg.Exec(ctx, q, `
			INSERT INTO outside_body (code, version, name, alias, purpose, categories, contact, reason)
			VALUES ('B' || @n::int, 1, @name, @alias, @purpose, @categories, @contact, '演示')`,
			pg.Args{"n": i + 1, "name": b.name, "alias": b.alias, "purpose": b.purpose, "categories": append([]string{}, b.categories...), "contact": b.contact})
		if err != nil {
			return err
		}
	}
	return nil
}
