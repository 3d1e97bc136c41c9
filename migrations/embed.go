// Package migrations holds the numbered SQL files that make the schema; the
// binary carries them, so a server needs nothing beside it.
package migrations

import "embed"

// Files are the goose files, applied in the order of their numbers.
//
//go:embed *.sql
var Files embed.FS
