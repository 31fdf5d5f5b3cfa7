/** A friend gives one unit, with everything that people do wrong at it. */
import type { Random } from "../random";
import type { Answer, Ask } from "./client";
import { orderOf, pay, watch } from "./pay";
import type { Person } from "./people";
import { chooseFriend, choosePolicy, type KnownPolicy, type OpenOrder, type Town } from "./town";

/** How the friend orders, each as often as its number says. */
const TAPS = { once: 72, double: 13, two_tabs: 9, other_words: 6 } as const;

/** What he does at the cashier. */
const AT_CASHIER = { pay: 76, pay_twice: 5, cancel_then_pay: 8, give_up: 5, later: 6 } as const;

export async function give(town: Town, random: Random): Promise<void> {
  const policy = choosePolicy(town, random);
  await giveAs(town, policy, chooseFriend(town, policy, random), random);
}

async function giveAs(
  town: Town,
  policy: KnownPolicy,
  friend: Person,
  random: Random,
): Promise<void> {
  const orders = await orderSomehow(town, policy, friend, random);
  // Two orders for one gift would be a fault of ours; an honest friend would then pay both.
  for (const one of orders) await decide(town, policy, friend, one, random);
}

/** F34: friends who press the button of one policy at the same instant, perhaps for its last place. */
export async function rush(town: Town, random: Random): Promise<void> {
  const policy = choosePolicy(town, random);
  const friends = Array.from({ length: random.between(6, 12) }, () =>
    chooseFriend(town, policy, random),
  );
  await Promise.all(
    [...new Set(friends)].map((friend) => giveAs(town, policy, friend, random.fork(friend.openid))),
  );
}

/** He orders and leaves the cashier open. */
export async function orderOnly(town: Town, random: Random): Promise<void> {
  const policy = choosePolicy(town, random);
  const friend = chooseFriend(town, policy, random);
  const ask = askForGift(policy, friend, `gift-${random.text(16)}`, {});
  const order = orderOf(await town.client.insist(ask, random));
  if (order) town.late.push({ person: friend, order });
}

/** The different orders that the friend was offered: one, or none. */
async function orderSomehow(
  town: Town,
  policy: KnownPolicy,
  friend: Person,
  random: Random,
): Promise<OpenOrder[]> {
  const key = `gift-${random.text(16)}`;
  const ask = askForGift(policy, friend, key, {});
  const answers: Answer[] = [];
  switch (random.choose(TAPS)) {
    case "once":
      answers.push(await town.client.insist(ask, random));
      break;
    case "double": {
      const taps = Array.from({ length: random.between(2, 5) }, () =>
        town.client.insist(ask, random),
      );
      answers.push(...(await Promise.all(taps)));
      break;
    }
    case "two_tabs": {
      const other = askForGift(policy, friend, `${key}-b`, {});
      answers.push(
        ...(await Promise.all([
          town.client.insist(ask, random),
          town.client.insist(other, random),
        ])),
      );
      break;
    }
    case "other_words":
      answers.push(await town.client.insist(ask, random));
      // The same key with other words is refused, and must neither order nor pay anything.
      await town.client.ask(askForGift(policy, friend, key, { message: "加油" }));
      break;
  }
  if (answers.some(({ code }) => code === "cap_reached")) policy.fullAnswers += 1;
  const offered = answers.flatMap((answer) => orderOf(answer) ?? []);
  return [...new Map(offered.map((one) => [one.outTradeNo, one])).values()];
}

export function askForGift(policy: KnownPolicy, friend: Person, key: string, body: object): Ask {
  return {
    op: "give",
    method: "POST",
    path: `/api/policies/${policy.code}/contributions`,
    as: friend,
    about: policy.code,
    body,
    key,
  };
}

async function decide(
  town: Town,
  policy: KnownPolicy,
  friend: Person,
  order: OpenOrder,
  random: Random,
): Promise<void> {
  const action = random.choose(AT_CASHIER);
  if (action === "give_up") return;
  if (action === "later") {
    town.late.push({ person: friend, order });
    return;
  }
  let current = order;
  if (action === "cancel_then_pay") current = await orderAgain(town, policy, friend, order, random);
  const isPaid = await pay(town, friend, current, random);
  if (action === "pay_twice") await tryToPayAgain(town, friend, current, random);
  if (!isPaid) return;
  const seen = await watch(town, friend, current.outTradeNo, random);
  if (seen.json.outcome?.kind === "unit") {
    const { outTradeNo } = current;
    town.gifts.push({ giver: friend, outTradeNo, policyCode: policy.code });
  }
}

/** He closes the cashier, comes back, and gets the same order again. */
async function orderAgain(
  town: Town,
  policy: KnownPolicy,
  friend: Person,
  order: OpenOrder,
  random: Random,
): Promise<OpenOrder> {
  await town.world.sandbox.atCashier(order.prepayId, friend.openid, "cancel");
  const again = askForGift(policy, friend, `gift-${random.text(16)}`, {});
  return orderOf(await town.client.insist(again, random)) ?? order;
}

/** By the cashier that is still open, and by a second one, if the app offers it. */
async function tryToPayAgain(
  town: Town,
  friend: Person,
  order: OpenOrder,
  random: Random,
): Promise<void> {
  await pay(town, friend, order, random);
  const path = `/api/orders/${order.outTradeNo}/cashier`;
  const about = order.outTradeNo;
  const answer = await town.client.ask({ op: "cashier", method: "POST", path, as: friend, about });
  const second = orderOf(answer);
  if (second) await pay(town, friend, second, random);
}
