/** A pool of WeChat users who have signed in once, with openids, numbers and addresses of the seed. */
import { createDeps } from "@/lib/deps";
import { parseEnvironment } from "@/lib/env/env";
import { sessionCookie } from "@/lib/http/session";
import { signIn } from "@/lib/identity/sign-in";
import { withCheckMark } from "@/tests/support/factories";
import type { Random } from "../random";
import type { ChaosWorld } from "../world/world";

export interface Person {
  openid: string;
  userId: string;
  /** As a carrier's network gives it; limits by address are per person here. */
  address: string;
  /** Valid, of somebody between 20 and 48, and nobody else's. */
  idNumber: string;
}

/** How many sign in at once: the administrator's pool is small. */
const SIGN_INS_AT_ONCE = 8;

export async function createPeople(
  world: ChaosWorld,
  random: Random,
  howMany: number,
): Promise<Person[]> {
  const openids = Array.from({ length: howMany }, () => `o${random.text(27)}`);
  await world.sandbox.call("POST", "/import", {
    personas: openids.map((openid, index) => ({ openid, nickname: `朋友${index + 1}` })),
    transactions: [],
  });
  const env = parseEnvironment(world.environment);
  const deps = createDeps(env, { db: world.db });
  const year = world.sandbox.now().getFullYear();
  const people: Person[] = [];
  for (let start = 0; start < howMany; start += SIGN_INS_AT_ONCE) {
    const batch = openids.slice(start, start + SIGN_INS_AT_ONCE);
    people.push(
      ...(await Promise.all(
        batch.map(async (openid, index) => ({
          openid,
          userId: (await signIn(deps, { openid, unionid: null })).userId,
          address: `10.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}`,
          idNumber: idNumberOf(start + index, year - random.between(21, 48)),
        })),
      )),
    );
  }
  return people;
}

/** Distinct for every `index` below 1,000 × 900. */
function idNumberOf(index: number, year: number): string {
  const region = 110_100 + Math.floor(index / 1_000);
  return withCheckMark(`${region}${year}0615${String(index % 1_000).padStart(3, "0")}`);
}

/** A fresh `Cookie` header, valid on the world's clock. */
export function cookieOf(world: ChaosWorld, person: Person): string {
  const line = sessionCookie(person.userId, {
    sessionSecret: world.environment.SESSION_SECRET ?? "",
    isSecure: false,
    now: world.sandbox.now(),
  });
  return line.split(";", 1)[0] ?? "";
}
