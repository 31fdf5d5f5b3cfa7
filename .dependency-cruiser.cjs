// Which part may import which. The direction is the design: a rule that breaks is a question about
// where the code belongs, not about this file. TypeScript 6 parses for this tool (package
// `typescript`); the compiler that checks types is TypeScript 7 (`@typescript/native`).

/** Folders of lib that are not a business domain. */
const BASE = "(db|env|errors|format|http|i18n|jobs|log|pricing|wechat)";
const TEST = "\\.test\\.tsx?$|/testing/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "pure-imports-nothing",
      comment: "Pricing and errors are pure: no clock, no database, no library can reach them.",
      severity: "error",
      from: { path: "^lib/(pricing|errors)/", pathNot: TEST },
      to: { pathNot: "^lib/$1/" },
    },
    {
      name: "rules-and-contracts-are-pure",
      comment:
        "Rules decide from values and contracts run in the browser: pricing, errors and zod only.",
      severity: "error",
      from: { path: "^lib/.*/(rules|contract|limits)\\.ts$", pathNot: "^lib/http/" },
      to: {
        pathNot: [
          "^lib/(pricing|errors)/",
          "^lib/[^/]+/(rules|contract|limits)\\.ts$",
          "(^|/)node_modules/zod/",
        ],
      },
    },
    {
      name: "only-db-touches-the-database",
      comment: "The generated client and the driver have one door, lib/db.",
      severity: "error",
      from: {
        path: "^(app|components|lib|sandbox|(server|worker|proxy)\\.ts)",
        pathNot: "^lib/db/",
      },
      to: {
        path: "^lib/db/generated/|(^|/)node_modules/(pg|@prisma/[^/]+)/",
        // A type disappears when the code runs; queries are typed by the client's types.
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "base-knows-no-domain",
      comment: "Database, HTTP, WeChat and the like serve every domain and know none.",
      severity: "error",
      from: { path: "^lib/(db|env|format|http|i18n|log|wechat)/", pathNot: TEST },
      to: {
        path: "^lib/[^/]+/",
        // i18n has a sentence for every code that a contract names.
        pathNot: `^lib/${BASE}/|^lib/[^/]+/contract\\.ts$`,
      },
    },
    {
      name: "lib-knows-no-page",
      comment: "lib runs without Next: under tests, in the fast lane and in scripts.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components)/|(^|/)node_modules/(next|react|react-dom)/" },
    },
    {
      name: "components-know-contracts",
      comment: "Components run in the browser: contracts, pricing, format and words, nothing else.",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: {
        path: "^lib/",
        pathNot: "^lib/(errors|format|i18n|pricing)/|^lib/[^/]+/(contract|limits)\\.ts$",
        // Pages hand over what they read; its shape (`views.ts`) is a type, not code.
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "production-knows-no-sandbox",
      comment: "The sandbox holds WeChat's private keys and moves clocks; it is another process.",
      severity: "error",
      from: { path: "^(app|components|lib|(server|worker|proxy)\\.ts)", pathNot: TEST },
      to: { path: "^(sandbox|scripts|tests)/" },
    },
    {
      name: "one-place-speaks-wechat-pay",
      comment: "The library checks too little; lib/wechat/pay adds what is missing.",
      severity: "error",
      from: { pathNot: "^lib/wechat/pay/|^(tests|sandbox)/" },
      to: { path: "(^|/)node_modules/wechatpay-node-v3/" },
    },
    {
      name: "no-cycle",
      comment: "Two modules that need each other are one module, or hide a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "nothing-unresolved",
      comment: "An import that leads nowhere, or to a package that package.json does not name.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-undeclared-package",
      comment: "A package that only comes along with another one may be gone tomorrow.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "production-needs-no-dev-package",
      comment: "What production imports must be in `dependencies`.",
      severity: "error",
      from: { path: "^(app|components|lib|(server|worker|proxy)\\.ts)", pathNot: TEST },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    // Also the imports that disappear when compiled, so that types obey the direction too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types"],
    },
  },
};
