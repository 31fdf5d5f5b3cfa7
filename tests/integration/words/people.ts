/** What these tests ask of a world: friends with names, gifts with wishes, and words about them. */
import { expect } from "vitest";
import type { Supporters } from "@/lib/policies/contract";
import type { World } from "@/tests/support/world";
import {
  atCashier,
  call,
  newPerson,
  orderGift,
  type Person,
  settleDown,
} from "@/tests/support/world-story";

export interface Gift {
  friend: Person;
  outTradeNo: string;
}

/** A friend whose name the insured may read, and his paid gift. */
export async function give(
  world: World,
  code: string,
  name: string,
  body: { message?: string; anonymous?: boolean } = {},
): Promise<Gift> {
  const friend = await newPerson(world, name);
  await world.sql("UPDATE users SET nickname = $2 WHERE id = $1", [friend.userId, name]);
  const ordered = await orderGift(world, code, friend, { body });
  expect(ordered.status, ordered.text).toBe(201);
  await atCashier(world, friend, ordered.json.order);
  await settleDown(world);
  return { friend, outTradeNo: ordered.json.order.outTradeNo };
}

const post = (world: World, path: string, as: Person | undefined, body: object) =>
  call(world, "POST", path, { as, body, key: null });

export const writeWish = (world: World, gift: Gift, text: string | null, as = gift.friend) =>
  post(world, `/api/orders/${gift.outTradeNo}/words`, as, { text });

export const setAnonymity = (world: World, gift: Gift, anonymous: boolean, as = gift.friend) =>
  post(world, `/api/orders/${gift.outTradeNo}/anonymity`, as, { anonymous });

export const thank = (world: World, code: string, as: Person, body: object) =>
  post(world, `/api/policies/${code}/thanks`, as, body);

export const writeNote = (world: World, code: string, as: Person, text: string | null) =>
  post(world, `/api/policies/${code}/note`, as, { text });

export const react = (world: World, id: string, as: Person | undefined, emoji: string | null) =>
  post(world, `/api/words/${id}/reaction`, as, { emoji });

export const readReactions = (world: World, id: string, as?: Person) =>
  call(world, "GET", `/api/words/${id}/reaction`, { as });

/** The insured's list, newest first, without himself. */
export async function listFriends(
  world: World,
  code: string,
  owner: Person,
): Promise<Supporters["supporters"]> {
  const answer = await call(world, "GET", `/api/policies/${code}/supporters`, { as: owner });
  expect(answer.status, answer.text).toBe(200);
  return (answer.json as Supporters).supporters.filter(({ isInsured }) => !isInsured);
}

export async function friendOf(world: World, code: string, owner: Person, seq: number) {
  const found = (await listFriends(world, code, owner)).find((friend) => friend.seq === seq);
  if (!found) throw new Error(`Unit ${seq} has no friend.`);
  return found;
}
