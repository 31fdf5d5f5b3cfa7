-- The boards as the audit sees them, and what they take the place of.
DROP VIEW audit_i12_rank;
DROP FUNCTION fold_standings(text[]);
DROP TABLE policy_standings;
DROP TABLE units_histogram;

-- Carried over: the boards start with what is there.
SELECT recompute_standings(now());

CREATE VIEW audit_i12_rank AS
  SELECT concat_ws(' ', board, nullif(scope, ''), units) AS subject, h.policies AS counted, coalesce(s.policies, 0) AS wanted
  FROM standings_histogram h FULL JOIN (
    SELECT board, scope, units, count(*) AS policies FROM standings GROUP BY board, scope, units) s USING (board, scope, units)
  WHERE coalesce(h.policies, 0) <> coalesce(s.policies, 0) AND is_current_board(board, scope)
  UNION ALL
  SELECT concat_ws(' ', board, nullif(scope, ''), p.code), k.units, w.units
  FROM wanted_standings w FULL JOIN current_standings k USING (board, scope, policy_id) JOIN policies p ON p.id = policy_id
  WHERE (w.units, w.reached_at, w.is_listed) IS DISTINCT FROM (k.units, k.reached_at, k.is_listed)
    -- What the outbox still holds is on its way.
    AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.payload->>'policyId' = p.id)
    AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.task_identifier = 'carry_out');
