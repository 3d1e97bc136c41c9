package staff

// Fill takes every slot, as a flood of logins does.
func Fill(h *Hashing) {
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
}

// Compare is what a login compares with.
func Compare(h *Hashing, password, hash string) (bool, error) { return h.compare(password, hash) }

// AttemptKey is the key of a counter.
func AttemptKey(r *Register, parts ...string) []byte { return r.attemptKey(parts...) }
