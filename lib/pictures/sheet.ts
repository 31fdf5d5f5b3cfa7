/** A drawing under construction: shapes and text in pixels, out comes an SVG without any text. */
import { breakLines } from "./break-lines";
import { PALETTE } from "./palette";
import type { Typesetter, Weight } from "./typesetter";

export interface TextStyle {
  size: number;
  weight: Weight;
  fill: string;
}

export interface TextPlace {
  x: number;
  baseline: number;
  /** Which point of the text stands at `x`; its start when not given. */
  anchor?: "start" | "middle" | "end";
  /** Text that is wider is set smaller, down to 70 %, then cut with an ellipsis. */
  widthMax: number;
}

/** Where a line of text was set; tests prove that none leaves its place or touches another. */
export interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  size: number;
}

/** Share of its size by which text may shrink to fit, before it is cut. */
const SHRINK_MIN = 0.7;
const HEADLINE_SIZE = 40;
/** Of the em above and below the baseline; a Han character fills it. */
const ASCENT = 0.88;
const DESCENT = 0.12;

export class Sheet {
  readonly boxes: Box[] = [];
  readonly #parts: string[] = [];
  /** Known at the end, when everything stands. */
  height = 0;

  constructor(
    readonly width: number,
    readonly typesetter: Typesetter,
  ) {}

  rect(place: {
    x: number;
    y: number;
    width: number;
    height: number;
    radius?: number;
    fill?: string;
    stroke?: string;
    strokeWidth?: number;
  }): void {
    const { x, y, width, height, radius = 0, fill = "none", stroke, strokeWidth } = place;
    const outline = stroke ? ` stroke="${stroke}" stroke-width="${strokeWidth ?? 1}"` : "";
    this.#parts.push(
      `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${round(radius)}" fill="${fill}"${outline}/>`,
    );
  }

  circle(x: number, y: number, radius: number, fill: string): void {
    this.#parts.push(`<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`);
  }

  path(d: string, fill: string): void {
    this.#parts.push(`<path d="${d}" fill="${fill}"/>`);
  }

  widthOf(text: string, { size, weight }: Pick<TextStyle, "size" | "weight">): number {
    return this.typesetter.setLine(text, weight).widthEm * size;
  }

  /** Sets one line and says where it stands. */
  text(text: string, style: TextStyle, place: TextPlace): Box {
    const { size, text: shown } = this.#fit(text, style, place.widthMax);
    const line = this.typesetter.setLine(shown, style.weight);
    const width = line.widthEm * size;
    const shift = place.anchor === "middle" ? width / 2 : place.anchor === "end" ? width : 0;
    const left = place.x - shift;
    const scale = size / this.typesetter.unitsPerEm;
    const glyphs = line.glyphs
      .filter(({ d }) => d !== "")
      .map(({ xEm, d }) => `<path transform="translate(${round(xEm * 1000)})" d="${d}"/>`);
    this.#parts.push(
      `<g fill="${style.fill}" transform="translate(${round(left)} ${round(place.baseline)}) scale(${scale} ${-scale})">${glyphs.join("")}</g>`,
    );
    const box = {
      text: shown,
      left,
      right: left + width,
      top: place.baseline - size * ASCENT,
      bottom: place.baseline + size * DESCENT,
      size,
    };
    this.boxes.push(box);
    return box;
  }

  /** Sets a paragraph from `top` on; returns the y below its last line. */
  paragraph(
    text: string,
    style: TextStyle,
    place: Omit<TextPlace, "baseline"> & { top: number; leading: number; linesMax: number },
  ): number {
    const { top, widthMax, leading, linesMax } = place;
    const { size, lines } = this.#break(text, style, widthMax);
    const shown = lines.slice(0, linesMax - 1);
    if (lines.length >= linesMax) shown.push(lines.slice(linesMax - 1).join(""));
    for (const [index, line] of shown.entries()) {
      const middle = top + index * leading + leading / 2;
      const baseline = middle + size * 0.38;
      this.text(line.trimEnd(), { ...style, size }, { ...place, baseline });
    }
    return top + shown.length * leading;
  }

  /** A headline becomes a little smaller where that saves a line, which may be one lost character. */
  #break(text: string, style: TextStyle, widthMax: number): { size: number; lines: string[] } {
    const at = (size: number) =>
      breakLines(text, widthMax, (part) => this.widthOf(part, { ...style, size }));
    const lines = at(style.size);
    if (style.size < HEADLINE_SIZE) return { size: style.size, lines };
    for (let size = style.size; size >= style.size * 0.86; size -= 1) {
      const fewer = at(size);
      if (fewer.length < lines.length) return { size, lines: fewer };
    }
    return { size: style.size, lines };
  }

  #fit(text: string, style: TextStyle, widthMax: number): { text: string; size: number } {
    const width = this.widthOf(text, style);
    if (width <= widthMax) return { text, size: style.size };
    const size = Math.max(style.size * SHRINK_MIN, (style.size * widthMax) / width);
    const fits = (part: string) => this.widthOf(part, { ...style, size }) <= widthMax + 0.01;
    if (fits(text)) return { text, size };
    const characters = [...text];
    while (characters.length > 0 && !fits(`${characters.join("").trimEnd()}…`)) characters.pop();
    return { text: `${characters.join("").trimEnd()}…`, size };
  }

  toSvg(): string {
    const { width, height } = this;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${PALETTE.paper}"/>${this.#parts.join("")}</svg>`;
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
