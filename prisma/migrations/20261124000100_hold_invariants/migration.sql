-- What the boards, words, consents and messages promise and SQL can hold.

-- GB/T 2260: the provinces whose ID numbers there are. A region is asked for by its owner only.
CREATE FUNCTION region_codes() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['11','12','13','14','15','21','22','23','31','32','33','34','35','36','37','41','42','43','44','45','46',
    '50','51','52','53','54','61','62','63','64','65','71','81','82','83']
$$;
CREATE FUNCTION is_region(code text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT code = ANY (region_codes())
$$;

ALTER TABLE profiles
  ADD CONSTRAINT profiles_region CHECK (is_region(region_code)),
  ADD CONSTRAINT profiles_region_on_boards CHECK (region_code IS NULL OR is_on_boards);
ALTER TABLE consents ADD CONSTRAINT consents_kind CHECK (kind IN (
  'boards', 'nickname', 'region', 'asking', 'appraisal', 'face', 'reminders'));
CREATE TRIGGER consents_append_only BEFORE UPDATE OR DELETE ON consents FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consents_no_truncate BEFORE TRUNCATE ON consents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE standings
  ADD CONSTRAINT standings_board CHECK (board IN ('all', 'today', 'week', 'region')),
  ADD CONSTRAINT standings_units CHECK (units BETWEEN 1 AND 100),
  ADD CONSTRAINT standings_region CHECK (board <> 'region' OR (is_listed AND is_region(scope)));
ALTER TABLE standings_histogram
  ADD CONSTRAINT standings_histogram_bounds CHECK (units BETWEEN 1 AND 100 AND policies >= 0);
-- A board's pages: only those who take part, most units first, and among equals who was there first.
CREATE INDEX standings_by_rank ON standings (board, scope, units DESC, reached_at, policy_id) WHERE is_listed;

ALTER TABLE words
  ADD CONSTRAINT words_kind CHECK (kind IN ('wish', 'thanks', 'note')),
  ADD CONSTRAINT words_about CHECK ((kind = 'note') = (order_id IS NULL)),
  -- Thanks may be one tap; nothing else is empty.
  ADD CONSTRAINT words_text CHECK (CASE WHEN text IS NULL THEN kind = 'thanks' ELSE char_length(text) BETWEEN 1 AND 60 END),
  ADD CONSTRAINT words_state CHECK (state IN ('shown', 'held', 'hidden')),
  ADD CONSTRAINT words_verdict CHECK (state = 'shown' OR verdict IS NOT NULL),
  ADD CONSTRAINT words_reviewed_together CHECK ((reviewed_by IS NULL) = (reviewed_at IS NULL));
-- The insured speaks to everybody once at a time.
CREATE UNIQUE INDEX words_one_note ON words (policy_id) WHERE kind = 'note';
-- The moderation queue, oldest first.
CREATE INDEX words_held ON words (created_at) WHERE state = 'held';
ALTER TABLE reactions ADD CONSTRAINT reactions_emoji CHECK (emoji IN ('heart', 'hug', 'clap', 'strong', 'flower', 'laugh'));

ALTER TABLE policies ADD CONSTRAINT policies_short_code CHECK (short_code ~ '^[2-9A-HJ-NP-Z]{8}$');
ALTER TABLE celebrations ADD CONSTRAINT celebrations_units CHECK (units IN (1, 10, 30, 50, 99, 100));
ALTER TABLE message_consents ADD CONSTRAINT message_consents_remaining CHECK (remaining BETWEEN 0 AND 100);
-- `skipped` was never due, `unknown` was sent and nobody heard the answer: it is not sent again.
ALTER TABLE messages
  ADD CONSTRAINT messages_state CHECK (state IN ('due', 'sending', 'sent', 'skipped', 'refused', 'unknown')),
  ADD CONSTRAINT messages_due CHECK ((state = 'due') = (due_at IS NOT NULL)),
  ADD CONSTRAINT messages_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  ADD CONSTRAINT messages_notice FOREIGN KEY (notice_id) REFERENCES notices (id) ON DELETE CASCADE;
CREATE INDEX messages_due_at ON messages (due_at) WHERE state = 'due';
