// `npm test`: every check there is, from a fresh clone.
import { bootstrap } from "./bootstrap.mjs";

await bootstrap("./test/main.ts");
