/**
 * Rounds of load under faults and kills. Between two of them the clock jumps and open cashiers are
 * paid late; the last jump goes to the end of the first policies' collecting window.
 */
import type { Faults } from "./faults/faults";
import type { Killer } from "./faults/killer";
import type { Options } from "./options";
import { leaveCashiersOpen, letPeopleAct, payLate } from "./people/crowd";
import type { Town } from "./people/town";
import { surrender, withdraw } from "./people/undo";
import type { Random } from "./random";

/** One clock jump for so many payments. */
const PAYMENTS_PER_ROUND = 250;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Within a hold, just over it, an evening, over midnight. */
const JUMPS_SECONDS = [5 * MINUTE, 12 * MINUTE, 16 * MINUTE, 3 * HOUR, 20 * HOUR] as const;

export async function actUnderFire(
  town: Town,
  random: Random,
  options: Options,
  { faults, killer }: { faults: Faults; killer: Killer },
): Promise<void> {
  const { sandbox } = town.world;
  const rounds = Math.max(2, Math.ceil(options.payments / PAYMENTS_PER_ROUND));
  const jumps = random.fork("jumps");
  for (let round = 1; round <= rounds; round += 1) {
    const goal = Math.ceil((options.payments * round) / rounds);
    const isLast = round === rounds;
    const isEnough = () => town.paid.size >= goal && (!isLast || killer.isFinished());
    town.world.note(`round ${round}`);
    await sandbox.call("POST", "/settings", { keyMode: jumps.pick(["public_key", "both"]) });
    await planRefundEnds(town, jumps.fork(`ends ${round}`));
    await faults.start();
    killer.start();
    await letPeopleAct(town, random.fork(`round ${round}`), options.people, isEnough);
    await killer.stop();
    if (isLast) await closeTheWindow(town, random.fork("window"));
    else await sandbox.advance(jumps.pick(JUMPS_SECONDS));
    await payLate(town, jumps.fork(`late ${round}`));
    await faults.stop();
    // Places that nobody paid for are free again, and people hear of it.
    for (const policy of town.policies) policy.fullAnswers = 0;
  }
}

/** A few refunds that WeChat cannot deliver, or gives up (F17). */
async function planRefundEnds(town: Town, random: Random): Promise<void> {
  for (const status of ["ABNORMAL", "CLOSED"]) {
    if (!random.chance(0.7)) continue;
    await town.world.sandbox.call("POST", "/refund-outcomes", { status, count: 1 });
  }
}

const LATE_FRIENDS = 12;
const LATE_UNDOINGS = 3;
/** Orders are made shortly before the close and paid shortly after it, within their hold (R17). */
const BEFORE_CLOSE_MS = 4 * MINUTE * 1_000;
const OVER_THE_CLOSE_SECONDS = 7 * MINUTE;

async function closeTheWindow(town: Town, random: Random): Promise<void> {
  const { sandbox, url } = town.world;
  const code = town.policies[0]?.code;
  const response = await fetch(`${url}/api/policies/${code}`);
  const { collectingUntil } = (await response.json()) as { collectingUntil: string };
  const waitMs = Date.parse(collectingUntil) - BEFORE_CLOSE_MS - sandbox.now().getTime();
  await sandbox.advance(Math.max(0, waitMs / 1_000));
  await leaveCashiersOpen(town, random.fork("late"), LATE_FRIENDS);
  await sandbox.advance(OVER_THE_CLOSE_SECONDS);
  // A month old, most units give back a part only (R28).
  for (let index = 0; index < LATE_UNDOINGS; index += 1) {
    await surrender(town, random.fork(`surrender ${index}`));
    await withdraw(town, random.fork(`withdraw ${index}`));
  }
}
