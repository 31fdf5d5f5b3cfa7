/** Parts that several pictures share. */

import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import type { Locale } from "@/lib/i18n/locale";
import { picturesMessages } from "@/lib/i18n/pictures";
import { PALETTE } from "./palette";
import type { Sheet } from "./sheet";
import type { PolicyPicture } from "./views";

/** Nine cells of the app's icon. */
const ICON = [
  PALETTE.mine,
  PALETTE.coral,
  PALETTE.coral,
  PALETTE.coral,
  PALETTE.wait,
  PALETTE.wait,
  null,
  null,
  null,
] as const;

/** Icon and name, ending at `right`. 32 px high. */
export function drawBrand(
  sheet: Sheet,
  place: { right: number; y: number },
  locale: Locale,
): { left: number } {
  const style = { size: 24, weight: "bold", fill: PALETTE.ink } as const;
  const name = sheet.text(commonMessages(locale).brand, style, {
    x: place.right,
    baseline: place.y + 24,
    anchor: "end",
    widthMax: 160,
  });
  const left = name.left - 42;
  drawIcon(sheet, { x: left, y: place.y, side: 32 });
  return { left };
}

export function drawIcon(sheet: Sheet, place: { x: number; y: number; side: number }): void {
  const side = place.side * 0.286;
  const step = place.side * 0.357;
  for (const [index, fill] of ICON.entries()) {
    const inset = fill ? 0 : side * 0.06;
    sheet.rect({
      x: place.x + (index % 3) * step + inset,
      y: place.y + Math.floor(index / 3) * step + inset,
      width: side - inset * 2,
      height: side - inset * 2,
      radius: side * 0.32,
      ...(fill ? { fill } : { stroke: PALETTE["empty-edge"], strokeWidth: side * 0.12 }),
    });
  }
}

export function drawAdvertisement(
  sheet: Sheet,
  place: { y: number } & ({ left: number } | { right: number }),
  locale: Locale,
): { left: number } {
  const word = picturesMessages(locale).advertisement;
  const style = { size: 22, weight: "regular", fill: PALETTE.soft } as const;
  const width = sheet.widthOf(word, style) + 28;
  const x = "left" in place ? place.left : place.right - width;
  const box = { x, y: place.y, width, height: 40, radius: 12 };
  sheet.rect({ ...box, stroke: PALETTE.edge, strokeWidth: 1.5 });
  sheet.text(word, style, {
    x: x + width / 2,
    baseline: place.y + 28,
    anchor: "middle",
    widthMax: width,
  });
  return { left: x };
}

/** Calm pairs of background and ink, as `Face` has them. */
const PAINTS = [
  ["#cfe6db", "#1f5a44"],
  ["#ded5ee", "#4d3b78"],
  ["#ffdfb5", "#774711"],
  ["#d3e2f1", "#274c72"],
  ["#f9d5cb", "#8a2f1c"],
  ["#e3e6c4", "#4f5620"],
] as const;

/** First character of a name in a disc. */
export function drawFace(
  sheet: Sheet,
  name: string,
  place: { x: number; y: number; side: number },
): void {
  const first = Array.from(name.trim())[0]?.toUpperCase() ?? "·";
  const [background, ink] = PAINTS[(first.codePointAt(0) ?? 0) % PAINTS.length] ?? PAINTS[0];
  const half = place.side / 2;
  const size = place.side * 0.46;
  sheet.circle(place.x + half, place.y + half, half, background);
  sheet.text(
    first,
    { size, weight: "bold", fill: ink },
    {
      x: place.x + half,
      baseline: place.y + half + size * 0.37,
      anchor: "middle",
      widthMax: place.side,
    },
  );
}

/** What the three looks of a cell mean, one below the other, each with its count. */
export function drawLegend(
  sheet: Sheet,
  picture: PolicyPicture,
  place: { x: number; top: number; widthMax: number },
): void {
  const words = picturesMessages(picture.locale).legend;
  const { units, unitsMax, maturedUnits } = picture;
  const entries = [
    { count: maturedUnits, label: words.matured, look: { fill: PALETTE.coral } },
    { count: units - maturedUnits, label: words.waiting, look: { fill: PALETTE.wait } },
    { count: unitsMax - units, label: words.empty, look: EMPTY_SWATCH },
  ];
  const { x, widthMax } = place;
  for (const [index, { count, label, look }] of entries.entries()) {
    const top = place.top + index * 112;
    const inset = "stroke" in look ? 1 : 0;
    const side = 22 - inset * 2;
    sheet.rect({
      x: x + inset,
      y: top + 11 + inset,
      width: side,
      height: side,
      radius: 7,
      ...look,
    });
    sheet.text(
      String(count),
      { size: 40, weight: "bold", fill: PALETTE.ink },
      { x: x + 32, baseline: top + 36, widthMax: widthMax - 32 },
    );
    sheet.text(
      label,
      { size: 23, weight: "regular", fill: PALETTE.soft },
      { x, baseline: top + 70, widthMax },
    );
  }
}

const EMPTY_SWATCH = { stroke: PALETTE.edge, strokeWidth: 2 };

export function headlineOf(picture: PolicyPicture): readonly string[] {
  const words = picturesMessages(picture.locale).headline;
  const { askerName, coverPerUnitYuan, unitsMax, units } = picture;
  switch (picture.state) {
    case "open":
      return words.open(askerName, formatYuan(coverPerUnitYuan));
    case "full":
      return words.full(askerName, unitsMax);
    case "closed":
      return words.closed(askerName, units);
    case "ended":
      return words.ended(askerName);
  }
}

/** The cell that gets a ring, as on the page: the newest one while it waits. */
export function newestSeqOf(picture: PolicyPicture): number | null {
  const { units, maturedUnits, state } = picture;
  return state !== "ended" && units > maturedUnits && units > 1 ? units : null;
}
