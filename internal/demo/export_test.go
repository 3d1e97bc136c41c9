package demo

// Shorter is an office whose year has one matter of every so many paths.
func (o Office) Shorter(every int) Office {
	for i := 0; i < len(plan); i += every {
		l := plan[i]
		if l.joint != "" { // those of one thing come together or not at all
			continue
		}
		l.n = 1
		o.batches = append(o.batches, l)
	}
	for i := 0; i < len(bids); i += every {
		o.bids = append(o.bids, bids[i])
	}
	for i := 0; i < len(tips); i += every {
		o.tips = append(o.tips, tips[i])
	}
	for i := 0; i < len(calls); i += every {
		o.calls = append(o.calls, calls[i])
	}
	o.parcels = []parcel{} // what is followed depends on the paths that are left out
	return o
}

// Steps is how many steps the paths of the year have together.
func (o Office) Steps() (n int) {
	for _, l := range o.batches {
		path, _ := parsePath(l.path) // a wrong one fails the load
		n += l.n * len(path)
	}
	for _, b := range o.bids {
		path, _ := parsePath(b.path)
		n += len(path)
	}
	for _, l := range o.tips {
		path, _ := parsePath(l.path)
		n += len(path)
	}
	for _, c := range o.calls {
		path, _ := parsePath(c.path)
		n += len(path)
	}
	return n
}
