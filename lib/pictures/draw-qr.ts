import { encode } from "uqr";
import { PALETTE } from "./palette";
import type { Sheet } from "./sheet";

/** White modules inside the square; the card around it adds the rest of the four that ISO 18004 asks. */
const QUIET = 2;

/**
 * A QR code with its quiet zone inside the square `side`. Modules are whole pixels, so that scaling
 * the picture down blurs them evenly; 15 % of them may be lost.
 */
export function drawQr(
  sheet: Sheet,
  text: string,
  place: { x: number; y: number; side: number },
): void {
  const { data, size } = encode(text, { ecc: "M", border: 0 });
  const dot = Math.floor(place.side / (size + QUIET * 2));
  const left = place.x + Math.round((place.side - size * dot) / 2);
  const top = place.y + Math.round((place.side - size * dot) / 2);
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) =>
      isDark ? [`M${left + x * dot} ${top + y * dot}h${dot}v${dot}h-${dot}z`] : [],
    ),
  );
  sheet.path(squares.join(""), PALETTE.ink);
}
