/**
 * Text as outlines. The fonts' own advances and kerning place every glyph, so that what is measured
 * is what is drawn, and no renderer ever looks for a font.
 */
import { join } from "node:path";
import { type Font, type GlyphRun, open } from "fontkit";

export type Weight = "regular" | "bold";

/** One line of text, 1 em high; `d` are SVG paths in font units with y upwards. */
export interface Line {
  widthEm: number;
  glyphs: { xEm: number; d: string }[];
}

export interface Typesetter {
  unitsPerEm: number;
  setLine(text: string, weight: Weight): Line;
  /** Of the characters that the fonts lack; what is drawn instead is `STAND_IN`. */
  findMissing(text: string): string[];
  /** Distinct glyphs drawn so far; fontkit keeps them all. */
  readonly glyphsHeld: number;
}

/** 〓, what Chinese printers set where a character is wanting: seen at once, and no empty box. */
export const STAND_IN = "〓";

/** Pictures in a name are decoration that no text font has; without them it is the same name. */
const DECORATION =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Variation_Selector}|\p{Cc}|\p{Cf}/gu;

const FONTS_FOLDER = "node_modules/@expo-google-fonts/noto-sans-sc";
/** The working directory and not `import.meta.url`: a bundler moves the module (lib/plans). */
const FILES = {
  regular: join(process.cwd(), FONTS_FOLDER, "400Regular/NotoSansSC_400Regular.ttf"),
  bold: join(process.cwd(), FONTS_FOLDER, "700Bold/NotoSansSC_700Bold.ttf"),
  rare: join(process.cwd(), "lib/pictures/fonts/noto-sans-cjk-sc-bold-rare-han.otf"),
};

/** Most lines stand on every picture, and fitting measures one at many sizes: about 2 MB. */
const LINES_MAX = 2_000;
/** About 6 kB each in fontkit: 24 MB. Ordinary posters share some hundreds. */
const GLYPHS_MAX = 4_000;

let opened: Promise<Typesetter> | undefined;

/** The process's typesetter; fonts are read at first use, and anew when too much is remembered. */
export async function openTypesetter(): Promise<Typesetter> {
  opened ??= readFonts();
  const typesetter = await opened;
  if (typesetter.glyphsHeld > GLYPHS_MAX) opened = undefined;
  return typesetter;
}

async function readFonts(): Promise<Typesetter> {
  const [regular, bold, rare] = await Promise.all(Object.values(FILES).map(openFont));
  if (!regular || !bold || !rare) throw new Error("a font is missing");
  return createTypesetter({ regular, bold, rare });
}

async function openFont(file: string): Promise<Font> {
  const font = await open(file);
  if ("fonts" in font) throw new Error(`${file} is a collection`);
  return font;
}

function createTypesetter(fonts: Record<Weight | "rare", Font>): Typesetter {
  const paths = new Map<Font, Map<number, string>>();
  let glyphsHeld = 0;

  function pathOf(font: Font, glyph: GlyphRun["glyphs"][number]): string {
    const known = paths.get(font) ?? new Map<number, string>();
    paths.set(font, known);
    const path = known.get(glyph.id) ?? glyph.path.toSVG();
    if (!known.has(glyph.id)) glyphsHeld += 1;
    known.set(glyph.id, path);
    return path;
  }

  const has = (font: Font, character: string) =>
    font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);

  /** Neighbours of one font in one run, so that they are kerned. */
  function runsOf(text: string, weight: Weight): { font: Font; text: string }[] {
    const runs: { font: Font; text: string }[] = [];
    for (const character of text.normalize("NFC").replace(DECORATION, "")) {
      const font = [fonts[weight], fonts.rare].find((candidate) => has(candidate, character));
      const run = { font: font ?? fonts[weight], text: font ? character : STAND_IN };
      const last = runs.at(-1);
      if (last?.font === run.font) last.text += run.text;
      else runs.push(run);
    }
    return runs;
  }

  function setLine(text: string, weight: Weight): Line {
    let xEm = 0;
    const glyphs = runsOf(text, weight).flatMap(({ font, text: part }) => {
      const run = font.layout(part);
      return run.glyphs.map((glyph, index) => {
        const place = { xEm, d: pathOf(font, glyph) };
        xEm += (run.positions[index]?.xAdvance ?? 0) / font.unitsPerEm;
        return place;
      });
    });
    return { widthEm: xEm, glyphs };
  }

  const lines = new Map<string, Line>();

  return {
    unitsPerEm: fonts.regular.unitsPerEm,
    setLine(text, weight) {
      const key = `${weight} ${text}`;
      const line = lines.get(key) ?? setLine(text, weight);
      if (lines.size >= LINES_MAX) lines.clear();
      lines.set(key, line);
      return line;
    },
    findMissing: (text) =>
      [...text].filter((character) => !has(fonts.bold, character) && !has(fonts.rare, character)),
    get glyphsHeld() {
      return glyphsHeld;
    },
  };
}
