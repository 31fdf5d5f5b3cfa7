import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DocumentKind } from "@/lib/plans/contract";

/**
 * The documents of the plan in this tree, server only. What a customer accepts is the SHA-256 of
 * the Chinese text (R9); the seed stores the text with its hash, and pages read the stored one, so
 * that a policy keeps the words it was sold with. A published text is never edited: a change is a
 * new version.
 */
export interface PlanDocumentSource {
  readonly kind: DocumentKind;
  readonly version: string;
  /** File name beside this module. */
  readonly file: string;
  /** The English courtesy translation: never hashed, never accepted. */
  readonly translationFile: string;
}

export const PLAN_DOCUMENTS: readonly PlanDocumentSource[] = [
  {
    kind: "terms",
    version: "2026-1",
    file: "terms.zh-CN.md",
    translationFile: "terms.en.md",
  },
  {
    kind: "exemptions",
    version: "2026-1",
    file: "exemptions.zh-CN.md",
    translationFile: "exemptions.en.md",
  },
  {
    kind: "sensitive_data",
    version: "2026-1",
    file: "sensitive-data.zh-CN.md",
    translationFile: "sensitive-data.en.md",
  },
];

export interface PlanDocumentText {
  kind: DocumentKind;
  version: string;
  /** 64 lower-case hex characters over the UTF-8 bytes of `body`. */
  sha256: string;
  /** Markdown. */
  body: string;
}

/** Every Chinese document with its hash, in the order in which a customer meets them. */
export async function readPlanDocuments(): Promise<PlanDocumentText[]> {
  return Promise.all(
    PLAN_DOCUMENTS.map(async ({ kind, version, file }) => {
      const body = await readContent(file);
      const sha256 = createHash("sha256").update(body, "utf8").digest("hex");
      return { kind, version, sha256, body };
    }),
  );
}

/** The English courtesy translation of one version, or null when that version has none. */
export async function findDocumentTranslation(
  kind: DocumentKind,
  version: string,
): Promise<string | null> {
  const source = PLAN_DOCUMENTS.find((entry) => entry.kind === kind && entry.version === version);
  return source ? readContent(source.translationFile) : null;
}

async function readContent(file: string): Promise<string> {
  // The working directory and not `import.meta.url`: a bundler moves the module away from its
  // texts, while every program of this repository is started at its root.
  const text = await readFile(join(process.cwd(), "lib/plans/content", file), "utf8");
  // A checkout on Windows may turn line ends into CRLF, which must not change the hash.
  return text.replaceAll("\r\n", "\n");
}
