/** What the demonstration's people say and show, through the product's own verbs. */
import type { Deps } from "@/lib/deps";
import { updateProfile } from "@/lib/profile/update-profile";
import { thankSupporters } from "@/lib/words/thank-supporters";
import { writeNote } from "@/lib/words/write-note";
import type { DemoPolicy } from "./demo-people";

/** The first of those who are thanked hears words, the others a plain thank you. */
const THANKS = "谢谢你来得这么早";

/**
 * Once for each policy: who has said anything about what he shows since is left as he is, so that
 * seeding anew never shows what somebody has hidden.
 */
export async function seedGame(deps: Deps, demo: DemoPolicy): Promise<void> {
  const policy = await deps.db.prisma.policy.findUniqueOrThrow({
    where: { code: demo.code },
    select: { userId: true, status: true, user: { select: { profile: true } } },
  });
  const { userId } = policy;
  if (policy.status !== "active" || policy.user.profile) return;
  const { code } = demo;
  if (demo.note) await writeNote(deps, { code, userId, text: demo.note });
  for (const [index, endorsementNo] of (await firstGifts(deps, demo)).entries()) {
    const text = index === 0 ? THANKS : undefined;
    await thankSupporters(deps, { code, userId, thank: { endorsementNo, text } });
  }
  // Last: it is the mark that all is done.
  await updateProfile(deps, { userId, input: demo.shows });
}

async function firstGifts(deps: Deps, { code, thanked = 0 }: DemoPolicy): Promise<string[]> {
  const endorsements = await deps.db.prisma.endorsement.findMany({
    where: { policy: { code }, kind: "unit_added", unit: { seq: { gt: 1 } } },
    orderBy: { unit: { seq: "asc" } },
    select: { number: true },
    take: thanked,
  });
  return endorsements.map(({ number }) => number);
}
