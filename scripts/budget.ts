/**
 * JavaScript of our own on the friend's page, gzip, over Next's runtime (design §6: at most 25 kB).
 *
 *   node --import tsx scripts/budget.ts [--json] [--dir .next]     after `next build`
 *
 * Method. Next writes for each route which client modules it may load and in which chunks
 * (`page_client-reference-manifest.js`), and for the whole build which files every page starts with
 * (`build-manifest.json`). The runtime is those start files, the polyfills that only old browsers
 * fetch, and the chunks of Next's own client modules: what a route without any code of ours loads.
 * Everything else that the route names is ours, error boundaries and all. A chunk in which Next's
 * code and ours are mixed counts as ours as a whole, so the figure can only be too high. Each file
 * is compressed by itself, as a server does it. Not in it: the inline script of a few hundred bytes
 * in the HTML, and WeChat's JS-SDK, which is not ours to shrink. Exit 1 over the budget.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";

const ROUTE = "/(h5)/p/[code]/page";
const BUDGET_BYTES = 25_000;

interface ClientModule {
  id: number | string;
  chunks: string[];
}

interface Measured {
  file: string;
  gzipBytes: number;
}

interface Report {
  route: string;
  budgetBytes: number;
  ownBytes: number;
  runtimeBytes: number;
  own: Measured[];
  runtime: Measured[];
}

const isJavaScript = (file: string) => file.endsWith(".js");
const isNexts = (modulePath: string) => modulePath.includes("/node_modules/");

/** The manifest is a script that fills a global, because Next loads it with `require`. */
function readClientModules(buildDir: string): [path: string, module: ClientModule][] {
  const file = join(buildDir, "server/app", `${ROUTE}_client-reference-manifest.js`);
  const sandbox: {
    __RSC_MANIFEST?: Record<string, { clientModules: Record<string, ClientModule> }>;
  } = {};
  vm.runInNewContext(readFileSync(file, "utf8"), { globalThis: sandbox });
  const manifest = sandbox.__RSC_MANIFEST?.[ROUTE];
  if (!manifest) throw new Error(`${file} does not describe ${ROUTE}`);
  return Object.entries(manifest.clientModules);
}

/** Turbopack writes a chunk as one list of `id, factory` pairs. */
function definesModule(source: string, id: number | string): boolean {
  return new RegExp(`[,\\[]${id},(?:\\(|\\w+=>|function)`).test(source);
}

function measure(buildDir: string): Report {
  const read = (file: string) => readFileSync(join(buildDir, file.replace(/^\/?_next\//, "")));
  const start = JSON.parse(readFileSync(join(buildDir, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const modules = readClientModules(buildDir);
  const chunksOf = (entries: typeof modules) =>
    new Set(
      entries.flatMap(([, { chunks }]) => chunks.map((chunk) => chunk.replace(/^\/?_next\//, ""))),
    );
  const ours = modules.filter(([path]) => !isNexts(path));
  const nextsChunks = chunksOf(modules.filter(([path]) => isNexts(path)));
  const runtimeFiles = new Set(start.rootMainFiles);
  for (const chunk of nextsChunks) {
    const source = read(chunk).toString("utf8");
    if (!ours.some(([, { id }]) => definesModule(source, id))) runtimeFiles.add(chunk);
  }
  const weigh = (files: Iterable<string>): Measured[] =>
    [...files]
      .filter(isJavaScript)
      .map((file) => ({ file, gzipBytes: gzipSync(read(file), { level: 9 }).length }))
      .sort((one, other) => other.gzipBytes - one.gzipBytes);
  const sum = (measured: Measured[]) =>
    measured.reduce((total, { gzipBytes }) => total + gzipBytes, 0);
  const own = weigh([...chunksOf(modules)].filter((file) => !runtimeFiles.has(file)));
  const runtime = weigh(runtimeFiles);
  return {
    route: ROUTE,
    budgetBytes: BUDGET_BYTES,
    ownBytes: sum(own),
    runtimeBytes: sum(runtime),
    own,
    runtime,
  };
}

function print(report: Report): void {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`JavaScript of ${report.route}, gzip`);
  console.log(`  Next's runtime ${kilobytes(report.runtimeBytes)}`);
  console.log(`  ours           ${kilobytes(report.ownBytes)} of ${kilobytes(report.budgetBytes)}`);
  for (const { file, gzipBytes } of report.own) console.log(`    ${kilobytes(gzipBytes)}  ${file}`);
}

const dirAt = process.argv.indexOf("--dir");
const report = measure(dirAt === -1 ? ".next" : (process.argv[dirAt + 1] ?? ".next"));
if (process.argv.includes("--json")) console.log(JSON.stringify(report));
else print(report);
process.exitCode = report.ownBytes > report.budgetBytes ? 1 : 0;
