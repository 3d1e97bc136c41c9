package portal

import "github.com/gofiber/fiber/v2"

// showHome is replaced by the real home page.
func (s *Site) showHome(c *fiber.Ctx) error { return s.showTrack(c) }
