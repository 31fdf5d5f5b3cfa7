-- Writes of decisions that give money back. Lock order everywhere: orders, then policies.

-- WeChat has confirmed that the money is back with the payer.
DROP FUNCTION finish_refund(text, text, timestamptz, text);
CREATE FUNCTION finish_refund(
  p_refund_id text, p_provider_id text, p_received_by text, p_finished_at timestamptz, p_now timestamptz, p_entry_id text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_refund refunds%ROWTYPE;
BEGIN
  UPDATE refunds SET state = 'succeeded', provider_id = coalesce(p_provider_id, provider_id),
    received_by = coalesce(p_received_by, received_by), finished_at = p_finished_at,
    submitted_at = coalesce(submitted_at, p_finished_at), next_attempt_at = NULL, last_error = NULL
  WHERE id = p_refund_id AND state IN ('requested', 'processing', 'abnormal')
  RETURNING * INTO v_refund;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE orders SET state = 'refunded' WHERE id = v_refund.order_id AND state IN ('refunding', 'refund_failed');
  INSERT INTO ledger_entries (id, kind, order_id, created_at) VALUES (p_entry_id, 'refund_paid', v_refund.order_id, p_now);
  INSERT INTO ledger_postings (entry_id, account, amount_fen)
  VALUES (p_entry_id, 'refunds_payable', v_refund.amount_fen), (p_entry_id, 'wechat_clearing', -v_refund.amount_fen);
  INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
  VALUES ('refund_succeeded', jsonb_build_object('orderId', v_refund.order_id), p_now, p_now);
  RETURN true;
END $$;

CREATE FUNCTION ending_units(p_units jsonb) RETURNS TABLE (
  unit_id text, order_id text, ended_on date, refund_fen integer, reason text, refund_id text, out_refund_no text, entry_id text
) LANGUAGE sql IMMUTABLE AS $$
  SELECT * FROM jsonb_to_recordset(p_units) AS e(unit_id text, order_id text, ended_on date, refund_fen integer,
    reason text, refund_id text, out_refund_no text, entry_id text)
$$;

-- Ends units, each with its refund when something is returned, and the whole policy when a reason is
-- given; adds the one endorsement that says so. Decided in lib/policies. The end of a policy is decided
-- from all its units, so it names the number of endorsements that it saw, which every change of a unit
-- raises; the end of one unit depends on that unit alone, so there `p_version` is null and gifts that
-- arrive meanwhile are no matter. WH001 when what was decided from has moved.
CREATE FUNCTION end_units(
  p_policy_id text, p_version integer, p_units jsonb, p_policy_ended_on date, p_end_reason text, p_now timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_policy policies%ROWTYPE;
  v_wanted integer := jsonb_array_length(p_units);
  v_ended integer;
  v_number text;
  v_unit_id text := CASE WHEN p_end_reason IS NULL THEN p_units->0->>'unit_id' END;
BEGIN
  PERFORM 1 FROM orders WHERE id IN (SELECT order_id FROM ending_units(p_units)) ORDER BY id FOR NO KEY UPDATE;
  UPDATE policies SET units_paid = units_paid - v_wanted, endorsements_count = endorsements_count + 1,
    status = CASE WHEN p_end_reason IS NULL THEN status ELSE 'ended' END,
    ended_on = p_policy_ended_on, end_reason = p_end_reason
  WHERE id = p_policy_id AND status = 'active'
    AND (endorsements_count = p_version OR (p_version IS NULL AND p_end_reason IS NULL))
  RETURNING * INTO v_policy;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'policy changed' USING ERRCODE = 'WH001';
  END IF;

  UPDATE units u SET status = 'ended', ended_on = e.ended_on FROM ending_units(p_units) e
  WHERE u.id = e.unit_id AND u.order_id = e.order_id AND u.policy_id = p_policy_id AND u.status = 'active';
  GET DIAGNOSTICS v_ended = ROW_COUNT;
  IF v_ended <> v_wanted OR (p_end_reason IS NULL AND v_wanted <> 1)
     OR (p_end_reason IS NOT NULL AND v_policy.units_paid <> 0) THEN
    RAISE EXCEPTION 'units changed' USING ERRCODE = 'WH001';
  END IF;

  -- A provider cannot refund nothing: a unit whose days are used up ends without a refund.
  UPDATE orders o SET state = 'refunding' FROM ending_units(p_units) e
  WHERE o.id = e.order_id AND o.state = 'settled' AND e.refund_fen > 0;
  GET DIAGNOSTICS v_ended = ROW_COUNT;
  IF v_ended <> (SELECT count(*) FROM ending_units(p_units) WHERE refund_fen > 0) THEN
    RAISE EXCEPTION 'orders changed' USING ERRCODE = 'WH001';
  END IF;
  INSERT INTO refunds (id, order_id, out_refund_no, amount_fen, reason, state, next_attempt_at, requested_at)
    SELECT refund_id, order_id, out_refund_no, refund_fen, reason, 'requested', p_now, p_now
    FROM ending_units(p_units) WHERE refund_fen > 0;
  INSERT INTO ledger_entries (id, kind, order_id, created_at)
    SELECT entry_id, 'premium_returned', order_id, p_now FROM ending_units(p_units) WHERE refund_fen > 0;
  INSERT INTO ledger_postings (entry_id, account, amount_fen)
    SELECT entry_id, 'premium', refund_fen FROM ending_units(p_units) WHERE refund_fen > 0
    UNION ALL SELECT entry_id, 'refunds_payable', -refund_fen FROM ending_units(p_units) WHERE refund_fen > 0;

  v_number := v_policy.number || '-' || pad_number(v_policy.endorsements_count, 3);
  INSERT INTO endorsements (number, policy_id, kind, unit_id, cover_delta_yuan, created_at)
  VALUES (v_number, p_policy_id, CASE WHEN p_end_reason IS NULL THEN 'unit_ended' ELSE 'policy_ended' END, v_unit_id,
    -v_wanted * v_policy.cover_per_unit_yuan, p_now);
  INSERT INTO outbox_messages (topic, payload, next_attempt_at, created_at)
  VALUES ('units_ended', jsonb_build_object('policyId', p_policy_id, 'endorsement', v_number), p_now, p_now);
  RETURN v_number;
END $$;

-- A person orders a refund anew that WeChat has closed for good; the old row stays as history.
CREATE FUNCTION reissue_refund(p_refund_id text, p_new_id text, p_out_refund_no text, p_now timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_refund refunds%ROWTYPE;
BEGIN
  UPDATE refunds SET superseded_by = p_new_id WHERE id = p_refund_id AND state = 'closed' AND superseded_by IS NULL
  RETURNING * INTO v_refund;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO refunds (id, order_id, out_refund_no, amount_fen, reason, state, next_attempt_at, requested_at)
  VALUES (p_new_id, v_refund.order_id, p_out_refund_no, v_refund.amount_fen, v_refund.reason, 'requested', p_now, p_now);
  UPDATE orders SET state = 'refunding' WHERE id = v_refund.order_id AND state = 'refund_failed';
  RETURN true;
END $$;

-- The histogram follows the policies: each is moved from the bucket it was last counted in to the one
-- it belongs to now. Doing it again moves nothing, so a repeated job is harmless.
CREATE FUNCTION fold_standings(p_policy_ids text[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_moved integer;
BEGIN
  LOCK TABLE units_histogram IN SHARE ROW EXCLUSIVE MODE;
  WITH now_is AS (
    SELECT p.id, CASE WHEN p.status = 'active' THEN p.units_paid ELSE 0 END AS units, coalesce(s.units, 0) AS was
    FROM policies p LEFT JOIN policy_standings s ON s.policy_id = p.id WHERE p.id = ANY (p_policy_ids)),
  moved AS (SELECT * FROM now_is WHERE units <> was),
  kept AS (
    INSERT INTO policy_standings (policy_id, units) SELECT id, units FROM moved
    ON CONFLICT (policy_id) DO UPDATE SET units = EXCLUDED.units),
  deltas AS (
    SELECT bucket, sum(delta)::int AS delta FROM (
      SELECT units AS bucket, 1 AS delta FROM moved WHERE units > 0
      UNION ALL SELECT was, -1 FROM moved WHERE was > 0) d GROUP BY bucket HAVING sum(delta) <> 0),
  counted AS (UPDATE units_histogram h SET policies = h.policies + d.delta FROM deltas d WHERE h.units = d.bucket)
  SELECT count(*) INTO v_moved FROM moved;
  RETURN v_moved;
END $$;

-- Wakes the job queue for everything that is due on the application's clock. The rows' own times are
-- the truth: a job that is lost, doubled or late changes nothing but the moment.
CREATE FUNCTION enqueue_due_jobs(p_now timestamptz, p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_jobs graphile_worker.job_spec[];
BEGIN
  WITH due AS (
    (SELECT 'ask_order' AS task, json_build_object('orderId', id) AS payload, NULL AS lane, 'ask_order:' || id AS key, 10 AS priority
     FROM orders WHERE state = 'pending' AND next_check_at <= p_now ORDER BY next_check_at LIMIT p_limit)
    UNION ALL
    -- Four lanes for all workers together: WeChat allows so many refund calls a second (lib/jobs/refund-pace.ts).
    (SELECT 'follow_refund', json_build_object('refundId', id), 'refunds:' || (hashtext(id) & 3), 'follow_refund:' || id, 5
     FROM refunds WHERE next_attempt_at <= p_now ORDER BY next_attempt_at LIMIT p_limit))
  SELECT array_agg(ROW(task, payload, lane, NULL, NULL, key, priority, NULL)::graphile_worker.job_spec) INTO v_jobs FROM due;
  IF v_jobs IS NOT NULL THEN
    -- A job that waits already keeps its place, and one that is running has moved its row's time ahead.
    PERFORM graphile_worker.add_jobs(v_jobs, true);
  END IF;

  -- Messages leave the outbox and become jobs in one transaction: one job for each topic.
  WITH taken AS (
    DELETE FROM outbox_messages WHERE id IN (
      SELECT id FROM outbox_messages WHERE next_attempt_at <= p_now
      ORDER BY next_attempt_at, id LIMIT p_limit FOR UPDATE SKIP LOCKED)
    RETURNING id, topic, payload)
  SELECT coalesce(v_jobs, '{}') || coalesce(array_agg(jobs.spec), '{}') INTO v_jobs FROM (
    SELECT ROW('carry_out', json_build_object('topic', topic, 'messages', json_agg(payload)), NULL, NULL, 12,
      'carry_out:' || min(id), 0, NULL)::graphile_worker.job_spec AS spec
    FROM taken GROUP BY topic) jobs;
  PERFORM graphile_worker.add_jobs(array(SELECT spec FROM unnest(v_jobs) AS spec WHERE (spec).identifier = 'carry_out'));
  RETURN coalesce(array_length(v_jobs, 1), 0);
END $$;

-- A worker says that it is alive; jobs that are locked by one that has not said so are freed, because
-- a killed process unlocks nothing and the queue itself would wait four hours.
CREATE FUNCTION keep_workers(p_worker_ids text[], p_silence interval) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_dead text[];
BEGIN
  INSERT INTO job_workers (worker_id, seen_at) SELECT id, now() FROM unnest(p_worker_ids) id
  ON CONFLICT (worker_id) DO UPDATE SET seen_at = EXCLUDED.seen_at;
  DELETE FROM job_workers WHERE seen_at < now() - p_silence;
  SELECT coalesce(array_agg(DISTINCT j.locked_by), '{}') INTO v_dead FROM graphile_worker.jobs j
  WHERE j.locked_at < now() - p_silence AND NOT EXISTS (SELECT 1 FROM job_workers w WHERE w.worker_id = j.locked_by);
  PERFORM graphile_worker.force_unlock_workers(v_dead);
  -- A frozen worker that wakes up late removes the job that another one has taken over, and the lane of
  -- that job stays locked by a worker who is alive and has nothing in it. The queue itself waits hours.
  UPDATE graphile_worker._private_job_queues q SET locked_at = NULL, locked_by = NULL
  WHERE q.locked_at < now() - p_silence AND NOT EXISTS (
    SELECT 1 FROM graphile_worker._private_jobs j WHERE j.job_queue_id = q.id AND j.locked_by = q.locked_by);
  -- Every job has a key; one without has been replaced by a newer of its key and has nothing to do.
  PERFORM graphile_worker.complete_jobs(array(
    SELECT id FROM graphile_worker.jobs WHERE attempts >= max_attempts AND key IS NULL AND locked_at IS NULL));
  RETURN cardinality(v_dead);
END $$;

-- R16: a payer's live gifts since an instant, counted while nobody else orders for him. A function of its
-- own, because a statement sees only what was committed when it began and its inner ones see more.
CREATE FUNCTION take_turn(p_payer_id text, p_since timestamptz) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('gifts of ' || p_payer_id, 0));
  RETURN (SELECT count(*) FROM orders WHERE payer_id = p_payer_id AND kind = 'gift'
    AND state IN ('pending', 'settled') AND created_at >= p_since);
END $$;
