/** However many units there are, an appraisal reads one person's: every table by an index. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACTS } from "@/lib/appraisal/queries";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  Plans?: PlanNode[];
}

const listNodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(listNodes)];

test("no part of it walks a whole table, nor a whole index", async () => {
  // Small tables are rather walked; then only one that has no fitting index still is.
  await client.query("SET enable_seqscan = off");
  const { rows } = await client.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
    `EXPLAIN (FORMAT JSON) ${ACTS.text}`,
    ["usr_1", null, 1000],
  );
  const nodes = rows[0]?.["QUERY PLAN"].flatMap(({ Plan }) => listNodes(Plan)) ?? [];
  const reads = nodes.filter(
    (node) => node["Relation Name"] || node["Node Type"].includes("Index"),
  );
  const walks = reads.filter((node) =>
    node["Node Type"].includes("Index") ? !node["Index Cond"] : node["Node Type"] === "Seq Scan",
  );
  expect(reads.length).toBeGreaterThan(6);
  expect(walks).toEqual([]);
});
