-- +goose Up
-- What a complainant says to the supervising desk alone is a move of its own: a
-- handling unit learns neither the words nor that there are any.
DROP TRIGGER supplement_added ON supplement;
CREATE TRIGGER supplement_added AFTER INSERT ON supplement REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'supplement confide withdraw contest urge');
