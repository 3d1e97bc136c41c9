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

// ShelfKeys are the keys of the shelves, that of now first.
func ShelfKeys(codes key.Codes) [][]byte { return codes.MACs(shelfText) }

func (d *Door) shelf(session key.Secret, more pg.Args) pg.Args {
	args := pg.Args{"session": SessionID(session), "keys": ShelfKeys(d.Codes)}
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

// PutAway takes one of them off the list; NotFound where it is not on it.
func (d *Door) PutAway(ctx context.Context, session key.Secret, number string) error {
	var was bool
	return d.read(ctx, `SELECT member_put_away(@session, @keys, @number)`, d.shelf(session, pg.Args{"number": number}), &was)
}

// OpenOwn opens one of them under an unlock, as its query code does; NotFound where it is
// none of theirs.
func (d *Door) OpenOwn(ctx context.Context, session key.Secret, number string, unlock []byte) error {
	var open bool
	return d.read(ctx, `SELECT member_unlock(@session, @keys, @number, @unlock)`, d.shelf(session, pg.Args{"number": number, "unlock": unlock}), &open)
}

// Follows reads into found who is logged in, what they follow with consent, and what they
// have asked.
func (d *Door) Follows(ctx context.Context, session key.Secret, found any) error {
	return d.read(ctx, `SELECT member_follows(@session)`, pg.Args{"session": SessionID(session)}, found)
}

// Follow asks to follow the complaint of a number. Whether there is one is not known here.
func (d *Door) Follow(ctx context.Context, session key.Secret, number, words string) error {
	var said string
	err := d.read(ctx, `SELECT member_follow(@session, @number, @words)`, pg.Args{"session": SessionID(session), "number": number, "words": words}, &said)
	switch {
	case err != nil:
		return err
	case said == "before":
		return fault.New(fault.Conflict, "没有再问。这个编号您已经问过，一位投诉人只问一次。投诉人同意了，就列在这里。")
	case said == "often":
		return fault.New(fault.TooMany, "没有问。您 24 小时里已经问了 10 件，最多 10 件，请明天再问。")
	}
	return nil
}

// Bundles reads into found what they have brought before the office.
func (d *Door) Bundles(ctx context.Context, session key.Secret, found any) error {
	return d.read(ctx, `SELECT member_bundles(@session)`, pg.Args{"session": SessionID(session)}, found)
}

// Bundle reads into found one of these; NotFound where there is none, or it is not theirs.
func (d *Door) Bundle(ctx context.Context, session key.Secret, number string, found any) error {
	return d.read(ctx, `SELECT member_bundle(@session, @number)`, pg.Args{"session": SessionID(session), "number": number}, found)
}

// Unfollow gives up what was asked, and any consent with it; NotFound where nothing was.
func (d *Door) Unfollow(ctx context.Context, session key.Secret, number string) error {
	var was bool
	return d.read(ctx, `SELECT member_unfollow(@session, @number)`, pg.Args{"session": SessionID(session), "number": number}, &was)
}
