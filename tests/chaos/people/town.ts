/** What the people of a run share: each other, the policies they talk about, what is still to be paid. */
import type { History } from "../history";
import type { Random } from "../random";
import type { ChaosWorld } from "../world/world";
import type { Client } from "./client";
import type { Person } from "./people";

export interface KnownPolicy {
  code: string;
  owner: Person;
  /** Who has been asked for a gift. */
  asked: Set<string>;
  /** How often a friend was told that it is full. */
  fullAnswers: number;
  hasEnded: boolean;
}

export interface OpenOrder {
  outTradeNo: string;
  prepayId: string;
}

/** A cashier left open over a jump of the clock. */
export interface LatePayment {
  person: Person;
  order: OpenOrder;
}

/** A gift whose giver has seen it counted. */
export interface Gift {
  giver: Person;
  outTradeNo: string;
  policyCode: string;
}

export interface Town {
  world: ChaosWorld;
  client: Client;
  history: History;
  friends: Person[];
  /** People who have not applied for a policy yet; taken from the end. */
  applicants: Person[];
  policies: KnownPolicy[];
  late: LatePayment[];
  gifts: Gift[];
  /** Orders that WeChat's cashier said were paid, and by whom. */
  paid: Map<string, Person>;
  /** An honest application but for its person, as the form sends it. */
  applicationTemplate: Record<string, unknown>;
}

/** After this many answers "full" people talk about the next policy. */
const FULL_ANSWERS_MAX = 12;
/** This share of gifts goes to the policy that everybody talks about, so that it does get full. */
const HOTTEST_SHARE = 0.6;
const NEXT_SHARE = 0.85;

/** Mostly the one that everybody talks about, often the next one, sometimes any. */
export function choosePolicy(town: Town, random: Random): KnownPolicy {
  const live = town.policies.filter((policy) => !policy.hasEnded);
  const open = live.filter(({ fullAnswers }) => fullAnswers < FULL_ANSWERS_MAX);
  const rank = random.next();
  if (open[0] && rank < HOTTEST_SHARE) return open[0];
  if (open[1] && rank < NEXT_SHARE) return open[1];
  return random.pick(live.length > 0 ? live : town.policies);
}

/** Somebody who was not asked yet, while there is one; seldom somebody who has given already. */
export function chooseFriend(town: Town, policy: KnownPolicy, random: Random): Person {
  const others = town.friends.filter(({ openid }) => openid !== policy.owner.openid);
  const fresh = others.filter(({ openid }) => !policy.asked.has(openid));
  const friend = random.pick(fresh.length > 0 && !random.chance(0.03) ? fresh : others);
  policy.asked.add(friend.openid);
  return friend;
}

export async function setTheStage(town: Omit<Town, "applicationTemplate">): Promise<Town> {
  const response = await fetch(`${town.world.url}/api/plans/current`);
  const plan = (await response.json()) as {
    version: string;
    healthQuestions: { id: string }[];
    documents: { kind: string; sha256: string }[];
  };
  return {
    ...town,
    applicationTemplate: {
      name: "王小雨",
      phone: "13800138000",
      planVersion: plan.version,
      healthAnswers: Object.fromEntries(plan.healthQuestions.map(({ id }) => [id, false])),
      documents: Object.fromEntries(plan.documents.map(({ kind, sha256 }) => [kind, sha256])),
      consents: { sensitiveData: true },
    },
  };
}
