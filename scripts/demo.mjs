// `npm run demo`: the whole of 微互助 on this machine, from a fresh clone.
import { bootstrap } from "./bootstrap.mjs";

await bootstrap("./demo/main.ts");
