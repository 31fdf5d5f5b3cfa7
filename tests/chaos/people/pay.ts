/** At WeChat's cashier, and in front of the page afterwards. */
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "../random";
import type { Answer } from "./client";
import type { Person } from "./people";
import type { OpenOrder, Town } from "./town";

/** The order that a 2xx offered to pay, or null. */
export function orderOf(answer: Answer): OpenOrder | null {
  const order = answer.json.order;
  if (answer.outcome !== "complete" || !order) return null;
  return {
    outTradeNo: order.outTradeNo,
    prepayId: String(order.pay.package).replace("prepay_id=", ""),
  };
}

/** Pays; true when WeChat took the money. The page is told, or not: WeChat does the same. */
export async function pay(
  town: Town,
  person: Person,
  order: OpenOrder,
  random: Random,
): Promise<boolean> {
  const action = random.chance(0.15) ? "pay_silently" : "pay";
  const refusal = await town.world.sandbox.atCashier(order.prepayId, person.openid, action);
  if (refusal === null) town.paid.set(order.outTradeNo, person);
  return refusal === null;
}

export function look(town: Town, person: Person, outTradeNo: string): Promise<Answer> {
  const path = `/api/orders/${outTradeNo}`;
  return town.client.ask({ op: "look", method: "GET", path, as: person, about: outTradeNo });
}

export function sync(town: Town, person: Person, outTradeNo: string): Promise<Answer> {
  const path = `/api/orders/${outTradeNo}/sync`;
  return town.client.ask({ op: "sync", method: "POST", path, as: person, about: outTradeNo });
}

/** The page looks a few times, asks WeChat sometimes, and is closed. The last thing it showed. */
export async function watch(
  town: Town,
  person: Person,
  outTradeNo: string,
  random: Random,
): Promise<Answer> {
  let answer = await look(town, person, outTradeNo);
  for (let left = random.between(0, 3); left > 0 && !answer.json.outcome; left -= 1) {
    await delay(random.between(20, 250));
    const ask = random.chance(0.4) ? sync : look;
    answer = await ask(town, person, outTradeNo);
  }
  return answer;
}
