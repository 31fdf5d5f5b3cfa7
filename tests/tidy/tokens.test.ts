import { describe, expect, it } from "vitest";
import { findBreaches, tidyRules } from "./rules";
import { readSources } from "./sources";

// The rules and this file spell the words out; they are not a use of them.
const sources = readSources(/\.(tsx?|mjs|cjs|json|md|sql|prisma|css|ya?ml)$|^\.ci\//).filter(
  ({ file }) => !file.startsWith("tests/tidy/"),
);

describe("no file of the repository has", () => {
  it.each(tidyRules)("$name", (rule) => {
    const breaches = sources.flatMap(({ file, text }) => findBreaches(rule, file, text));
    expect(breaches, rule.why).toEqual([]);
  });
});

describe("the rules themselves", () => {
  const caught: [rule: string, file: string, line: string][] = [
    ["process.env", "lib/payments/a.ts", "const a = process.env.A;"],
    ["process.env", "server.ts", "process.env.PORT"],
    ["next/ in lib", "lib/http/a.ts", 'import { headers } from "next/headers";'],
    ["next/ in lib", "lib/http/a.ts", 'await import("next")'],
    ["clock in pure code", "lib/pricing/a.ts", "const now = Date.now();"],
    ["clock in pure code", "lib/policies/rules.ts", "const now = new Date();"],
    ["randomness in pure code", "lib/pricing/a.ts", "Math.random()"],
    ["unsafe SQL", "lib/ledger/a.ts", "db.prisma.$queryRawUnsafe(text)"],
    ["path of one machine", "docs/a.md", "see /home/someone/file"],
    ["path of one machine", "scripts/a.ts", 'const folder = "/root/data";'],
    ["floating task", "lib/ledger/a.ts", "// TODO: later"],
  ];
  it.each(caught)("%s is seen in %s: %s", (name, file, line) => {
    const rule = tidyRules.find((candidate) => candidate.name === name);
    expect(rule && findBreaches(rule, file, `first\n${line}`)).toEqual([`${file}:2`]);
  });

  const allowed: [file: string, line: string][] = [
    ["lib/env/env.ts", "parse(process.env)"],
    ["scripts/demo/main.ts", "process.env.PORT"],
    ["lib/pricing/a.ts", "new Date(instant)"],
    ["lib/pricing/a.test.ts", "Math.random()"],
    ["lib/jobs/worker.ts", "Date.now()"],
    ["app/page.tsx", 'import Link from "next/link";'],
    ["docs/a.md", "https://example.com/home/page and ./work/x and /root"],
  ];
  it.each(allowed)("%s may have: %s", (file, line) => {
    expect(tidyRules.flatMap((rule) => findBreaches(rule, file, line))).toEqual([]);
  });
});

describe("request headers", () => {
  it("are read from Next in at most one file of app", () => {
    const readers = sources.filter(
      ({ file, text }) => /^(app|components)\//.test(file) && text.includes('"next/headers"'),
    );
    expect(readers.map(({ file }) => file).slice(1)).toEqual([]);
  });
});
