-- Messages to WeChat: the moment of the claim, which limits and leases are counted from, and their jobs.

ALTER TABLE "messages" ADD COLUMN "claimed_at" TIMESTAMPTZ(3);
ALTER TABLE messages ADD CONSTRAINT messages_claimed CHECK (
  (state IN ('sending', 'sent', 'refused', 'unknown')) = (claimed_at IS NOT NULL));
CREATE INDEX messages_sending ON messages (claimed_at) WHERE state = 'sending';
-- Whose year is over, for the day after it.
CREATE INDEX policies_expired ON policies (ended_on) WHERE end_reason = 'expired';

-- Wakes the job queue for everything that is due on the application's clock. The rows' own times are
-- the truth: a job that is lost, doubled or late changes nothing but the moment.
CREATE OR REPLACE FUNCTION enqueue_due_jobs(p_now timestamptz, p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_jobs graphile_worker.job_spec[];
BEGIN
  WITH due AS (
    (SELECT 'ask_order' AS task, json_build_object('orderId', id) AS payload, NULL AS lane, 'ask_order:' || id AS key, 10 AS priority
     FROM orders WHERE state = 'pending' AND next_check_at <= p_now ORDER BY next_check_at LIMIT p_limit)
    UNION ALL
    -- Four lanes for all workers together: WeChat allows so many refund calls a second (lib/jobs/refund-pace.ts).
    (SELECT 'follow_refund', json_build_object('refundId', id), 'refunds:' || (hashtext(id) & 3), 'follow_refund:' || id, 5
     FROM refunds WHERE next_attempt_at <= p_now ORDER BY next_attempt_at LIMIT p_limit)
    UNION ALL
    -- Four lanes here too, by person: his messages take turns, and WeChat is asked four at a time.
    (SELECT 'send_message', json_build_object('messageId', id), 'messages:' || (hashtext(user_id) & 3), 'send_message:' || id, 20
     FROM messages WHERE state = 'due' AND due_at <= p_now ORDER BY due_at LIMIT p_limit))
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

-- R47: nobody gets more than one message a day, or three about a policy while it collects, counting those
-- that may have arrived; and none is left between two states.
CREATE VIEW audit_messages AS
  SELECT m.user_id AS subject, 'more than one a day' AS about, count(*) AS messages, max(m.claimed_at) AS since
  FROM messages m WHERE m.state IN ('sending', 'sent', 'unknown')
  GROUP BY m.user_id, (m.claimed_at AT TIME ZONE 'Asia/Shanghai')::date HAVING count(*) > 1
  UNION ALL
  SELECT m.user_id, 'more than three a campaign', count(*), max(m.claimed_at)
  FROM messages m JOIN policies p ON p.id = m.policy_id
  WHERE m.state IN ('sending', 'sent', 'unknown') AND m.claimed_at < p.collecting_until
  GROUP BY m.user_id, m.policy_id HAVING count(*) > 3
  UNION ALL
  SELECT m.id, 'sending for ever', 1, m.claimed_at FROM messages m
  WHERE m.state = 'sending' AND m.claimed_at < audit_now() - interval '1 hour'
  UNION ALL
  SELECT m.id, 'due for a day', 1, m.due_at FROM messages m
  WHERE m.state = 'due' AND m.due_at < audit_now() - interval '1 day';
