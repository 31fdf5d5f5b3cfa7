-- Persistence of a settle decision in one round trip. The decision itself (unit or refund, and the
-- dates) is made in lib/payments/rules.ts from a snapshot; these functions re-check under row locks
-- that the snapshot still holds and otherwise raise WH001, so that the caller reads and decides
-- again. Lock order: orders, then policies; a batch locks all its orders before its first policy.
-- Taking a place locks the policy first, but the order it then writes is new, so the two can only
-- meet on a payer's second order; Postgres breaks that tie and the loser decides again.

-- At least so many digits; lpad alone would cut longer numbers off.
CREATE FUNCTION pad_number(p_number bigint, p_digits integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT lpad(p_number::text, greatest(p_digits, length(p_number::text)), '0')
$$;

CREATE FUNCTION settle_unit(
  p_order_id text, p_expected_state order_state, p_transaction_id text, p_paid_fen integer, p_paid_at timestamptz,
  p_proven_by text, p_now timestamptz, p_unit_id text, p_entry_id text, p_cover_yuan integer,
  p_effective_on date, p_matures_on date, p_last_day_on date, p_collecting_until timestamptz,
  p_identity_id text, p_band text, p_age_at_issue integer, p_units_max integer
) RETURNS TABLE (unit_seq integer, endorsement_number text) LANGUAGE plpgsql AS $$
DECLARE
  v_policy_no bigint;
  -- A pending order owns one of its policy's places; a closed one has given it back.
  v_held integer := (p_expected_state = 'pending')::int;
  v_order orders%ROWTYPE;
  v_policy policies%ROWTYPE;
  v_seq integer;
  v_number text;
BEGIN
  UPDATE orders SET state = 'settled', next_check_at = NULL, transaction_id = p_transaction_id,
    paid_fen = p_paid_fen, paid_at = p_paid_at, proven_by = p_proven_by, settled_at = p_now
  WHERE id = p_order_id AND state = p_expected_state AND state IN ('pending', 'closed')
  RETURNING * INTO v_order;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'order changed' USING ERRCODE = 'WH001';
  END IF;

  IF v_order.kind = 'first' THEN
    v_policy_no := nextval('policy_number_seq');
    -- The band is that of the age on the day cover starts (R3), which may be a day later than the one
    -- of the application; the person it was decided for must still be the person on record.
    UPDATE policies SET units_paid = units_paid + 1, units_held = units_held - v_held,
      endorsements_count = endorsements_count + 1, status = 'active', issued_at = p_now,
      number = 'WH' || to_char(p_effective_on, 'YYYY') || '-' || pad_number(v_policy_no, 6),
      effective_on = p_effective_on, last_day_on = p_last_day_on, collecting_until = p_collecting_until,
      band = p_band, age_at_issue = p_age_at_issue, cover_per_unit_yuan = p_cover_yuan, units_max = p_units_max
    WHERE id = v_order.policy_id AND status = 'pending_payment' AND identity_id = p_identity_id
    RETURNING * INTO v_policy;
  ELSE
    UPDATE policies SET units_paid = units_paid + 1, units_held = units_held - v_held,
      endorsements_count = endorsements_count + 1
    WHERE id = v_order.policy_id AND status = 'active'
      AND units_paid + units_held - v_held < units_max
    RETURNING * INTO v_policy;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'policy changed' USING ERRCODE = 'WH001';
  END IF;

  -- The lowest free number. Without holes the highest number is the count before this unit.
  SELECT coalesce(max(seq), 0) + 1 INTO v_seq FROM units WHERE policy_id = v_policy.id AND status = 'active';
  IF v_seq <> v_policy.units_paid THEN
    SELECT min(n) INTO v_seq FROM generate_series(1, v_policy.units_max) n
    WHERE NOT EXISTS (SELECT 1 FROM units u WHERE u.policy_id = v_policy.id AND u.status = 'active' AND u.seq = n);
  END IF;
  v_number := v_policy.number || '-' || pad_number(v_policy.endorsements_count, 3);

  INSERT INTO units (id, policy_id, order_id, seq, cover_yuan, effective_on, matures_on, last_day_on, status, settled_at)
  VALUES (p_unit_id, v_policy.id, p_order_id, v_seq, p_cover_yuan, p_effective_on, p_matures_on, p_last_day_on, 'active', p_now);
  INSERT INTO endorsements (number, policy_id, unit_id, cover_delta_yuan, created_at)
  VALUES (v_number, v_policy.id, p_unit_id, p_cover_yuan, p_now);
  INSERT INTO ledger_entries (id, kind, order_id, created_at) VALUES (p_entry_id, 'payment_settled', p_order_id, p_now);
  INSERT INTO ledger_postings (entry_id, account, amount_fen)
  VALUES (p_entry_id, 'wechat_clearing', p_paid_fen), (p_entry_id, 'premium', -p_paid_fen);
  INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
  VALUES ('unit_settled', jsonb_build_object('unitId', p_unit_id, 'policyId', v_policy.id), p_now, p_now);

  RETURN QUERY SELECT v_seq, v_number;
END $$;

-- Many units in one statement and one commit. Each is written or refused by itself: a refusal is
-- returned with its SQLSTATE and constraint and undoes only its own rows.
CREATE FUNCTION settle_units(p_units jsonb)
RETURNS TABLE (place integer, unit_seq integer, endorsement_number text, failure text, failed_constraint text)
LANGUAGE plpgsql
-- A row that somebody holds must not make strangers wait: its unit is refused and tried again.
SET lock_timeout = '500ms' AS $$
DECLARE
  v_unit record;
  v_busy_policies text[] := '{}';
BEGIN
  BEGIN
    PERFORM 1 FROM orders WHERE id IN (SELECT u->>'order_id' FROM jsonb_array_elements(p_units) u)
    ORDER BY id FOR UPDATE;
  EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
    NULL; -- Somebody holds one of them: below each waits for its own, and only that one is refused.
  END;
  FOR v_unit IN SELECT * FROM jsonb_to_recordset(p_units) AS u(
    place integer, policy_id text, order_id text, expected_state order_state, transaction_id text, paid_fen integer,
    paid_at timestamptz, proven_by text, now timestamptz, unit_id text, entry_id text, cover_yuan integer,
    effective_on date, matures_on date, last_day_on date, collecting_until timestamptz,
    identity_id text, band text, age_at_issue integer, units_max integer)
  LOOP
    place := v_unit.place;
    unit_seq := NULL;
    endorsement_number := NULL;
    failure := NULL;
    failed_constraint := NULL;
    -- One wait for a held policy, not one for each of its units: the statement has three seconds.
    IF v_unit.policy_id = ANY (v_busy_policies) THEN
      failure := '55P03';
      RETURN NEXT;
      CONTINUE;
    END IF;
    BEGIN
      SELECT s.unit_seq, s.endorsement_number INTO unit_seq, endorsement_number FROM settle_unit(
        v_unit.order_id, v_unit.expected_state, v_unit.transaction_id, v_unit.paid_fen, v_unit.paid_at,
        v_unit.proven_by, v_unit.now, v_unit.unit_id, v_unit.entry_id, v_unit.cover_yuan,
        v_unit.effective_on, v_unit.matures_on, v_unit.last_day_on, v_unit.collecting_until,
        v_unit.identity_id, v_unit.band, v_unit.age_at_issue, v_unit.units_max) s;
    -- Whatever is wrong with one payment is wrong with that one only.
    EXCEPTION WHEN OTHERS THEN
      GET STACKED DIAGNOSTICS failure = RETURNED_SQLSTATE, failed_constraint = CONSTRAINT_NAME;
      IF failure = '55P03' THEN
        v_busy_policies := v_busy_policies || v_unit.policy_id;
      END IF;
    END;
    RETURN NEXT;
  END LOOP;
END $$;

CREATE FUNCTION settle_refund(
  p_order_id text, p_expected_state order_state, p_transaction_id text, p_paid_fen integer, p_paid_at timestamptz,
  p_proven_by text, p_now timestamptz, p_refund_id text, p_out_refund_no text, p_entry_id text, p_reason text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_policy_id text;
BEGIN
  UPDATE orders SET state = 'refunding', next_check_at = NULL, transaction_id = p_transaction_id,
    paid_fen = p_paid_fen, paid_at = p_paid_at, proven_by = p_proven_by, settled_at = p_now
  WHERE id = p_order_id AND state = p_expected_state AND state IN ('pending', 'closed')
  RETURNING policy_id INTO v_policy_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'order changed' USING ERRCODE = 'WH001';
  END IF;
  IF p_expected_state = 'pending' THEN
    UPDATE policies SET units_held = units_held - 1 WHERE id = v_policy_id;
  END IF;
  INSERT INTO refunds (id, order_id, out_refund_no, amount_fen, reason, state, next_attempt_at, requested_at)
  VALUES (p_refund_id, p_order_id, p_out_refund_no, p_paid_fen, p_reason, 'requested', p_now, p_now);
  INSERT INTO ledger_entries (id, kind, order_id, created_at) VALUES (p_entry_id, 'payment_unusable', p_order_id, p_now);
  INSERT INTO ledger_postings (entry_id, account, amount_fen)
  VALUES (p_entry_id, 'wechat_clearing', p_paid_fen), (p_entry_id, 'refunds_payable', -p_paid_fen);
  INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
  VALUES ('refund_requested', jsonb_build_object('refundId', p_refund_id), p_now, p_now);
END $$;

-- WeChat has confirmed that the money is back with the payer.
CREATE FUNCTION finish_refund(p_refund_id text, p_provider_id text, p_now timestamptz, p_entry_id text)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_refund refunds%ROWTYPE;
BEGIN
  UPDATE refunds SET state = 'succeeded', provider_id = coalesce(p_provider_id, provider_id), finished_at = p_now,
    next_attempt_at = NULL, last_error = NULL
  WHERE id = p_refund_id AND state IN ('requested', 'processing', 'abnormal')
  RETURNING * INTO v_refund;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE orders SET state = 'refunded' WHERE id = v_refund.order_id AND state IN ('refunding', 'refund_failed');
  INSERT INTO ledger_entries (id, kind, order_id, created_at) VALUES (p_entry_id, 'refund_paid', v_refund.order_id, p_now);
  INSERT INTO ledger_postings (entry_id, account, amount_fen)
  VALUES (p_entry_id, 'refunds_payable', v_refund.amount_fen), (p_entry_id, 'wechat_clearing', -v_refund.amount_fen);
  RETURN true;
END $$;
