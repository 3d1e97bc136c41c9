package desk

import (
	"testing"

	"github.com/gofiber/fiber/v2"
)

func TestARouteForNobodyDoesNotStart(t *testing.T) {
	t.Parallel()
	for name, may := range map[string]Permission{"zero": {}, "no roles": Only()} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: started", name)
				}
			}()
			new(Desk).guarded([]Route{Get("/x", may, func(*fiber.Ctx) error { return nil })})
		}()
	}
}
