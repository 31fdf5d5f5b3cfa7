/** `npm run bench -- <name>`: runs one bench, each with a database of its own. */
import { benchBoards } from "./boards";
import { benchOutage } from "./outage";
import { benchPosters } from "./posters";
import { benchSettle } from "./settle";

/** A bench returns false when its figure is below its bar. */
const BENCHES: Record<string, () => Promise<boolean>> = {
  settle: benchSettle,
  outage: benchOutage,
  boards: benchBoards,
  posters: benchPosters,
};

const name = process.argv[2] ?? "";
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (!bench) {
  console.error(`Usage: npm run bench -- <${Object.keys(BENCHES).join(" | ")}>`);
  process.exit(2);
}
try {
  process.exitCode = (await bench()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
