package pg

// Locate tells where the private server of a folder is, or will be, without
// starting it: for a person who wants its URL.
func Locate(dir string) (*Server, error) { return newServer(dir) }
