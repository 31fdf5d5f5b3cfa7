/** A word that must not stand in some files, and why. */
export type TidyRule = {
  name: string;
  why: string;
  pattern: RegExp;
  /** Files the rule looks at. */
  within: RegExp;
  /** Files that are allowed to have it. */
  except?: RegExp;
};

const CODE = /^(app|components|lib|sandbox|prisma|scripts|tests)\/.*\.tsx?$|^[^/]+\.ts$/;
const PURE = /^lib\/pricing\/|\/rules\.ts$/;
const TEST = /\.test\.tsx?$|\/testing\//;

export const tidyRules: TidyRule[] = [
  {
    name: "process.env",
    why: "Only lib/env reads the environment, so a wrong variable stops the process at start.",
    pattern: /\bprocess\.env\b/,
    within: CODE,
    except:
      /^lib\/env\/|^scripts\/|^prisma\/|^sandbox\/main\.ts$|^tests\/|^[^/]+\.config\.ts$|\.test\.tsx?$/,
  },
  {
    name: "next/ in lib",
    why: "lib runs without Next: under tests, in the fast lane and in scripts.",
    pattern: /(from|import|import\()\s*["']next(\/|["'])/,
    within: /^lib\/.*\.tsx?$/,
  },
  {
    name: "clock in pure code",
    why: "Time comes in as an argument, or a test at midnight cannot be written.",
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/,
    within: PURE,
    except: TEST,
  },
  {
    name: "randomness in pure code",
    why: "The same input gives the same decision.",
    pattern: /\bMath\.random\b|\brandom(UUID|Bytes|Int)\b/,
    within: PURE,
    except: TEST,
  },
  {
    name: "unsafe SQL",
    why: "SQL made of strings is how injection happens; use parameters.",
    pattern: /\$(queryRaw|executeRaw)Unsafe\b/,
    within: CODE,
  },
  {
    name: "path of one machine",
    why: "The repository works anywhere; a home folder in it works on one machine.",
    pattern: /(?<![\w.~/-])\/(root|work|home|Users)\/[\w.-]+/,
    within: /\.(tsx?|mjs|cjs|json|md|sql|prisma|css|ya?ml)$|^\.ci\//,
    except: /^package-lock\.json$/,
  },
  {
    name: "floating task",
    why: "Work to do is an issue; in the code nobody finds it.",
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/,
    within: /\.(tsx?|mjs|cjs|sql|prisma|css)$/,
  },
];

/** Lines of a text that break a rule, as `file:line`. Nothing when the rule skips the file. */
export function findBreaches(rule: TidyRule, file: string, text: string): string[] {
  if (!rule.within.test(file) || rule.except?.test(file)) return [];
  return text
    .split("\n")
    .flatMap((line, index) => (rule.pattern.test(line) ? [`${file}:${index + 1}`] : []));
}
