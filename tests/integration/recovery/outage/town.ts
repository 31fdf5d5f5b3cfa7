/** Who gives to whom while the database goes away: enough pairs that nobody gives twice. */
import { sessionCookie } from "@/lib/http/session";
import { signIn } from "@/lib/identity/sign-in";
import type { PayableOrder } from "@/lib/payments/contract";
import { HEALTH_QUESTIONS } from "@/lib/plans/content/health-questions";
import { getCurrentPlan } from "@/lib/plans/queries";
import { applyForPolicy } from "@/lib/policies/apply-for-policy";
import type { CreateApplication } from "@/lib/policies/contract";
import { newIdNumber, newKey } from "@/tests/support/factories";
import type { OutageWorld } from "./outage-world";

export interface Person {
  openid: string;
  /** The `Cookie` header of his session. */
  cookie: string;
}

export interface Town {
  people: Person[];
  /** Codes of policies in force. */
  policies: string[];
  /** A person and a policy that have not met; the pairs go round the people first. */
  nextPair(): { person: Person; code: string };
}

/** With its insured, a policy is full when all of them have given: no order is ever refused. */
const PEOPLE = 99;
const SIGN_INS_AT_ONCE = 8;

/** @param gifts that may be ordered in all. */
export async function buildTown(world: OutageWorld, gifts: number): Promise<Town> {
  const people: Person[] = [];
  while (people.length < PEOPLE) {
    const batch = Math.min(SIGN_INS_AT_ONCE, PEOPLE - people.length);
    people.push(...(await Promise.all(Array.from({ length: batch }, () => newPerson(world)))));
  }
  const policies: string[] = [];
  while (policies.length < Math.ceil(gifts / PEOPLE)) policies.push(await issuePolicy(world));
  // Answers when WeChat has told the app of all these payments.
  await world.control("POST", "/clock", { advanceSeconds: 0 });
  let pairs = 0;
  return {
    people,
    policies,
    nextPair() {
      const pair = pairs;
      pairs += 1;
      const [person, code] = [people[pair % PEOPLE], policies[Math.floor(pair / PEOPLE)]];
      if (!person || !code) throw new Error(`more than ${gifts} gifts were ordered`);
      return { person, code };
    },
  };
}

async function newPerson(world: OutageWorld): Promise<Person & { userId: string }> {
  const { deps } = world;
  const { openid } = await world.control<{ openid: string }>("POST", "/personas", {
    nickname: "朋友",
  });
  const { userId } = await signIn(deps, { openid, unionid: null });
  const line = sessionCookie(userId, { ...deps.config, now: deps.now() });
  return { openid, userId, cookie: line.split(";", 1)[0] ?? "" };
}

async function issuePolicy(world: OutageWorld): Promise<string> {
  const owner = await newPerson(world);
  const plan = await getCurrentPlan(world.deps);
  const { policyCode, order } = await applyForPolicy(world.deps, {
    userId: owner.userId,
    idempotencyKey: newKey(),
    input: {
      name: "王小雨",
      idNumber: newIdNumber(),
      phone: "13800138000",
      planVersion: plan.version,
      healthAnswers: Object.fromEntries(HEALTH_QUESTIONS.map(({ id }) => [id, false])),
      documents: Object.fromEntries(
        plan.documents.map(({ kind, sha256 }) => [kind, sha256]),
      ) as CreateApplication["documents"],
      consents: { sensitiveData: true },
    },
  });
  await payAtCashier(world, owner, order);
  return policyCode;
}

export async function payAtCashier(
  world: OutageWorld,
  { openid }: Person,
  order: PayableOrder,
): Promise<void> {
  const prepayId = order.pay.package.replace("prepay_id=", "");
  await world.control("POST", "/cashier", { prepayId, openid, action: "pay" });
}
