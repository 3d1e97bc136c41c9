package site

import "zhengxin/internal/web"

// NewToken draws the token that makes one sending of a form happen once.
func (s *Site) NewToken() (web.FormToken, error) { return web.NewFormToken(s.Random) }
