// Command stop ends the PostgreSQL that the tests of this machine share and
// removes its folder.
package main

import (
	"fmt"
	"os"

	"zhengxin/internal/pgtest"
)

func main() {
	if err := pgtest.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
