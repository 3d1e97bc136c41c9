-- +goose Up
-- To whom the words of a rating are told is chosen with them, as it is of a supplement. Of
-- a rating from before nobody chose: there the words themselves decide, each time they are read.
ALTER TABLE complaint ADD COLUMN rating_told text CHECK (rating_told IN ('all', 'desk'));
COMMENT ON COLUMN complaint.rating_told IS 'Who reads rating_words: everybody who works on it, or the supervising desk alone. Null before there was a choice.';
GRANT UPDATE (rating_told) ON complaint TO zhengxin_portal;
DROP TRIGGER complaint_rated ON complaint;
CREATE TRIGGER complaint_rated BEFORE UPDATE OF rating, solved, rating_words, rating_told ON complaint FOR EACH ROW
	WHEN (NEW.rating IS DISTINCT FROM OLD.rating OR NEW.solved IS DISTINCT FROM OLD.solved OR NEW.rating_words IS DISTINCT FROM OLD.rating_words
		OR NEW.rating_told IS DISTINCT FROM OLD.rating_told) EXECUTE FUNCTION set_by_move('rate');

-- +goose Down
SELECT 1 / 0;
