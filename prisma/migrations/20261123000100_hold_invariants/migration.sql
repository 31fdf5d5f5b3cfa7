-- What the refunds, bills and keys promise and SQL can hold.

-- One refund of an order counts; it is superseded only when WeChat has closed it for good.
CREATE UNIQUE INDEX refunds_one_live ON refunds (order_id) WHERE superseded_by IS NULL;
ALTER TABLE refunds
  ADD CONSTRAINT refunds_superseded_by FOREIGN KEY (superseded_by) REFERENCES refunds (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT refunds_superseded_closed CHECK (superseded_by IS NULL OR state = 'closed');
DROP TRIGGER refunds_guard ON refunds;
CREATE TRIGGER refunds_guard BEFORE UPDATE OR DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION refuse_rewrite(
  'state', 'provider_id', 'received_by', 'attempts', 'next_attempt_at', 'last_error', 'submitted_at', 'finished_at',
  'superseded_by');

-- A refund moves forward only; `abnormal` may still succeed, or be sent once more by a person.
CREATE FUNCTION refuse_refund_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (NEW.state = OLD.state
      OR (OLD.state = 'requested' AND NEW.state IN ('processing', 'succeeded', 'abnormal', 'closed'))
      OR (OLD.state = 'processing' AND NEW.state IN ('succeeded', 'abnormal', 'closed'))
      OR (OLD.state = 'abnormal' AND NEW.state IN ('processing', 'succeeded', 'closed'))) THEN
    RAISE EXCEPTION 'refund % may not go from % to %', OLD.out_refund_no, OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refunds_steps BEFORE UPDATE OF state ON refunds FOR EACH ROW EXECUTE FUNCTION refuse_refund_step();

ALTER TABLE ledger_entries
  DROP CONSTRAINT ledger_entries_kind,
  ADD CONSTRAINT ledger_entries_kind CHECK (
    kind IN ('payment_settled', 'payment_unusable', 'premium_returned', 'refund_paid', 'fees_charged')),
  ADD CONSTRAINT ledger_entries_subject CHECK (
    (kind = 'fees_charged') = (bill_date IS NOT NULL) AND (order_id IS NULL) = (bill_date IS NOT NULL));
ALTER TABLE ledger_postings
  DROP CONSTRAINT ledger_postings_account,
  ADD CONSTRAINT ledger_postings_account CHECK (
    account IN ('wechat_clearing', 'premium', 'refunds_payable', 'wechat_fees'));

ALTER TABLE policies
  ADD CONSTRAINT policies_ended_together CHECK (
    (status = 'ended') = (ended_on IS NOT NULL) AND (ended_on IS NULL) = (end_reason IS NULL));
ALTER TABLE endorsements
  ADD CONSTRAINT endorsements_kind CHECK (kind IN ('unit_added', 'unit_ended', 'policy_ended')),
  ADD CONSTRAINT endorsements_subject CHECK ((kind = 'policy_ended') = (unit_id IS NULL));
-- A policy ends once. Its other endorsements are found by their units, so that a settle pays for no
-- index by policy; the same goes for units that have ended.
CREATE UNIQUE INDEX endorsements_one_end ON endorsements (policy_id) WHERE kind = 'policy_ended';
CREATE INDEX units_ended ON units (policy_id) WHERE status = 'ended';
ALTER TABLE diagnosis_reports
  ADD CONSTRAINT diagnosis_reports_outcome CHECK (outcome IN ('refund_all', 'pay_matured')),
  ADD CONSTRAINT diagnosis_reports_policy FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE RESTRICT;
CREATE TRIGGER diagnosis_reports_append_only BEFORE UPDATE OR DELETE ON diagnosis_reports
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE idempotency_keys
  ADD CONSTRAINT idempotency_keys_purpose CHECK (purpose IN ('application', 'contribution')),
  ADD CONSTRAINT idempotency_keys_answer CHECK (num_nonnulls(order_id, failure) = 1);
CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never rewritten', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- Retention may delete old keys and events; nothing may change them.
CREATE TRIGGER idempotency_keys_fixed BEFORE UPDATE ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION refuse_update();
CREATE TRIGGER order_events_fixed BEFORE UPDATE ON order_events FOR EACH ROW EXECUTE FUNCTION refuse_update();
CREATE TRIGGER notices_guard BEFORE UPDATE ON notices FOR EACH ROW EXECUTE FUNCTION refuse_rewrite('read_at');

ALTER TABLE bills ADD CONSTRAINT bills_kind CHECK (kind IN ('trade', 'fund_basic', 'fund_operation'));
ALTER TABLE bill_lines ADD CONSTRAINT bill_lines_entry CHECK (entry IN ('payment', 'refund', 'fee', 'transfer', 'other'));
ALTER TABLE reconciliation_runs ADD CONSTRAINT reconciliation_runs_state CHECK (
  state IN ('running', 'waiting', 'failed', 'balanced', 'differs')
  AND (state = 'running') = (finished_at IS NULL));
-- One run a day at a time; a run whose process died is taken over after its lease.
CREATE UNIQUE INDEX reconciliation_runs_one_running ON reconciliation_runs (bill_date) WHERE state = 'running';
ALTER TABLE bill_differences ADD CONSTRAINT bill_differences_state CHECK (
  state IN ('open', 'repaired', 'explained') AND (state = 'open') = (resolved_at IS NULL));
CREATE TRIGGER bill_differences_guard BEFORE UPDATE OR DELETE ON bill_differences FOR EACH ROW
  EXECUTE FUNCTION refuse_rewrite('state', 'resolution', 'resolved_at', 'ours', 'theirs');

ALTER TABLE policy_standings ADD CONSTRAINT policy_standings_policy FOREIGN KEY (policy_id) REFERENCES policies (id) ON DELETE RESTRICT;
ALTER TABLE units_histogram ADD CONSTRAINT units_histogram_bounds CHECK (units BETWEEN 1 AND 100 AND policies >= 0);

-- A day's payments and refunds, for reconciliation.
CREATE INDEX orders_by_paid_at ON orders (paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX refunds_by_submitted_at ON refunds (submitted_at) WHERE submitted_at IS NOT NULL;

-- Whoever explains an incident says how.
DROP TRIGGER payment_incidents_guard ON payment_incidents;
CREATE TRIGGER payment_incidents_guard BEFORE UPDATE OR DELETE ON payment_incidents FOR EACH ROW
  EXECUTE FUNCTION refuse_rewrite('resolved_at', 'resolution');
-- Unfinished applications are few and old ones lose their personal data.
CREATE INDEX policies_unpaid ON policies (created_at) WHERE status = 'pending_payment' AND asker_name <> '';
-- Retention forgets the course of orders that were never paid.
CREATE INDEX order_events_by_instant ON order_events (at);
-- Whose cover begins to count today.
CREATE INDEX units_by_maturity ON units (matures_on) WHERE status = 'active';
-- What was declared for a policy that nobody paid is forgotten with its person (R50); all else stays.
CREATE FUNCTION keep_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM policies WHERE id = OLD.policy_id AND status = 'pending_payment') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER applications_append_only ON applications;
CREATE TRIGGER applications_append_only BEFORE UPDATE OR DELETE ON applications FOR EACH ROW EXECUTE FUNCTION keep_application();
-- An order's story looks for what was reported of it.
CREATE INDEX payment_incidents_by_order ON payment_incidents (out_trade_no);
