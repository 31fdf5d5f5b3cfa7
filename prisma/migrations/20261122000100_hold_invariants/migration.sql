-- What the product promises and SQL can hold. Application code checks first so that people get a
-- sentence; these are the second line, for the day that code is wrong.

-- One policy: never more places given away than it has (I1), and dates appear together.
ALTER TABLE policies
  ADD CONSTRAINT policies_code_shape CHECK (code ~ '^[0-9A-Za-z]{22}$'),
  ADD CONSTRAINT policies_places CHECK (units_paid >= 0 AND units_held >= 0 AND units_paid + units_held <= units_max),
  ADD CONSTRAINT policies_units_max CHECK (units_max BETWEEN 1 AND 100),
  ADD CONSTRAINT policies_cover_cap CHECK (cover_per_unit_yuan > 0 AND units_max * cover_per_unit_yuan <= 100000),
  ADD CONSTRAINT policies_issue_together CHECK (
    (status = 'pending_payment') = (issued_at IS NULL)
    AND (issued_at IS NULL) = (number IS NULL)
    AND (issued_at IS NULL) = (effective_on IS NULL)
    AND (issued_at IS NULL) = (last_day_on IS NULL)
    AND (issued_at IS NULL) = (collecting_until IS NULL)
  ),
  ADD CONSTRAINT policies_pending_empty CHECK (status <> 'pending_payment' OR units_paid = 0);

-- R7: one live policy per ID number per plan.
CREATE UNIQUE INDEX policies_one_live_per_identity ON policies (plan_version, id_number_index) WHERE status = 'active';
-- The worker looks for policies whose last day is over.
CREATE INDEX policies_by_last_day ON policies (last_day_on) WHERE status = 'active';
-- R6: an account insures its owner only, so it has one live policy and one unfinished application.
CREATE UNIQUE INDEX policies_one_live_per_account ON policies (plan_version, user_id) WHERE status = 'active';
CREATE UNIQUE INDEX policies_one_pending_per_account ON policies (plan_version, user_id) WHERE status = 'pending_payment';

ALTER TABLE units
  ADD CONSTRAINT units_seq CHECK (seq BETWEEN 1 AND 100),
  ADD CONSTRAINT units_cover CHECK (cover_yuan > 0),
  ADD CONSTRAINT units_dates CHECK (effective_on < matures_on AND effective_on <= last_day_on),
  ADD CONSTRAINT units_ended_together CHECK ((status = 'ended') = (ended_on IS NOT NULL));
-- A number belongs to one live unit; a refunded unit's number is free again.
CREATE UNIQUE INDEX units_live_seq ON units (policy_id, seq) WHERE status = 'active';

-- R11: an order asks for one unit's premium, and the facts of its payment come together.
ALTER TABLE orders
  ADD CONSTRAINT orders_amount CHECK (amount_fen > 0 AND amount_fen <= 10000000),
  ADD CONSTRAINT orders_currency CHECK (currency = 'CNY'),
  ADD CONSTRAINT orders_number_shape CHECK (out_trade_no ~ '^[0-9A-Za-z]{6,32}$'),
  ADD CONSTRAINT orders_message CHECK (char_length(message) <= 60),
  ADD CONSTRAINT orders_proof_together CHECK (
    (transaction_id IS NULL) = (paid_at IS NULL) AND (transaction_id IS NULL) = (paid_fen IS NULL)
    AND (transaction_id IS NULL) = (proven_by IS NULL)
  ),
  ADD CONSTRAINT orders_paid_states CHECK ((state IN ('pending', 'closed')) = (transaction_id IS NULL)),
  ADD CONSTRAINT orders_settled_amount CHECK (state <> 'settled' OR paid_fen = amount_fen),
  ADD CONSTRAINT orders_proven_by CHECK (proven_by IN ('notify', 'query'));
-- R15: one live gift per payer and policy, paid or about to be.
CREATE UNIQUE INDEX orders_one_live_gift ON orders (policy_id, payer_id) WHERE kind = 'gift' AND state IN ('pending', 'settled');
-- Unit 1 is paid once.
CREATE UNIQUE INDEX orders_one_live_first ON orders (policy_id) WHERE kind = 'first' AND state IN ('pending', 'settled');
-- The poller reads due pending orders; settled ones leave this index.
CREATE INDEX orders_due_check ON orders (next_check_at) WHERE state = 'pending';
-- "My payments", newest first.
CREATE INDEX orders_by_payer ON orders (payer_id, created_at DESC, id);

ALTER TABLE refunds
  ADD CONSTRAINT refunds_amount CHECK (amount_fen > 0),
  ADD CONSTRAINT refunds_finished CHECK ((state IN ('succeeded', 'closed')) = (finished_at IS NOT NULL));
CREATE INDEX refunds_due ON refunds (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

ALTER TABLE ledger_entries
  ADD CONSTRAINT ledger_entries_kind CHECK (kind IN ('payment_settled', 'payment_unusable', 'refund_paid')),
  ADD CONSTRAINT ledger_entries_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT;
ALTER TABLE ledger_postings
  ADD CONSTRAINT ledger_postings_account CHECK (account IN ('wechat_clearing', 'premium', 'refunds_payable')),
  ADD CONSTRAINT ledger_postings_amount CHECK (amount_fen <> 0);

-- Append-only: a wrong row is corrected by a new row.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_postings_append_only BEFORE UPDATE OR DELETE ON ledger_postings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_postings_no_truncate BEFORE TRUNCATE ON ledger_postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER endorsements_append_only BEFORE UPDATE OR DELETE ON endorsements FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER applications_append_only BEFORE UPDATE OR DELETE ON applications FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER plans_append_only BEFORE UPDATE OR DELETE ON plans FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER plan_documents_append_only BEFORE UPDATE OR DELETE ON plan_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An order that has been paid stays paid: terminal money facts never change.
CREATE FUNCTION refuse_order_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.amount_fen <> OLD.amount_fen OR NEW.policy_id <> OLD.policy_id OR NEW.payer_id <> OLD.payer_id
     OR NEW.out_trade_no <> OLD.out_trade_no OR NEW.kind <> OLD.kind OR NEW.payer_openid <> OLD.payer_openid
     OR (OLD.transaction_id IS NOT NULL AND (NEW.transaction_id, NEW.paid_fen, NEW.paid_at)
         IS DISTINCT FROM (OLD.transaction_id, OLD.paid_fen, OLD.paid_at))
     OR NOT (NEW.state = OLD.state
       OR (OLD.state = 'pending' AND NEW.state IN ('settled', 'closed', 'refunding'))
       OR (OLD.state = 'closed' AND NEW.state IN ('settled', 'refunding'))
       OR (OLD.state = 'settled' AND NEW.state = 'refunding')
       OR (OLD.state = 'refunding' AND NEW.state IN ('refunded', 'refund_failed'))
       OR (OLD.state = 'refund_failed' AND NEW.state IN ('refunding', 'refunded'))) THEN
    RAISE EXCEPTION 'order % may not go from % to %', OLD.out_trade_no, OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_guard BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_order_rewrite();
CREATE TRIGGER orders_no_delete BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An entry has at least two postings and they sum to zero, judged when the transaction commits.
CREATE FUNCTION require_balanced_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry text;
  total bigint;
  lines bigint;
BEGIN
  IF TG_TABLE_NAME = 'ledger_entries' THEN entry := NEW.id; ELSE entry := NEW.entry_id; END IF;
  SELECT coalesce(sum(amount_fen), 0), count(*) INTO total, lines FROM ledger_postings WHERE entry_id = entry;
  IF total <> 0 OR lines < 2 THEN
    RAISE EXCEPTION 'ledger entry % has % postings that sum to % fen', entry, lines, total
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entries_balanced AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_entry();
CREATE CONSTRAINT TRIGGER ledger_postings_balanced AFTER INSERT ON ledger_postings
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_entry();

-- Policy numbers as printed on documents: WH + year + six digits.
CREATE SEQUENCE policy_number_seq;

-- Rows whose state moves while what they say stays: every column but the named ones is for ever.
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
    RAISE EXCEPTION 'only % of % may change', array_to_string(TG_ARGV, ', '), TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refunds_guard BEFORE UPDATE OR DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION refuse_rewrite(
  'state', 'provider_id', 'attempts', 'next_attempt_at', 'last_error', 'submitted_at', 'finished_at');
CREATE TRIGGER units_guard BEFORE UPDATE OR DELETE ON units FOR EACH ROW EXECUTE FUNCTION refuse_rewrite('status', 'ended_on');
CREATE TRIGGER payment_incidents_guard BEFORE UPDATE OR DELETE ON payment_incidents FOR EACH ROW
  EXECUTE FUNCTION refuse_rewrite('resolved_at');
