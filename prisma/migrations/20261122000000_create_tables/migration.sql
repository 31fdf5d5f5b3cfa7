-- The tables, enums, foreign keys and plain indexes of prisma/schema, as Prisma prints them.
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "order_kind" AS ENUM ('first', 'gift');

-- CreateEnum
CREATE TYPE "order_state" AS ENUM ('pending', 'settled', 'closed', 'refunding', 'refunded', 'refund_failed');

-- CreateEnum
CREATE TYPE "refund_state" AS ENUM ('requested', 'processing', 'succeeded', 'abnormal', 'closed');

-- CreateEnum
CREATE TYPE "policy_status" AS ENUM ('pending_payment', 'active', 'ended');

-- CreateEnum
CREATE TYPE "unit_status" AS ENUM ('active', 'ended');

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "openid" TEXT NOT NULL,
    "unionid" TEXT,
    "nickname" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name_cipher" TEXT NOT NULL,
    "id_number_cipher" TEXT NOT NULL,
    "id_number_index" TEXT NOT NULL,
    "phone_cipher" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_messages" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outbox_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_postings" (
    "entry_id" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "amount_fen" INTEGER NOT NULL,

    CONSTRAINT "ledger_postings_pkey" PRIMARY KEY ("entry_id","account")
);

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "out_trade_no" TEXT NOT NULL,
    "kind" "order_kind" NOT NULL,
    "policy_id" TEXT NOT NULL,
    "payer_id" TEXT NOT NULL,
    "payer_openid" TEXT NOT NULL,
    "amount_fen" INTEGER NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'CNY',
    "description" TEXT NOT NULL,
    "message" TEXT,
    "is_anonymous" BOOLEAN NOT NULL DEFAULT false,
    "idempotency_key" TEXT NOT NULL,
    "state" "order_state" NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "prepay_id" TEXT,
    "checks_count" INTEGER NOT NULL DEFAULT 0,
    "next_check_at" TIMESTAMPTZ(3),
    "transaction_id" TEXT,
    "paid_fen" INTEGER,
    "paid_at" TIMESTAMPTZ(3),
    "proven_by" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "out_refund_no" TEXT NOT NULL,
    "amount_fen" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "refund_state" NOT NULL,
    "provider_id" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_incidents" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "out_trade_no" TEXT NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plans" (
    "version" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "plan_documents" (
    "plan_version" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "plan_documents_pkey" PRIMARY KEY ("plan_version","kind")
);

-- CreateTable
CREATE TABLE "policies" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "number" TEXT,
    "user_id" TEXT NOT NULL,
    "identity_id" TEXT NOT NULL,
    "id_number_index" TEXT NOT NULL,
    "plan_version" TEXT NOT NULL,
    "asker_name" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "age_at_issue" INTEGER NOT NULL,
    "cover_per_unit_yuan" INTEGER NOT NULL,
    "units_max" INTEGER NOT NULL,
    "status" "policy_status" NOT NULL,
    "units_paid" INTEGER NOT NULL DEFAULT 0,
    "units_held" INTEGER NOT NULL DEFAULT 0,
    "endorsements_count" INTEGER NOT NULL DEFAULT 0,
    "issued_at" TIMESTAMPTZ(3),
    "effective_on" DATE,
    "last_day_on" DATE,
    "collecting_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "applications" (
    "id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "identity_id" TEXT NOT NULL,
    "plan_version" TEXT NOT NULL,
    "health_answers" JSONB NOT NULL,
    "questions_sha256" TEXT NOT NULL,
    "documents" JSONB NOT NULL,
    "consents" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "units" (
    "id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "cover_yuan" INTEGER NOT NULL,
    "effective_on" DATE NOT NULL,
    "matures_on" DATE NOT NULL,
    "last_day_on" DATE NOT NULL,
    "status" "unit_status" NOT NULL,
    "ended_on" DATE,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endorsements" (
    "number" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "cover_delta_yuan" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "endorsements_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_app_id_openid_key" ON "users"("app_id", "openid");

-- CreateIndex
CREATE INDEX "identities_user_id_idx" ON "identities"("user_id");

-- CreateIndex
CREATE INDEX "outbox_messages_next_attempt_at_id_idx" ON "outbox_messages"("next_attempt_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_order_id_kind_key" ON "ledger_entries"("order_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "orders_out_trade_no_key" ON "orders"("out_trade_no");

-- CreateIndex
CREATE UNIQUE INDEX "orders_transaction_id_key" ON "orders"("transaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_payer_id_idempotency_key_key" ON "orders"("payer_id", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_order_id_key" ON "refunds"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_out_refund_no_key" ON "refunds"("out_refund_no");

-- CreateIndex
CREATE UNIQUE INDEX "payment_incidents_kind_out_trade_no_transaction_id_key" ON "payment_incidents"("kind", "out_trade_no", "transaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "policies_code_key" ON "policies"("code");

-- CreateIndex
CREATE UNIQUE INDEX "policies_number_key" ON "policies"("number");

-- CreateIndex
CREATE INDEX "policies_user_id_idx" ON "policies"("user_id");

-- CreateIndex
CREATE INDEX "applications_policy_id_idx" ON "applications"("policy_id");

-- CreateIndex
CREATE UNIQUE INDEX "units_order_id_key" ON "units"("order_id");

-- CreateIndex
CREATE UNIQUE INDEX "endorsements_unit_id_key" ON "endorsements"("unit_id");

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "ledger_entries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_payer_id_fkey" FOREIGN KEY ("payer_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_documents" ADD CONSTRAINT "plan_documents_plan_version_fkey" FOREIGN KEY ("plan_version") REFERENCES "plans"("version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policies" ADD CONSTRAINT "policies_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policies" ADD CONSTRAINT "policies_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policies" ADD CONSTRAINT "policies_plan_version_fkey" FOREIGN KEY ("plan_version") REFERENCES "plans"("version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_plan_version_fkey" FOREIGN KEY ("plan_version") REFERENCES "plans"("version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "units" ADD CONSTRAINT "units_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "units" ADD CONSTRAINT "units_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endorsements" ADD CONSTRAINT "endorsements_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endorsements" ADD CONSTRAINT "endorsements_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
