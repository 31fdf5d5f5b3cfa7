-- Refunds on wish, bills, jobs and the yuan's story. Generated from the Prisma schema; the statements
-- marked "carried over" move what older rows hold.

-- DropIndex
DROP INDEX "orders_payer_id_idempotency_key_key";

-- DropIndex
DROP INDEX "refunds_order_id_key";

-- DropIndex
DROP INDEX "endorsements_unit_id_key";

-- AlterTable
ALTER TABLE "ledger_entries" ADD COLUMN     "bill_date" DATE,
ALTER COLUMN "order_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "prepaid_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "refunds" ADD COLUMN     "received_by" TEXT,
ADD COLUMN     "superseded_by" TEXT;

-- AlterTable
ALTER TABLE "policies" ADD COLUMN     "end_reason" TEXT,
ADD COLUMN     "ended_on" DATE;

-- AlterTable
ALTER TABLE "endorsements" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'unit_added',
ALTER COLUMN "unit_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "payment_incidents" ADD COLUMN     "resolution" TEXT;

-- CreateTable
CREATE TABLE "job_workers" (
    "worker_id" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_workers_pkey" PRIMARY KEY ("worker_id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" TEXT,
    "policy_id" TEXT,
    "details" JSONB NOT NULL,
    "fact" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_standings" (
    "policy_id" TEXT NOT NULL,
    "units" INTEGER NOT NULL,

    CONSTRAINT "policy_standings_pkey" PRIMARY KEY ("policy_id")
);

-- CreateTable
CREATE TABLE "units_histogram" (
    "units" INTEGER NOT NULL,
    "policies" INTEGER NOT NULL,

    CONSTRAINT "units_histogram_pkey" PRIMARY KEY ("units")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "payer_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "fingerprint" JSONB NOT NULL,
    "order_id" TEXT,
    "failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("payer_id","key")
);

-- CreateTable
CREATE TABLE "order_events" (
    "id" BIGSERIAL NOT NULL,
    "order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "order_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "diagnosis_reports" (
    "id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "diagnosed_on_cipher" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "payable_yuan" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "diagnosis_reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bills" (
    "bill_date" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "sha1" TEXT,
    "content" BYTEA,
    "lines_count" INTEGER NOT NULL,
    "downloaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bills_pkey" PRIMARY KEY ("bill_date","kind")
);

-- CreateTable
CREATE TABLE "bill_lines" (
    "bill_date" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "line_no" INTEGER NOT NULL,
    "entry" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "transaction_id" TEXT,
    "out_trade_no" TEXT,
    "out_refund_no" TEXT,
    "openid" TEXT,
    "amount_fen" INTEGER NOT NULL,
    "fee_fen" INTEGER NOT NULL,
    "fee_rate_ppm" INTEGER,
    "state" TEXT,
    "attach" TEXT,

    CONSTRAINT "bill_lines_pkey" PRIMARY KEY ("bill_date","kind","line_no")
);

-- CreateTable
CREATE TABLE "reconciliation_runs" (
    "id" TEXT NOT NULL,
    "bill_date" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bill_differences" (
    "id" TEXT NOT NULL,
    "bill_date" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "out_trade_no" TEXT,
    "transaction_id" TEXT,
    "out_refund_no" TEXT,
    "ours" JSONB NOT NULL,
    "theirs" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "resolution" TEXT,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "bill_differences_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "notices_fact_key" ON "notices"("fact");

-- CreateIndex
CREATE INDEX "notices_user_id_id_idx" ON "notices"("user_id", "id");

-- CreateIndex
CREATE INDEX "idempotency_keys_order_id_idx" ON "idempotency_keys"("order_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "order_events_order_id_id_idx" ON "order_events"("order_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "diagnosis_reports_policy_id_key" ON "diagnosis_reports"("policy_id");

-- CreateIndex
CREATE INDEX "bill_lines_out_trade_no_idx" ON "bill_lines"("out_trade_no");

-- CreateIndex
CREATE INDEX "bill_lines_transaction_id_idx" ON "bill_lines"("transaction_id");

-- CreateIndex
CREATE INDEX "reconciliation_runs_bill_date_started_at_idx" ON "reconciliation_runs"("bill_date", "started_at");

-- CreateIndex
CREATE INDEX "bill_differences_out_trade_no_idx" ON "bill_differences"("out_trade_no");

-- CreateIndex
CREATE UNIQUE INDEX "bill_differences_bill_date_kind_subject_key" ON "bill_differences"("bill_date", "kind", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_bill_date_kind_key" ON "ledger_entries"("bill_date", "kind");

-- CreateIndex
CREATE INDEX "refunds_order_id_idx" ON "refunds"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "endorsements_unit_id_kind_key" ON "endorsements"("unit_id", "kind");

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_payer_id_fkey" FOREIGN KEY ("payer_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "diagnosis_reports" ADD CONSTRAINT "diagnosis_reports_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bill_lines" ADD CONSTRAINT "bill_lines_bill_date_kind_fkey" FOREIGN KEY ("bill_date", "kind") REFERENCES "bills"("bill_date", "kind") ON DELETE CASCADE ON UPDATE CASCADE;

-- Carried over: an older key's content is not known, so it is compared with nothing.
INSERT INTO "idempotency_keys" ("payer_id", "key", "purpose", "fingerprint", "order_id", "created_at")
SELECT "payer_id", "idempotency_key", CASE WHEN "kind" = 'first' THEN 'application' ELSE 'contribution' END,
  '{}', "id", "created_at" FROM "orders";

-- AlterTable
ALTER TABLE "orders" DROP COLUMN "idempotency_key";

-- Carried over: until now policies ended by expiring only.
UPDATE "policies" SET "ended_on" = "last_day_on" + 1, "end_reason" = 'expired' WHERE "status" = 'ended';

-- Carried over: the histogram starts with what is there.
INSERT INTO "policy_standings" ("policy_id", "units") SELECT "id", "units_paid" FROM "policies" WHERE "status" = 'active';
INSERT INTO "units_histogram" ("units", "policies")
SELECT n, (SELECT count(*) FROM "policies" WHERE "status" = 'active' AND "units_paid" = n) FROM generate_series(1, 100) n;

-- Carried over: refunds that WeChat finished at once were not given a day of acceptance.
UPDATE "refunds" SET "submitted_at" = coalesce("finished_at", "requested_at")
WHERE "state" <> 'requested' AND "submitted_at" IS NULL;

-- Carried over: whoever paid before there were notices has seen on his page what became of it.
INSERT INTO "notices" ("user_id", "kind", "order_id", "policy_id", "details", "fact", "created_at", "read_at")
SELECT o."payer_id", 'unit_settled', o."id", o."policy_id",
  jsonb_build_object('seq', u."seq", 'coverYuan', u."cover_yuan", 'askerName', p."asker_name", 'isOwn', o."kind" = 'first'),
  'unit_settled:' || u."id", o."settled_at", o."settled_at"
FROM "units" u JOIN "orders" o ON o."id" = u."order_id" JOIN "policies" p ON p."id" = u."policy_id"
UNION ALL
SELECT o."payer_id", 'refund_requested', o."id", o."policy_id",
  jsonb_build_object('amountFen', r."amount_fen", 'reason', r."reason", 'askerName', p."asker_name"),
  'refund_requested:' || r."id", r."requested_at", r."requested_at"
FROM "refunds" r JOIN "orders" o ON o."id" = r."order_id" JOIN "policies" p ON p."id" = o."policy_id";
