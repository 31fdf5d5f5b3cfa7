-- The invariants again, now that money also goes back on wish. Views that carry a number are the
-- invariant of that number in docs/invariants.md; the others are this product's own. Each must return
-- no row; the first column names the culprit.

DROP VIEW audit_i01_cap, audit_i02_counts, audit_i03_each_yuan, audit_i04_double_entry, audit_i05_ledger_matches_orders,
  audit_i06_refunds, audit_i07_one_gift, audit_i08_one_policy, audit_i09_units, audit_i10_incidents, audit_i12_liveness;

-- The instant an audit is about: the auditor's clock, or this server's when nobody says.
CREATE FUNCTION audit_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('weihuzhu.audit_now', true), '')::timestamptz, now())
$$;

CREATE VIEW audit_i01_cap AS
  SELECT p.code AS subject, p.units_paid, p.units_held, p.units_max,
    count(u.id) FILTER (WHERE u.status = 'active') AS live_units
  FROM policies p LEFT JOIN units u ON u.policy_id = p.id
  GROUP BY p.id
  HAVING count(u.id) FILTER (WHERE u.status = 'active') > p.units_max
    OR p.units_paid + p.units_held > p.units_max
    OR max(u.seq) > p.units_max;

CREATE VIEW audit_i02_counts AS
  SELECT p.code AS subject, p.units_paid, p.units_held, p.endorsements_count
  FROM policies p
  -- Counted once for all policies: none of the three has an index by policy to pay for on every settle.
  LEFT JOIN (SELECT policy_id, count(*) AS n FROM units WHERE status = 'active' GROUP BY 1) u ON u.policy_id = p.id
  LEFT JOIN (SELECT policy_id, count(*) AS n FROM orders WHERE state = 'pending' GROUP BY 1) o ON o.policy_id = p.id
  LEFT JOIN (SELECT policy_id, count(*) AS n FROM endorsements GROUP BY 1) e ON e.policy_id = p.id
  WHERE p.units_paid <> coalesce(u.n, 0) OR p.units_held <> coalesce(o.n, 0)
    OR p.endorsements_count <> coalesce(e.n, 0);

-- Each paid order is exactly one unit or one refund, and nothing unpaid is either. A unit may end
-- without a refund only when its days were used up (R28).
CREATE VIEW audit_i03_each_yuan AS
  SELECT o.out_trade_no AS subject, o.state, u.status AS unit, r.state AS refund
  FROM orders o LEFT JOIN units u ON u.order_id = o.id
    LEFT JOIN refunds r ON r.order_id = o.id AND r.superseded_by IS NULL
    LEFT JOIN policies p ON p.id = o.policy_id
  WHERE (o.transaction_id IS NOT NULL) IS DISTINCT FROM (u.id IS NOT NULL OR r.id IS NOT NULL)
    OR (u.status = 'active' AND r.id IS NOT NULL)
    OR (u.status = 'ended' AND r.id IS NULL AND (p.end_reason IS DISTINCT FROM 'surrender'
      OR o.paid_fen * (u.last_day_on - u.ended_on) >= u.last_day_on - u.effective_on + 1))
    OR (o.state = 'settled') IS DISTINCT FROM (u.id IS NOT NULL AND r.id IS NULL)
    OR (o.state IN ('refunding', 'refunded', 'refund_failed')) IS DISTINCT FROM (r.id IS NOT NULL);

CREATE VIEW audit_i04_double_entry AS
  SELECT e.id AS subject, coalesce(sum(l.amount_fen), 0) AS total_fen, count(l.account) AS postings
  FROM ledger_entries e LEFT JOIN ledger_postings l ON l.entry_id = e.id
  GROUP BY e.id HAVING coalesce(sum(l.amount_fen), 0) <> 0 OR count(l.account) < 2;

-- The ledger tells of an order exactly what happened to its money.
CREATE VIEW audit_ledger_matches_orders AS
  SELECT o.out_trade_no AS subject, o.state, b.clearing_fen, b.premium_fen, b.payable_fen
  FROM orders o
  LEFT JOIN units u ON u.order_id = o.id
  LEFT JOIN refunds r ON r.order_id = o.id AND r.superseded_by IS NULL
  LEFT JOIN (
    SELECT e.order_id, sum(l.amount_fen) FILTER (WHERE l.account = 'wechat_clearing') AS clearing_fen,
      sum(l.amount_fen) FILTER (WHERE l.account = 'premium') AS premium_fen,
      sum(l.amount_fen) FILTER (WHERE l.account = 'refunds_payable') AS payable_fen
    FROM ledger_entries e JOIN ledger_postings l ON l.entry_id = e.id WHERE e.order_id IS NOT NULL
    GROUP BY e.order_id) b ON b.order_id = o.id
  WHERE coalesce(b.clearing_fen, 0)
      <> coalesce(o.paid_fen, 0) - CASE WHEN r.state = 'succeeded' THEN r.amount_fen ELSE 0 END
    OR coalesce(b.premium_fen, 0) <> CASE WHEN u.id IS NULL THEN 0 ELSE coalesce(r.amount_fen, 0) - o.paid_fen END
    OR coalesce(b.payable_fen, 0) <> CASE WHEN r.id IS NOT NULL AND r.state <> 'succeeded' THEN -r.amount_fen ELSE 0 END;

-- The provider's bill and our books: every difference is settled, refunded or explained within two days.
CREATE VIEW audit_i05_provider AS
  SELECT d.bill_date::text AS subject, d.kind, d.subject AS about, d.found_at AS since
  FROM bill_differences d WHERE d.state = 'open' AND d.found_at < audit_now() - interval '2 days'
  UNION ALL
  -- The ledger's fees are those of the bills, day by day.
  SELECT e.bill_date::text, 'fees', e.id, e.created_at FROM ledger_entries e
    JOIN ledger_postings l ON l.entry_id = e.id AND l.account = 'wechat_fees'
  WHERE e.kind = 'fees_charged' AND l.amount_fen
    <> (SELECT coalesce(sum(b.fee_fen), 0) FROM bill_lines b WHERE b.bill_date = e.bill_date AND b.kind = 'trade')
  UNION ALL
  -- A day on which somebody paid has been compared, unless WeChat no longer has its bill. A new
  -- installation with a past (an upgrade, the demo) has an hour to catch up.
  SELECT d.day::date::text, 'not_reconciled', coalesce(l.state, 'never'), d.day
  FROM generate_series((audit_now() AT TIME ZONE 'Asia/Shanghai')::date - 85,
    (audit_now() AT TIME ZONE 'Asia/Shanghai')::date - 3, interval '1 day') AS d(day)
  LEFT JOIN LATERAL (SELECT r.state FROM reconciliation_runs r WHERE r.bill_date = d.day::date
    ORDER BY r.started_at DESC, r.id DESC LIMIT 1) l ON true
  WHERE coalesce(l.state, 'never') NOT IN ('balanced', 'differs')
    AND (SELECT max(finished_at) FROM _prisma_migrations) < now() - interval '1 hour' AND EXISTS (
    SELECT 1 FROM orders o WHERE o.paid_at >= d.day::date::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND o.paid_at < (d.day::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai');

CREATE VIEW audit_i06_refunds AS
  SELECT r.out_refund_no AS subject, r.state, r.amount_fen, o.paid_fen, o.state AS order_state
  FROM refunds r JOIN orders o ON o.id = r.order_id
  WHERE r.superseded_by IS NULL AND (r.amount_fen > o.paid_fen OR (r.reason <> 'surrender' AND r.amount_fen <> o.paid_fen)
    OR (r.state = 'succeeded') <> (o.state = 'refunded')
    OR (r.state IN ('abnormal', 'closed')) <> (o.state = 'refund_failed'))
  UNION ALL
  SELECT min(r.out_refund_no), min(r.state), sum(r.amount_fen)::int, o.paid_fen, o.state
  FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.state = 'succeeded'
  GROUP BY o.id HAVING sum(r.amount_fen) > o.paid_fen OR count(*) > 1;

-- States and the facts that belong to them: what is over stays over.
CREATE VIEW audit_i08_monotone AS
  SELECT o.out_trade_no AS subject, o.state::text, 'order' AS about FROM orders o
  WHERE (o.state = 'pending') IS DISTINCT FROM (o.next_check_at IS NOT NULL)
    OR (o.settled_at IS NULL) IS DISTINCT FROM (o.transaction_id IS NULL)
    OR o.prepaid_at < o.created_at
  UNION ALL
  SELECT r.out_refund_no, r.state::text, 'refund' FROM refunds r
  WHERE (r.state IN ('requested', 'processing')) IS DISTINCT FROM (r.next_attempt_at IS NOT NULL)
    OR (r.state <> 'requested' AND r.submitted_at IS NULL)
    OR r.superseded_by IS NOT NULL AND r.state <> 'closed'
  UNION ALL
  SELECT p.code, p.status::text, 'policy' FROM policies p
  WHERE p.status = 'ended' AND p.end_reason <> 'expired' AND EXISTS (
    SELECT 1 FROM units u WHERE u.policy_id = p.id AND u.status = 'active')
    OR p.status = 'active' AND p.last_day_on < (audit_now() AT TIME ZONE 'Asia/Shanghai')::date - 1;

-- Once means once: one transaction, one live gift of a payer, one live policy of a person.
CREATE VIEW audit_i10_once AS
  SELECT min(o.out_trade_no) AS subject, 'transaction' AS about, count(*) AS times
  FROM orders o WHERE o.transaction_id IS NOT NULL GROUP BY o.transaction_id HAVING count(*) > 1
  UNION ALL
  SELECT min(o.out_trade_no), 'gift', count(*) FROM orders o JOIN policies p ON p.id = o.policy_id
  WHERE o.kind = 'gift' AND o.state IN ('pending', 'settled')
  GROUP BY o.policy_id, o.payer_id, p.user_id HAVING count(*) > 1 OR o.payer_id = p.user_id
  UNION ALL
  SELECT min(code), 'person', count(*) FROM policies WHERE status = 'active'
  GROUP BY plan_version, id_number_index HAVING count(*) > 1
  UNION ALL
  SELECT min(code), 'account', count(*) FROM policies WHERE status = 'active'
  GROUP BY plan_version, user_id HAVING count(*) > 1;

-- Every effect of a committed change happens: nothing waits for long, nothing has been given up.
CREATE VIEW audit_i11_outbox AS
  SELECT m.id::text AS subject, m.topic AS about, m.created_at AS since FROM outbox_messages m
  WHERE m.created_at < audit_now() - interval '5 minutes'
  UNION ALL
  SELECT j.id::text, j.task_identifier, j.created_at FROM graphile_worker.jobs j
  WHERE j.attempts >= j.max_attempts AND j.key IS NOT NULL AND j.locked_at IS NULL
  UNION ALL
  SELECT j.id::text, j.task_identifier, j.created_at FROM graphile_worker.jobs j
  WHERE j.task_identifier = 'carry_out' AND j.key IS NOT NULL AND j.attempts BETWEEN 1 AND j.max_attempts - 1
    AND j.created_at < now() - interval '5 minutes';

CREATE VIEW audit_i12_rank AS
  SELECT h.units::text AS subject, h.policies, coalesce(s.policies, 0) AS counted
  FROM units_histogram h LEFT JOIN (SELECT units, count(*) AS policies FROM policy_standings GROUP BY units) s USING (units)
  WHERE h.policies <> coalesce(s.policies, 0)
  UNION ALL
  SELECT p.code, s.units, p.units_paid FROM policies p LEFT JOIN policy_standings s ON s.policy_id = p.id
  WHERE coalesce(s.units, 0) <> CASE WHEN p.status = 'active' THEN p.units_paid ELSE 0 END
    AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.payload->>'policyId' = p.id)
    AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.task_identifier = 'carry_out');

-- Liveness: WeChat refunds within minutes and a hold lasts a quarter of an hour. What is older than
-- this has an exit that nobody takes.
CREATE VIEW audit_i18_liveness AS
  SELECT o.out_trade_no AS subject, o.state::text AS about, o.expires_at AS since FROM orders o
  WHERE o.state = 'pending' AND o.expires_at < audit_now() - interval '30 minutes'
  UNION ALL
  SELECT r.out_refund_no, r.state::text, r.requested_at FROM refunds r
  WHERE r.state IN ('requested', 'processing') AND r.requested_at < audit_now() - interval '24 hours'
  UNION ALL
  -- One that WeChat could not deliver is a person's; a week is long enough for him.
  SELECT r.out_refund_no, r.state::text, r.requested_at FROM refunds r
  WHERE r.state IN ('abnormal', 'closed') AND r.superseded_by IS NULL AND r.requested_at < audit_now() - interval '7 days'
  UNION ALL
  SELECT r.id, r.stage, r.started_at FROM reconciliation_runs r
  WHERE r.state = 'running' AND r.seen_at < audit_now() - interval '2 hours';

-- Whoever paid has been told what became of it; notices are kept for 400 days (lib/retention).
CREATE VIEW audit_i20_people AS
  SELECT o.out_trade_no AS subject, o.state, o.settled_at AS since FROM orders o
  WHERE o.settled_at BETWEEN audit_now() - interval '390 days' AND audit_now() - interval '10 minutes'
    AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.order_id = o.id AND n.user_id = o.payer_id);

-- Unit 1 is the insured's own, every other one a friend's; each has its endorsement (R12, R20).
CREATE VIEW audit_units AS
  SELECT u.id AS subject, u.seq, o.kind, e.number
  FROM units u JOIN orders o ON o.id = u.order_id JOIN policies p ON p.id = u.policy_id
    LEFT JOIN endorsements e ON e.unit_id = u.id AND e.kind = 'unit_added'
  WHERE o.policy_id <> u.policy_id OR e.number IS NULL OR e.policy_id <> u.policy_id
    OR (o.kind = 'first') <> (o.payer_id = p.user_id)
    OR (o.kind = 'first') <> (u.seq = 1)
    OR u.cover_yuan <> p.cover_per_unit_yuan
    OR e.cover_delta_yuan <> u.cover_yuan
    OR u.effective_on <> greatest((o.paid_at AT TIME ZONE 'Asia/Shanghai')::date + 1, p.effective_on)
    OR u.last_day_on <> p.last_day_on
    OR (u.status = 'ended' AND p.status = 'active' AND NOT EXISTS (
      SELECT 1 FROM endorsements x WHERE x.unit_id = u.id AND x.kind = 'unit_ended'))
  UNION ALL
  SELECT p.id, 1, NULL, p.code FROM policies p WHERE p.status = 'active'
    AND NOT EXISTS (SELECT 1 FROM units u WHERE u.policy_id = p.id AND u.seq = 1 AND u.status = 'active');

-- A mismatch explains itself by its refund; every other incident waits for a person's explanation.
CREATE VIEW audit_incidents AS
  SELECT id AS subject, kind, out_trade_no FROM payment_incidents
  WHERE kind NOT IN ('amount_mismatch', 'payer_mismatch') AND resolved_at IS NULL;
