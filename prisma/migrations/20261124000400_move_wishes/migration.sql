-- One place for what people write: wishes join thanks and notes in `words`, where each has a state.

-- They have been read by the insured since they were given, so they stay shown.
INSERT INTO words (id, kind, author_id, policy_id, order_id, text, state, created_at, updated_at)
SELECT 'wrd_' || substr(id, 5), 'wish', payer_id, policy_id, id, message, 'shown', created_at, created_at
FROM orders WHERE message <> '';
-- Its CHECK goes with the column.
ALTER TABLE orders DROP COLUMN message;

-- Words that wait for a person have not been judged by one yet.
ALTER TABLE words ADD CONSTRAINT words_reviewed_state CHECK (reviewed_by IS NULL OR state <> 'held');
-- Words are forgotten: a year after their policy has ended, and a month after an order that nobody paid.
CREATE INDEX policies_by_end ON policies (ended_on) WHERE ended_on IS NOT NULL;
CREATE INDEX words_by_age ON words (created_at);
