package staff

// Fill takes every slot, as a flood of logins does.
func Fill(h *Hashing) {
	for range cap(h.slots) {
		h.slots <- struct{}{}
	}
}
