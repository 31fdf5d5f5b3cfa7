/**
 * Reads the small Markdown our documents are written in: headings, paragraphs, lists, tables and
 * bold. Not a general reader: what it does not know stays visible as text, never becomes HTML, so
 * nothing needs sanitising. Pure.
 */
export interface Inline {
  text: string;
  isBold: boolean;
}

export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; content: Inline[] }
  | { kind: "paragraph"; content: Inline[] }
  | { kind: "list"; isOrdered: boolean; items: Inline[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

const HEADING = /^(#{1,3}) +(.+)$/;
const BULLET = /^[-*] +(.+)$/;
const NUMBERED = /^\d+\. +(.+)$/;
const TABLE_ROW = /^\|(.+)\|$/;
const TABLE_RULE = /^\|(?: *:?-+:? *\|)+$/;

export function parseMarkdown(source: string): Block[] {
  const lines = source.split(/\r?\n/).map((line) => line.trim());
  const blocks: Block[] = [];
  let index = 0;

  /** Takes lines as long as they match, and gives back what the pattern caught in each. */
  const takeWhile = (pattern: RegExp): string[] => {
    const caught: string[] = [];
    for (; index < lines.length; index += 1) {
      const match = pattern.exec(lines[index] ?? "");
      if (!match) break;
      caught.push(match[1] ?? "");
    }
    return caught;
  };

  while (index < lines.length) {
    const line = lines[index] ?? "";
    const heading = HEADING.exec(line);
    if (line === "") {
      index += 1;
    } else if (heading) {
      const level = (heading[1] ?? "#").length as 1 | 2 | 3;
      blocks.push({ kind: "heading", level, content: parseInline(heading[2] ?? "") });
      index += 1;
    } else if (BULLET.test(line)) {
      blocks.push({ kind: "list", isOrdered: false, items: takeWhile(BULLET).map(parseInline) });
    } else if (NUMBERED.test(line)) {
      blocks.push({ kind: "list", isOrdered: true, items: takeWhile(NUMBERED).map(parseInline) });
    } else if (TABLE_ROW.test(line) && TABLE_RULE.test(lines[index + 1] ?? "")) {
      const head = parseRow(line);
      index += 2;
      blocks.push({ kind: "table", head, rows: takeWhile(/^(\|.+\|)$/).map(parseRow) });
    } else {
      blocks.push({ kind: "paragraph", content: parseInline(takeParagraph()) });
    }
  }
  return blocks;

  function takeParagraph(): string {
    const start = index;
    index += 1;
    while (index < lines.length && lines[index] !== "" && !startsBlock(lines[index] ?? "")) {
      index += 1;
    }
    return lines.slice(start, index).join(" ");
  }
}

function startsBlock(line: string): boolean {
  return HEADING.test(line) || BULLET.test(line) || NUMBERED.test(line) || TABLE_ROW.test(line);
}

function parseRow(line: string): Inline[][] {
  return line
    .slice(1, -1)
    .split("|")
    .map((cell) => parseInline(cell.trim()));
}

/** Splits at `**`; an opening mark without its end is kept as text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  for (let match = findBold(rest); match; match = findBold(rest)) {
    if (match.before) parts.push({ text: match.before, isBold: false });
    parts.push({ text: match.bold, isBold: true });
    rest = match.after;
  }
  if (rest) parts.push({ text: rest, isBold: false });
  return parts;
}

function findBold(text: string): { before: string; bold: string; after: string } | null {
  const start = text.indexOf("**");
  const end = start < 0 ? -1 : text.indexOf("**", start + 2);
  if (end <= start + 2) return null;
  return {
    before: text.slice(0, start),
    bold: text.slice(start + 2, end),
    after: text.slice(end + 2),
  };
}
