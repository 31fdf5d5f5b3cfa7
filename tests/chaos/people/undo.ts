/** What takes units back: a giver withdraws, an insured surrenders or reports a diagnosis. */
import type { Random } from "../random";
import type { Answer, Ask } from "./client";
import type { KnownPolicy, Town } from "./town";

/** R30: the giver takes his gift back before it takes effect. */
export async function withdraw(town: Town, random: Random): Promise<void> {
  if (town.gifts.length === 0) return;
  const { giver, outTradeNo } = random.pick(town.gifts);
  const path = `/api/orders/${outTradeNo}/withdrawal`;
  await tell(town, random, "withdraw", { method: "POST", path, as: giver, about: outTradeNo });
}

/** R26: the insured declines a friend's unit before it takes effect. */
export async function refuse(town: Town, random: Random): Promise<void> {
  const { code, owner } = random.pick(town.policies);
  const at = { as: owner, about: code };
  const path = `/api/policies/${code}`;
  const list = await tell(town, random, "supporters", {
    ...at,
    method: "GET",
    path: `${path}/supporters`,
  });
  if (list.outcome !== "complete") return;
  const supporters = list.json.supporters as {
    seq: number;
    endorsementNo: string;
    canRefuse: boolean;
  }[];
  const declinable = supporters.filter(({ canRefuse }) => canRefuse);
  if (declinable.length === 0) return;
  const { seq, endorsementNo } = random.pick(declinable);
  await tell(town, random, "refuse", {
    ...at,
    method: "POST",
    path: `${path}/units/${seq}/refusal`,
    body: { endorsementNo },
  });
}

/** R27, R28: the insured gives the policy back for what the quote says. */
export async function surrender(town: Town, random: Random): Promise<void> {
  const policy = choosePopular(town, random);
  if (!policy) return;
  const path = `/api/policies/${policy.code}/surrender`;
  const at = { path, as: policy.owner, about: policy.code };
  const quote = await tell(town, random, "surrender", { ...at, method: "GET" });
  if (quote.outcome !== "complete") return;
  const { reason, totalFen } = quote.json;
  const answer = await tell(town, random, "surrender", {
    ...at,
    method: "POST",
    body: { reason, totalFen },
  });
  if (answer.outcome === "complete") policy.hasEnded = true;
}

/** R31: a diagnosis within the waiting time ends the policy and gives the money back. */
export async function reportDiagnosis(town: Town, random: Random): Promise<void> {
  const policy = choosePopular(town, random);
  if (!policy) return;
  const today = shanghaiDate(town.world.sandbox.now());
  const path = `/api/policies/${policy.code}/diagnosis`;
  const at = { as: policy.owner, about: policy.code };
  const quote = await tell(town, random, "diagnosis", {
    ...at,
    method: "POST",
    path: `${path}/preview`,
    body: { diagnosedOn: today },
  });
  if (quote.outcome !== "complete") return;
  const answer = await tell(town, random, "diagnosis", {
    ...at,
    method: "POST",
    path,
    body: { diagnosedOn: today, outcome: quote.json.outcome },
  });
  if (answer.outcome === "complete") policy.hasEnded = true;
}

/** Not one that is being filled: those are needed for the last place. */
function choosePopular(town: Town, random: Random): KnownPolicy | null {
  const live = town.policies.filter(({ hasEnded }) => !hasEnded);
  return live.length > 6 ? random.pick(live.slice(3)) : null;
}

function tell(
  town: Town,
  random: Random,
  op: string,
  ask: Omit<Ask, "op" | "key">,
): Promise<Answer> {
  return town.client.insist({ ...ask, op }, random);
}

function shanghaiDate(now: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(now);
}
