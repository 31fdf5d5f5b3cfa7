/** Before the first fault: people who have signed in, and policies to give to. */
import { createHistory } from "./history";
import type { Options } from "./options";
import { apply } from "./people/apply";
import { createClient } from "./people/client";
import { createPeople } from "./people/people";
import { setTheStage, type Town } from "./people/town";
import type { Random } from "./random";
import type { ChaosWorld } from "./world/world";

/** Five gifts a person keep well below the day's twenty; a hundred friends fill a policy. */
const GIFTS_PER_FRIEND = 5;
const FRIENDS_MIN = 160;
const PAYMENTS_PER_POLICY = 90;
const POLICIES_MIN = 8;
/** One in so many payments may come from somebody who applies during the run. */
const PAYMENTS_PER_APPLICANT = 10;

export async function openTown(
  world: ChaosWorld,
  random: Random,
  { payments }: Options,
): Promise<Town> {
  const history = createHistory();
  const friends = Math.max(FRIENDS_MIN, Math.ceil(payments / GIFTS_PER_FRIEND));
  const policies = Math.max(POLICIES_MIN, Math.ceil(payments / PAYMENTS_PER_POLICY));
  const applicants = policies + Math.ceil(payments / PAYMENTS_PER_APPLICANT);
  const people = await createPeople(world, random.fork("people"), friends + applicants);
  const town = await setTheStage({
    world,
    history,
    client: createClient(world, history),
    friends: people.slice(0, friends),
    applicants: people.slice(friends),
    policies: [],
    late: [],
    gifts: [],
    paid: new Map(),
  });
  await Promise.all(
    Array.from({ length: policies }, (_, index) => apply(town, random.fork(`policy ${index}`))),
  );
  // Somebody's page may have been closed before it showed the unit; there are enough others.
  if (town.policies.length < POLICIES_MIN / 2) throw new Error("the town has too few policies");
  return town;
}
