package desk

import "github.com/gofiber/fiber/v2"

// Robots keeps search engines from asking for what they must not show.
func Robots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString("User-agent: *\nDisallow: /\n")
}
