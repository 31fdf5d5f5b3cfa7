-- The boards. What they should be is one view over the policies and units; folding moves the policies
-- named by the outbox to where the view has them, recomputing does so for everybody, and the audit compares.

-- Days and weeks are Shanghai's, on the application's clock.
CREATE FUNCTION board_today() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(audit_now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')
$$;
CREATE FUNCTION board_week() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(date_trunc('week', audit_now() AT TIME ZONE 'Asia/Shanghai'), 'YYYY-MM-DD')
$$;
-- Of days and weeks that are over nothing is shown any more; `lib/retention` deletes them.
CREATE FUNCTION is_current_board(p_board text, p_scope text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE p_board WHEN 'today' THEN p_scope = board_today() WHEN 'week' THEN p_scope = board_week() ELSE true END
$$;

CREATE VIEW wanted_standings AS
  SELECT 'all' AS board, '' AS scope, p.id AS policy_id, p.units_paid AS units,
    (SELECT max(u.settled_at) FROM units u WHERE u.policy_id = p.id AND u.status = 'active') AS reached_at,
    coalesce(f.is_on_boards, false) AS is_listed
  FROM policies p LEFT JOIN profiles f ON f.user_id = p.user_id
  WHERE p.status = 'active' AND p.units_paid > 0
  UNION ALL
  SELECT 'region', f.region_code, p.id, p.units_paid,
    (SELECT max(u.settled_at) FROM units u WHERE u.policy_id = p.id AND u.status = 'active'), true
  FROM policies p JOIN profiles f ON f.user_id = p.user_id
  WHERE p.status = 'active' AND p.units_paid > 0 AND f.is_on_boards AND f.region_code IS NOT NULL
  UNION ALL
  -- The instant is a query of its own, so that it is calculated once and not for every unit.
  SELECT 'today', board_today(), u.policy_id, count(*)::int, max(u.settled_at), bool_or(coalesce(f.is_on_boards, false))
  FROM units u JOIN policies p ON p.id = u.policy_id LEFT JOIN profiles f ON f.user_id = p.user_id
  WHERE u.status = 'active' AND p.status = 'active'
    AND u.settled_at >= (SELECT board_today()::timestamp AT TIME ZONE 'Asia/Shanghai')
  GROUP BY u.policy_id
  UNION ALL
  SELECT 'week', board_week(), u.policy_id, count(*)::int, max(u.settled_at), bool_or(coalesce(f.is_on_boards, false))
  FROM units u JOIN policies p ON p.id = u.policy_id LEFT JOIN profiles f ON f.user_id = p.user_id
  WHERE u.status = 'active' AND p.status = 'active'
    AND u.settled_at >= (SELECT board_week()::timestamp AT TIME ZONE 'Asia/Shanghai')
  GROUP BY u.policy_id;

CREATE VIEW current_standings AS SELECT * FROM standings WHERE is_current_board(board, scope);

-- Whoever moves the boards goes one after another, so that what one has moved the next one sees. Not a
-- lock on the table: that one and autovacuum keep each other waiting. A board has a row for every bucket
-- before anything is counted in it.
CREATE FUNCTION lock_boards(p_now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('weihuzhu.audit_now', p_now::text, true);
  PERFORM pg_advisory_xact_lock(hashtextextended('boards', 0));
  INSERT INTO standings_histogram (board, scope, units, policies)
  SELECT b.board, b.scope, n, 0 FROM (
    VALUES ('all', ''), ('today', board_today()), ('week', board_week())
    UNION ALL SELECT 'region', unnest(region_codes())) b(board, scope), generate_series(1, 100) n
  WHERE NOT EXISTS (SELECT 1 FROM standings_histogram h WHERE h.board = b.board AND h.scope = b.scope AND h.units = 1);
END $$;

-- Moves policies to where they belong now. Repeating it moves nothing.
CREATE FUNCTION fold_standings(p_policy_ids text[], p_now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_boards(p_now);
  WITH wanted AS MATERIALIZED (SELECT * FROM wanted_standings WHERE policy_id = ANY (p_policy_ids)),
  known AS MATERIALIZED (SELECT * FROM current_standings WHERE policy_id = ANY (p_policy_ids)),
  gone AS (
    DELETE FROM standings s USING known k
    WHERE s.board = k.board AND s.scope = k.scope AND s.policy_id = k.policy_id AND NOT EXISTS (
      SELECT 1 FROM wanted w WHERE w.board = k.board AND w.scope = k.scope AND w.policy_id = k.policy_id)),
  kept AS (
    INSERT INTO standings (board, scope, policy_id, units, reached_at, is_listed)
    SELECT * FROM wanted EXCEPT SELECT * FROM known
    ON CONFLICT (board, scope, policy_id) DO UPDATE
      SET units = EXCLUDED.units, reached_at = EXCLUDED.reached_at, is_listed = EXCLUDED.is_listed),
  moved AS (
    SELECT board, scope, units, sum(n)::int AS policies FROM (
      SELECT board, scope, units, 1 AS n FROM wanted UNION ALL SELECT board, scope, units, -1 FROM known) d
    GROUP BY board, scope, units HAVING sum(n) <> 0)
  UPDATE standings_histogram h SET policies = h.policies + m.policies FROM moved m
  WHERE h.board = m.board AND h.scope = m.scope AND h.units = m.units;
END $$;

-- Mends all boards from the units; the answer is how many rows and buckets had been wrong. Only those
-- are written: what is right is read, however many people there are.
CREATE FUNCTION recompute_standings(p_now timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_extra integer;
  v_rows integer;
  v_buckets integer;
BEGIN
  PERFORM lock_boards(p_now);
  CREATE TEMP TABLE wanted_now ON COMMIT DROP AS SELECT * FROM wanted_standings;
  ANALYZE wanted_now;
  DELETE FROM current_standings k WHERE NOT EXISTS (
    SELECT 1 FROM wanted_now w WHERE w.board = k.board AND w.scope = k.scope AND w.policy_id = k.policy_id);
  GET DIAGNOSTICS v_extra = ROW_COUNT;
  INSERT INTO standings (board, scope, policy_id, units, reached_at, is_listed)
  SELECT * FROM wanted_now EXCEPT SELECT * FROM current_standings
  ON CONFLICT (board, scope, policy_id) DO UPDATE
    SET units = EXCLUDED.units, reached_at = EXCLUDED.reached_at, is_listed = EXCLUDED.is_listed;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  UPDATE standings_histogram h SET policies = c.policies FROM (
    SELECT b.board, b.scope, b.units, count(w.policy_id)::int AS policies
    FROM standings_histogram b LEFT JOIN wanted_now w USING (board, scope, units)
    WHERE is_current_board(b.board, b.scope) GROUP BY b.board, b.scope, b.units) c
  WHERE h.board = c.board AND h.scope = c.scope AND h.units = c.units AND h.policies <> c.policies;
  GET DIAGNOSTICS v_buckets = ROW_COUNT;
  DROP TABLE wanted_now;
  RETURN v_extra + v_rows + v_buckets;
END $$;
