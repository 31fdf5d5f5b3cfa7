/**
 * The shape both bills share (wechat.md §1.13): a header, rows, a summary header, a summary. Columns
 * are found by name, because WeChat adds and moves them; the ones nobody asks for are ignored.
 * Separators are commas only: WeChat escapes commas and line feeds inside values.
 */
import { parseCount, parseMilliFen, parseWallTime } from "./values";

/** A bill that does not read or contradicts itself. No row of it may be used. */
export class BillUnreadable extends Error {
  override readonly name = "BillUnreadable";

  constructor(
    /** Counted from 1; 0 when it is about the whole file. */
    readonly lineNo: number,
    /** Names columns, never values: those are people's. */
    readonly reason: string,
  ) {
    super(`Bill line ${lineNo}: ${reason}`);
  }
}

/** Our name for a column → WeChat's header. */
type Columns = Record<string, string>;

export interface BillTable<Row extends Columns, Summary extends Columns> {
  rows: BillLine<Row>[];
  summary: BillLine<Summary>;
}

/** @throws BillUnreadable when a needed column is missing or a line has another width than its header. */
export function readBillTable<Row extends Columns, Summary extends Columns>(
  text: string,
  rowColumns: Row,
  summaryColumns: Summary,
): BillTable<Row, Summary> {
  const lines = splitLines(text);
  const [header, ...rows] = lines;
  // By position from the end: a description may say anything, even the summary's own headers.
  const summary = rows.pop();
  const summaryHeader = rows.pop();
  if (!header || !summaryHeader || !summary) throw new BillUnreadable(0, "the file has no summary");
  const readRow = lineReader(header, rowColumns);
  const readSummary = lineReader(summaryHeader, summaryColumns);
  return { rows: rows.map(readRow), summary: readSummary(summary) };
}

interface RawLine {
  lineNo: number;
  cells: string[];
}

function splitLines(text: string): RawLine[] {
  const lines: RawLine[] = [];
  const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
  for (const [index, line] of withoutMark.split("\n").entries()) {
    const content = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (content.trim() === "") continue;
    // The backtick keeps spreadsheets from rounding long numbers.
    const cells = content.split(",").map((cell) => (cell.startsWith("`") ? cell.slice(1) : cell));
    lines.push({ lineNo: index + 1, cells });
  }
  return lines;
}

function lineReader<C extends Columns>(
  header: RawLine,
  columns: C,
): (line: RawLine) => BillLine<C> {
  const positions = new Map<keyof C, number>();
  for (const [name, title] of Object.entries(columns)) {
    const position = header.cells.indexOf(title);
    if (position < 0) throw new BillUnreadable(header.lineNo, `there is no column ${title}`);
    if (header.cells.lastIndexOf(title) !== position) {
      throw new BillUnreadable(header.lineNo, `there are two columns ${title}`);
    }
    positions.set(name, position);
  }
  return (line) => {
    if (line.cells.length !== header.cells.length) {
      throw new BillUnreadable(
        line.lineNo,
        `${line.cells.length} values under ${header.cells.length} columns`,
      );
    }
    return new BillLine(line, columns, positions);
  };
}

/** One line, its values by our names. Every reader throws BillUnreadable with line and column. */
export class BillLine<C extends Columns> {
  constructor(
    private readonly line: RawLine,
    private readonly columns: C,
    private readonly positions: ReadonlyMap<keyof C, number>,
  ) {}

  get lineNo(): number {
    return this.line.lineNo;
  }

  /** May be empty. */
  text(name: keyof C): string {
    return this.line.cells[this.positions.get(name) ?? -1] ?? "";
  }

  /** Never empty. */
  identifier(name: keyof C): string {
    return this.read(name, "a number", (text) => text || null);
  }

  instant(name: keyof C): Date {
    return this.read(name, "a time", parseWallTime);
  }

  count(name: keyof C): number {
    return this.read(name, "a count", parseCount);
  }

  /** Whole fen, not negative. */
  fen(name: keyof C): number {
    return this.read(name, "an amount in whole fen", (text) => {
      const milliFen = parseMilliFen(text);
      return milliFen !== null && milliFen >= 0 && milliFen % 1000 === 0 ? milliFen / 1000 : null;
    });
  }

  /** Thousandths of a fen, of either sign: returned fees are negative. */
  milliFen(name: keyof C): number {
    return this.read(name, "an amount of at most five decimals", parseMilliFen);
  }

  /** @throws BillUnreadable unless the bill's own total is the one we get from its rows. */
  assertTotal(name: keyof C, ours: number, theirs: number): void {
    if (ours !== theirs) this.refuse(name, "disagrees with the rows");
  }

  refuse(name: keyof C, problem: string): never {
    throw new BillUnreadable(this.lineNo, `${this.columns[name]} ${problem}`);
  }

  private read<T>(name: keyof C, wanted: string, parse: (text: string) => T | null): T {
    return parse(this.text(name)) ?? this.refuse(name, `is not ${wanted}`);
  }
}
