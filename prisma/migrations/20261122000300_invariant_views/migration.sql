-- Every invariant is one view that must return no row; `npm run audit` reads them all. The first
-- column names the culprit.

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

-- Each paid order is exactly one unit or one refund, and nothing unpaid is either.
CREATE VIEW audit_i03_each_yuan AS
  SELECT o.out_trade_no AS subject, o.state, u.status AS unit, r.state AS refund
  FROM orders o LEFT JOIN units u ON u.order_id = o.id LEFT JOIN refunds r ON r.order_id = o.id
  WHERE (o.transaction_id IS NOT NULL)
      IS DISTINCT FROM ((u.status IS NOT DISTINCT FROM 'active'::unit_status) <> (r.id IS NOT NULL))
    OR (o.state = 'settled') IS DISTINCT FROM (u.status IS NOT DISTINCT FROM 'active'::unit_status)
    OR (o.state IN ('refunding', 'refunded', 'refund_failed')) IS DISTINCT FROM (r.id IS NOT NULL);

CREATE VIEW audit_i04_double_entry AS
  SELECT e.id AS subject, coalesce(sum(l.amount_fen), 0) AS total_fen, count(l.account) AS postings
  FROM ledger_entries e LEFT JOIN ledger_postings l ON l.entry_id = e.id
  GROUP BY e.id HAVING coalesce(sum(l.amount_fen), 0) <> 0 OR count(l.account) < 2;

-- The ledger tells of an order exactly what happened to its money.
CREATE VIEW audit_i05_ledger_matches_orders AS
  SELECT o.out_trade_no AS subject, o.state, b.clearing_fen, b.premium_fen, b.payable_fen
  FROM orders o
  LEFT JOIN refunds r ON r.order_id = o.id
  LEFT JOIN LATERAL (
    SELECT sum(l.amount_fen) FILTER (WHERE l.account = 'wechat_clearing') AS clearing_fen,
      sum(l.amount_fen) FILTER (WHERE l.account = 'premium') AS premium_fen,
      sum(l.amount_fen) FILTER (WHERE l.account = 'refunds_payable') AS payable_fen
    FROM ledger_entries e JOIN ledger_postings l ON l.entry_id = e.id WHERE e.order_id = o.id) b ON true
  WHERE coalesce(b.clearing_fen, 0)
      <> CASE WHEN o.transaction_id IS NULL OR r.state = 'succeeded' THEN 0 ELSE o.paid_fen END
    OR coalesce(b.premium_fen, 0) <> CASE WHEN o.state = 'settled' THEN -o.paid_fen ELSE 0 END
    OR coalesce(b.payable_fen, 0)
      <> CASE WHEN r.id IS NOT NULL AND r.state <> 'succeeded' THEN -r.amount_fen ELSE 0 END;

CREATE VIEW audit_i06_refunds AS
  SELECT r.out_refund_no AS subject, r.state, r.amount_fen, o.paid_fen, o.state AS order_state
  FROM refunds r JOIN orders o ON o.id = r.order_id
  WHERE r.amount_fen > o.paid_fen
    OR (r.state = 'succeeded') <> (o.state = 'refunded')
    OR (r.state IN ('abnormal', 'closed')) <> (o.state = 'refund_failed');

CREATE VIEW audit_i07_one_gift AS
  SELECT min(o.out_trade_no) AS subject, o.policy_id, o.payer_id, count(*) AS gifts
  FROM orders o JOIN policies p ON p.id = o.policy_id
  WHERE o.kind = 'gift' AND o.state IN ('pending', 'settled')
  GROUP BY o.policy_id, o.payer_id, p.user_id
  HAVING count(*) > 1 OR o.payer_id = p.user_id;

CREATE VIEW audit_i08_one_policy AS
  SELECT min(code) AS subject, plan_version, count(*) AS live
  FROM policies WHERE status = 'active'
  GROUP BY plan_version, id_number_index HAVING count(*) > 1
  UNION ALL
  SELECT min(code), plan_version, count(*) FROM policies WHERE status = 'active'
  GROUP BY plan_version, user_id HAVING count(*) > 1;

-- Unit 1 is the insured's own, every other one a friend's; each has its endorsement (R12, R20).
CREATE VIEW audit_i09_units AS
  SELECT u.id AS subject, u.seq, o.kind, e.number
  FROM units u JOIN orders o ON o.id = u.order_id JOIN policies p ON p.id = u.policy_id
    LEFT JOIN endorsements e ON e.unit_id = u.id
  WHERE o.policy_id <> u.policy_id OR e.number IS NULL OR e.policy_id <> u.policy_id
    OR (o.kind = 'first') <> (o.payer_id = p.user_id)
    OR (o.kind = 'first') <> (u.seq = 1)
    OR u.cover_yuan <> p.cover_per_unit_yuan
    OR e.cover_delta_yuan <> u.cover_yuan
    OR u.effective_on < p.effective_on OR u.last_day_on <> p.last_day_on;

-- A mismatch explains itself by its refund; every other incident waits for a person's explanation.
CREATE VIEW audit_i10_incidents AS
  SELECT id AS subject, kind, out_trade_no FROM payment_incidents
  WHERE kind NOT IN ('amount_mismatch', 'payer_mismatch') AND resolved_at IS NULL;

-- Liveness: WeChat refunds within minutes and a hold lasts a quarter of an hour. What is older than
-- this has an exit that nobody takes.
CREATE VIEW audit_i12_liveness AS
  SELECT o.out_trade_no AS subject, o.state::text, o.expires_at AS since FROM orders o
  WHERE o.state = 'pending' AND o.expires_at < now() - interval '30 minutes'
  UNION ALL
  SELECT r.out_refund_no, r.state::text, r.requested_at FROM refunds r
  WHERE r.state IN ('requested', 'processing') AND r.requested_at < now() - interval '24 hours';
