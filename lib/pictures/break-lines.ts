/** Chinese breaks between any two characters, but no line begins with these or ends with those. */
const NO_START = /^[，。、；：！？）》」』”’…·,.;:!?)\]%]/u;
const NO_END = /[（《「『“‘([¥]$/u;

const PIECE =
  /[\p{Script=Han}，。、；：！？（）《》「」『』“”‘’…]|[^\s\p{Script=Han}，。、；：！？（）《》「」『』“”‘’…]+|\s+/gu;

/**
 * Breaks a text into lines no wider than `widthMax`, by the width that `measure` tells. The space at
 * which a line was broken stays at its end. A word that is wider than a line is a line of its own, for
 * the caller to make smaller. Pure.
 */
export function breakLines(
  text: string,
  widthMax: number,
  measure: (part: string) => number,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const unit of unitsOf(text)) {
    if (line === "" || measure((line + unit).trimEnd()) <= widthMax) line += unit;
    else {
      lines.push(line);
      line = unit.trimStart();
    }
  }
  if (line.trim() !== "") lines.push(line);
  return lines;
}

/** What must stay together: words, and Han characters with the punctuation that clings to them. */
function unitsOf(text: string): string[] {
  const units: string[] = [];
  for (const [piece] of text.matchAll(PIECE)) {
    const last = units.at(-1);
    if (last !== undefined && (NO_START.test(piece) || NO_END.test(last))) {
      units[units.length - 1] = last + piece;
    } else units.push(piece);
  }
  return units;
}
