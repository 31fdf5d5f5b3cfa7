import { ensureBuilt } from "./support/build";
import { step } from "./support/steps";

// `npm run build`: the production build of the app, skipped when no source has changed.
try {
  await step("build the app", ensureBuilt);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
