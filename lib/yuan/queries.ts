/** Where one yuan is and how it came there, for its payer and for staff. */
import type { Deps } from "@/lib/deps";
import { DomainError } from "@/lib/errors/errors";
import { shanghaiDateOf } from "@/lib/pricing/calendar";
import { buildStory } from "./build-story";
import type { Story } from "./contract";
import { findFacts } from "./find-facts";
import { toPayerStory } from "./payer-story";
import { decideEnding } from "./rules";
import type { StaffYuan, StoryPage } from "./views";

type Reads = Pick<Deps, "db" | "now">;

/** For the payer's page; null for unknown and foreign orders alike. */
export async function findStoryPage(
  deps: Reads,
  { outTradeNo, userId }: { outTradeNo: string; userId: string },
): Promise<StoryPage | null> {
  const found = await findFacts(deps, { outTradeNo, payerId: userId });
  if (!found) return null;
  return {
    story: toPayerStory(found.facts, deps.now()),
    kind: found.facts.order.kind,
    askerName: found.askerName,
  };
}

/** @throws DomainError not_found for unknown and foreign orders alike. */
export async function getStory(
  deps: Reads,
  input: { outTradeNo: string; userId: string },
): Promise<Story> {
  const page = await findStoryPage(deps, input);
  if (!page) throw new DomainError("not_found");
  return page.story;
}

/** For staff: who asks has been let in already. */
export async function findStaffYuan(deps: Reads, outTradeNo: string): Promise<StaffYuan | null> {
  const facts = (await findFacts(deps, { outTradeNo }))?.facts;
  if (!facts) return null;
  return {
    facts,
    events: buildStory(facts),
    ending: decideEnding(facts, shanghaiDateOf(deps.now())),
  };
}

/** Which order a number of ours or of WeChat's belongs to: order, transaction or refund. */
export async function findOutTradeNo(
  deps: Pick<Deps, "db">,
  number: string,
): Promise<string | null> {
  const { prisma } = deps.db;
  const outTradeNo = { select: { outTradeNo: true } } as const;
  const order =
    (await prisma.order.findUnique({ where: { outTradeNo: number }, ...outTradeNo })) ??
    (await prisma.order.findUnique({ where: { transactionId: number }, ...outTradeNo })) ??
    (
      await prisma.refund.findUnique({
        where: { outRefundNo: number },
        select: { order: outTradeNo },
      })
    )?.order;
  return order?.outTradeNo ?? null;
}
