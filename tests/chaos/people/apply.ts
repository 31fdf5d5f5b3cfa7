/** People apply for policies of their own; sometimes one person does it from two accounts. */
import type { Random } from "../random";
import type { Answer } from "./client";
import { orderOf, pay, watch } from "./pay";
import type { Person } from "./people";
import type { KnownPolicy, Town } from "./town";

/** Applies and pays unit 1. The policy, once the page says that it is in force. */
export async function apply(town: Town, random: Random): Promise<KnownPolicy | null> {
  const owner = town.applicants.pop();
  if (!owner) return null;
  return applyAs(town, owner, owner.idNumber, random);
}

/** One person, two accounts, both pay: one policy, one refund (R7). */
export async function applyFromTwoAccounts(town: Town, random: Random): Promise<void> {
  const [one, other] = [town.applicants.pop(), town.applicants.pop()];
  if (!one || !other) return;
  await Promise.all([
    applyAs(town, one, one.idNumber, random.fork("one")),
    applyAs(town, other, one.idNumber, random.fork("other")),
  ]);
}

async function applyAs(
  town: Town,
  owner: Person,
  idNumber: string,
  random: Random,
): Promise<KnownPolicy | null> {
  const answer = await askToApply(town, owner, idNumber, random);
  const order = orderOf(answer);
  if (!order || !(await pay(town, owner, order, random))) return null;
  const seen = await watch(town, owner, order.outTradeNo, random);
  if (seen.json.outcome?.kind !== "unit") return null;
  const policy: KnownPolicy = {
    code: answer.json.policyCode,
    owner,
    asked: new Set(),
    fullAnswers: 0,
    hasEnded: false,
  };
  town.policies.push(policy);
  return policy;
}

function askToApply(town: Town, owner: Person, idNumber: string, random: Random): Promise<Answer> {
  return town.client.insist(
    {
      op: "apply",
      method: "POST",
      path: "/api/applications",
      as: owner,
      about: owner.openid,
      key: `apply-${random.text(16)}`,
      body: { ...town.applicationTemplate, idNumber },
    },
    random,
  );
}
