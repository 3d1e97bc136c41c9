package member

import (
	"context"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// shelfText is what is hashed under the code keys into those of the shelves: who has
// which complaint of their own is found with the key file alone, and not in a dump.
const shelfText = "shelf:"

func (d *Door) shelf(session key.Secret, more pg.Args) pg.Args {
	args := pg.Args{"session": sessionID(session), "keys": d.Codes.MACs(shelfText)}
	for name, value := range more {
		args[name] = value
	}
	return args
}

// Complaints reads into found who is logged in, and the complaints that are their own.
func (d *Door) Complaints(ctx context.Context, session key.Secret, found any) error {
	return d.read(ctx, `SELECT member_complaints(@session, @keys)`, d.shelf(session, nil), found)
}

// Keep puts the complaint that an unlock has opened among their own.
func (d *Door) Keep(ctx context.Context, session key.Secret, unlock []byte) error {
	var said string
	err := d.read(ctx, `SELECT member_keep(@session, @keys, @unlock)`, d.shelf(session, pg.Args{"unlock": unlock}), &said)
	switch {
	case err != nil:
		return err
	case said == "there":
		return fault.New(fault.Conflict, "这一件已经在您的单子里。")
	case said == "full":
		return fault.New(fault.Conflict, "单子里已经有 50 件，最多 50 件。请先拿掉不再看的。")
	}
	return nil
}

// PutAway takes one of them off the list. One that is not on it is off it.
func (d *Door) PutAway(ctx context.Context, session key.Secret, number string) error {
	var was bool
	err := d.read(ctx, `SELECT member_put_away(@session, @keys, @number)`, d.shelf(session, pg.Args{"number": number}), &was)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// OpenOwn opens one of them under an unlock, as its query code does; NotFound where it is
// none of theirs.
func (d *Door) OpenOwn(ctx context.Context, session key.Secret, number string, unlock []byte) error {
	var open bool
	return d.read(ctx, `SELECT member_unlock(@session, @keys, @number, @unlock)`, d.shelf(session, pg.Args{"number": number, "unlock": unlock}), &open)
}
