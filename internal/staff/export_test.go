package staff

import "github.com/alexedwards/argon2id"

// Fill takes every slot, as a flood of logins does.
func Fill(h *Hashing) {
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
}

// Compare is what a login compares with.
func Compare(h *Hashing, password, hash string) (bool, error) { return h.compare(password, hash) }

// SameCost says whether a stranger's login works as hard as one with that hash.
func SameCost(h *Hashing, hash string) bool {
	a, salt, key, err1 := argon2id.DecodeHash(h.decoy)
	b, otherSalt, otherKey, err2 := argon2id.DecodeHash(hash)
	return err1 == nil && err2 == nil && *a == *b && len(salt) == len(otherSalt) && len(key) == len(otherKey)
}

// AttemptKey is the key of a counter.
func AttemptKey(r *Register, parts ...string) []byte { return r.attemptKey(parts...) }
