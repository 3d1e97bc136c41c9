package main

import (
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
)

// bareSchema copies the office's tables for the bare program: the same rows with
// the same indexes, and no foreign key, no trigger, no policy.
const bareSchema = `
	DROP SCHEMA IF EXISTS bare CASCADE;
	CREATE SCHEMA bare;
	CREATE TABLE bare.matter (LIKE matter INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING INDEXES);
	CREATE TABLE bare.complaint (LIKE complaint INCLUDING DEFAULTS INCLUDING INDEXES);
	CREATE TABLE bare.event (LIKE event INCLUDING DEFAULTS INCLUDING INDEXES);
	CREATE TABLE bare.clock (LIKE clock INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
	CREATE TABLE bare.assignment (LIKE assignment INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
	CREATE TABLE bare.answer (LIKE answer INCLUDING DEFAULTS INCLUDING INDEXES);
	CREATE TABLE bare.identity (LIKE identity INCLUDING INDEXES);
	CREATE TABLE bare.access_code (LIKE access_code INCLUDING INDEXES);
	CREATE TABLE bare.form_token (LIKE form_token INCLUDING INDEXES);
	CREATE TABLE bare.binding (LIKE binding INCLUDING INDEXES);
	CREATE TABLE bare.matter_bar (LIKE matter_bar INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
	CREATE TABLE bare.letter (LIKE letter INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
	CREATE TABLE bare.river_job (LIKE river_job INCLUDING DEFAULTS INCLUDING INDEXES);
	CREATE UNLOGGED TABLE bare.captcha (LIKE captcha INCLUDING INDEXES INCLUDING DEFAULTS);
	CREATE TABLE bare.draft (LIKE draft INCLUDING INDEXES);
	INSERT INTO bare.matter (id, kind, number, state, phase, unit, category, title, flags, opened_at, closed_at, due_at, seq, head)
		SELECT id, kind, number, state, phase, unit, category, title, flags, opened_at, closed_at, due_at, seq, head FROM matter;
	INSERT INTO bare.complaint SELECT * FROM complaint;
	INSERT INTO bare.event SELECT * FROM event;
	INSERT INTO bare.clock OVERRIDING USER VALUE SELECT * FROM clock;
	INSERT INTO bare.assignment OVERRIDING USER VALUE SELECT * FROM assignment;
	INSERT INTO bare.answer SELECT * FROM answer`

// bareLine, bareHand and bareTerm are what hangs on a matter.
type bareLine struct {
	At            time.Time
	Action, Words string
}
type bareHand struct{ Unit, Part string }
type bareTerm struct{ Rule, Due, Why string }

// bareMatter is the status page.
type bareMatter struct {
	Number, Title, State, Unit, Request string
	Lines                               []bareLine
	Hands                               []bareHand
	Terms                               []bareTerm
	Answer                              *string
}

// bareRow is a row of the list.
type bareRow struct {
	Number, Title, State, Unit, Lead, Rule string
	Days                                   int32
}

func (s *bareServer) read(c *fiber.Ctx) error {
	rows, err := s.pool.Query(c.UserContext(), `
		SELECT m.number, m.title, m.state, coalesce(m.unit, '') AS unit, c.request,
			(SELECT json_agg(e) FROM (SELECT at, action, public_text AS words FROM bare.event WHERE matter_id = m.id AND public_text <> '' ORDER BY seq DESC) e) AS lines,
			(SELECT json_agg(a) FROM (SELECT unit, part FROM bare.assignment WHERE matter_id = m.id AND ended_at IS NULL) a) AS hands,
			(SELECT json_agg(k) FROM (SELECT rule, due_on AS due, derivation AS why FROM bare.clock WHERE matter_id = m.id ORDER BY due_at) k) AS terms,
			(SELECT opinion FROM bare.answer WHERE matter_id = m.id AND sent_at IS NOT NULL ORDER BY version DESC LIMIT 1) AS answer
		FROM bare.matter m JOIN bare.complaint c ON c.matter_id = m.id WHERE m.number = $1`, c.Params("number"))
	if err != nil {
		return err
	}
	m, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[bareMatter])
	if err != nil {
		return err
	}
	return send(c, bareStatus(s.status, m))
}

func (s *bareServer) list(c *fiber.Ctx) error {
	const columns = `
		SELECT number, title, state, coalesce(unit, ''), coalesce((SELECT a.unit FROM bare.assignment a WHERE a.matter_id = p.id AND a.part = 'lead' AND a.ended_at IS NULL), ''),
			coalesce((SELECT k.rule FROM bare.clock k WHERE k.matter_id = p.id AND k.due_at = p.due_at AND k.stopped_at IS NULL LIMIT 1), ''),
			coalesce(extract(day FROM nullif(due_at, 'infinity') - now()), 0)::int AS days
		FROM bare.matter p WHERE kind = 'complaint' AND `
	page, sql, args := s.desk, columns+`phase = 1 ORDER BY due_at, id LIMIT 50`, []any(nil)
	if state := c.Query("state"); state != "" {
		page, sql, args = s.filtered, columns+`state = $1 ORDER BY due_at, id LIMIT 50`, []any{state}
	}
	rows, err := s.pool.Query(c.UserContext(), sql, args...)
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[bareRow])
	if err != nil {
		return err
	}
	return send(c, bareList(page, found))
}

// bareFiling writes what a filing writes, with what stands in the form.
const bareFiling = `
	WITH n AS (SELECT nextval('matter_id') AS id, now() AS at),
	used AS (DELETE FROM bare.captcha WHERE id = $1),
	cleared AS (DELETE FROM bare.draft WHERE id = convert_to($1, 'UTF8')),
	m AS (INSERT INTO bare.matter (id, kind, number, state, phase, title, opened_at, due_at, seq, head)
		SELECT id, 'complaint', $1, 'submitted', 1, $3, at, at + interval '1 day', 1, $2 FROM n),
	e AS (INSERT INTO bare.event (matter_id, seq, at, actor, role, action, from_state, to_state, public_text, salt, commitment, prev, hash, key_id)
		SELECT id, 1, at, 'complainant', 'complainant', 'file', '', 'submitted', '投诉已经收到。', $2, $2, $2, $2, 'bare' FROM n),
	c AS (INSERT INTO bare.complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, request, facts)
		SELECT id, 'web', 'enterprise', false, true, true, $3, $4 FROM n),
	i AS (INSERT INTO bare.identity (matter_id, person, mailbox) SELECT id, $5, $6 FROM n),
	a AS (INSERT INTO bare.access_code (matter_id, mac) SELECT id, $2 FROM n),
	k AS (INSERT INTO bare.clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation)
		SELECT id, rule, 1, 1, at, at + interval '1 day', at + interval '1 day', '从收到之日的第二天算起，中间的周末和法定节假日不算，补班的日子算。'
		FROM n, (VALUES ('PF-REG'), ('PF-ACC')) r (rule)),
	t AS (INSERT INTO bare.form_token (token_hash, matter_id, seq, action, at) SELECT $2, id, 1, 'file', at FROM n),
	b AS (INSERT INTO bare.binding (matter_id, seq, said, mac) SELECT id, 1, '{"matter":[["",["' || encode($2, 'base64') || '"]]],"complaint":[["",["' || encode($2, 'base64') || '"]]]}', $2 FROM n),
	w AS (INSERT INTO bare.matter_bar (matter_id, unit, how, seq) SELECT id, 'TOWN', 'chosen', 1 FROM n),
	l AS (INSERT INTO bare.letter (matter_id, seq, template, recipient, message_id, created_at) SELECT id, 1, 'receipt', 'complainant', $1, at FROM n)
	INSERT INTO bare.river_job (args, kind, max_attempts, queue)
	SELECT jsonb_build_object('matter', id), kind, 25, 'default' FROM n, (VALUES ('index_text'), ('send_letter')) j (kind)`

// barePublicKey is what the bare program seals identities to.
var barePublicKey = func() hpke.PublicKey {
	private, err := hpke.DHKEM(ecdh.X25519()).GenerateKey()
	if err != nil {
		panic(err)
	}
	return private.PublicKey()
}()

func bareSeal(plain string) ([]byte, error) {
	enc, sender, err := hpke.NewSender(barePublicKey, hpke.HKDFSHA256(), hpke.AES256GCM(), nil)
	if err != nil {
		return nil, err
	}
	box, err := sender.Seal(nil, []byte(plain))
	return append(enc, box...), err
}

func (s *bareServer) file(c *fiber.Ctx) error {
	number := c.FormValue("number")
	person, err := bareSeal(c.FormValue("person"))
	if err != nil {
		return err
	}
	mailbox, err := bareSeal(c.FormValue("mailbox"))
	if err != nil {
		return err
	}
	mac := sha256.Sum256([]byte(number + rand.Text()))
	_, err = s.pool.Exec(c.UserContext(), bareFiling, number, mac[:], c.FormValue("title"), c.FormValue("facts"), person, mailbox)
	if err != nil {
		return fmt.Errorf("bare filing: %w", err)
	}
	return send(c, bareReceipt(s.filed, number))
}
