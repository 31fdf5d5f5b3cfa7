import { ensureGenerated } from "./support/generated";

// `npm run generate`: makes the Prisma client, unless the schema is the one it was made from.
console.log((await ensureGenerated()) ? "Generated the Prisma client." : "Nothing has changed.");
