/** Many people at once, each with a story drawn from the seed, until enough has been paid. */
import type { Random } from "../random";
import { apply, applyFromTwoAccounts } from "./apply";
import { give, orderOnly, rush } from "./give";
import { pay, watch } from "./pay";
import type { Town } from "./town";
import { refuse, reportDiagnosis, surrender, withdraw } from "./undo";
import { signInAgain, visit } from "./visit";

const STORIES = {
  give: { share: 78, tell: give },
  rush: { share: 4, tell: rush },
  apply: { share: 2, tell: apply },
  apply_from_two_accounts: { share: 1, tell: applyFromTwoAccounts },
  visit: { share: 6, tell: visit },
  sign_in: { share: 3, tell: signInAgain },
  withdraw: { share: 3, tell: withdraw },
  refuse: { share: 2, tell: refuse },
  surrender: { share: 0.5, tell: surrender },
  diagnosis: { share: 0.5, tell: reportDiagnosis },
} as const;

const SHARES = Object.fromEntries(
  Object.entries(STORIES).map(([name, { share }]) => [name, share]),
) as Record<keyof typeof STORIES, number>;

/** @param isEnough asked before each story; when it says so, the stories under way come to an end. */
export async function letPeopleAct(
  town: Town,
  random: Random,
  people: number,
  isEnough: () => boolean,
): Promise<void> {
  let told = 0;
  const one = async () => {
    while (!isEnough()) {
      told += 1;
      const story = random.fork(`story ${told}`);
      await STORIES[story.choose(SHARES)].tell(town, story);
    }
  };
  await Promise.all(Array.from({ length: people }, one));
}

/** Friends who open the cashier and leave it open; what they pay later is a late payment. */
export async function leaveCashiersOpen(
  town: Town,
  random: Random,
  howMany: number,
): Promise<void> {
  await Promise.all(
    Array.from({ length: howMany }, (_, index) => orderOnly(town, random.fork(`late ${index}`))),
  );
}

/** Everybody whose cashier is still open pays now, or learns that it is too late. */
export async function payLate(town: Town, random: Random): Promise<void> {
  const late = town.late.splice(0);
  await Promise.all(
    late.map(async ({ person, order }) => {
      const own = random.fork(order.outTradeNo);
      if (await pay(town, person, order, own)) await watch(town, person, order.outTradeNo, own);
    }),
  );
}
