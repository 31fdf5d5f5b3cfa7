-- The social layer: what people show of themselves, write to each other, and are reminded of.

CREATE TABLE "profiles" (
    "user_id" TEXT NOT NULL,
    "is_on_boards" BOOLEAN NOT NULL DEFAULT false,
    "is_masked" BOOLEAN NOT NULL DEFAULT true,
    "region_code" TEXT,
    "is_asking_visible" BOOLEAN NOT NULL DEFAULT false,
    "is_appraisal_visible" BOOLEAN NOT NULL DEFAULT false,
    "is_face_on_poster" BOOLEAN NOT NULL DEFAULT false,
    "reminders_stopped_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "profiles_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "consents" (
    "id" BIGSERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "is_granted" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "consents_user_id_id_idx" ON "consents"("user_id", "id");
ALTER TABLE "consents" ADD CONSTRAINT "consents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "standings" (
    "board" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL,
    "is_listed" BOOLEAN NOT NULL,

    CONSTRAINT "standings_pkey" PRIMARY KEY ("board","scope","policy_id")
);
CREATE INDEX "standings_policy_id_idx" ON "standings"("policy_id");
ALTER TABLE "standings" ADD CONSTRAINT "standings_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "standings_histogram" (
    "board" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "policies" INTEGER NOT NULL,

    CONSTRAINT "standings_histogram_pkey" PRIMARY KEY ("board","scope","units")
);
CREATE TABLE "words" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "order_id" TEXT,
    "text" TEXT,
    "state" TEXT NOT NULL,
    "verdict" TEXT,
    "reviewed_by" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "words_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "words_policy_id_idx" ON "words"("policy_id");
CREATE UNIQUE INDEX "words_order_id_kind_key" ON "words"("order_id", "kind");
ALTER TABLE "words" ADD CONSTRAINT "words_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "words" ADD CONSTRAINT "words_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "words" ADD CONSTRAINT "words_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "reactions" (
    "words_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "emoji" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reactions_pkey" PRIMARY KEY ("words_id","user_id")
);
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_words_id_fkey" FOREIGN KEY ("words_id") REFERENCES "words"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "celebrations" (
    "policy_id" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "celebrated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "celebrations_pkey" PRIMARY KEY ("policy_id","units")
);
ALTER TABLE "celebrations" ADD CONSTRAINT "celebrations_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "message_consents" (
    "user_id" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "remaining" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_consents_pkey" PRIMARY KEY ("user_id","template")
);
ALTER TABLE "message_consents" ADD CONSTRAINT "message_consents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TABLE "messages" (
    "id" TEXT NOT NULL,
    "notice_id" BIGINT NOT NULL,
    "user_id" TEXT NOT NULL,
    "policy_id" TEXT,
    "template" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "messages_notice_id_key" ON "messages"("notice_id");
CREATE INDEX "messages_user_id_sent_at_idx" ON "messages"("user_id", "sent_at");
ALTER TABLE "messages" ADD CONSTRAINT "messages_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "messages" ADD CONSTRAINT "messages_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "policies" ADD COLUMN "short_code" TEXT;
CREATE UNIQUE INDEX "policies_short_code_key" ON "policies"("short_code");
