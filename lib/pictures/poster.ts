/** The poster: 750 px wide, as high as what it says. The look of `/p/[code]`, to be printed or sent. */
import { cellsFromCounts } from "@/lib/format/cells";
import { formatYuan } from "@/lib/format/money";
import { commonMessages } from "@/lib/i18n/common";
import { picturesMessages } from "@/lib/i18n/pictures";
import { drawCells } from "./draw-cells";
import { drawQr } from "./draw-qr";
import { PALETTE } from "./palette";
import {
  drawAdvertisement,
  drawBrand,
  drawFace,
  drawLegend,
  headlineOf,
  newestSeqOf,
} from "./parts";
import { Sheet } from "./sheet";
import type { Typesetter } from "./typesetter";
import type { PolicyPicture } from "./views";

const WIDTH = 750;
const MARGIN = 48;
const CONTENT = WIDTH - MARGIN * 2;
/** 33 modules at 6 px; half of it still reads (WeChat halves pictures). */
const QR_SIDE = 232;
/** Leaves a column for the counts beside the cells. */
const CELLS_WIDTH = 530;

export function drawPoster(picture: PolicyPicture, typesetter: Typesetter): Sheet {
  const sheet = new Sheet(WIDTH, typesetter);
  let y = drawAsker(sheet, picture, 48);
  y = drawHeadline(sheet, picture, y + 24);
  y += 32;
  const hasEnded = picture.state === "ended";
  if (!hasEnded) drawLegend(sheet, picture, { x: MARGIN + CELLS_WIDTH + 26, top: y, widthMax: 98 });
  y += drawCells(sheet, cellsFromCounts(countsOf(picture)), {
    x: MARGIN,
    y,
    width: hasEnded ? CONTENT : CELLS_WIDTH,
    meLabel: commonMessages(picture.locale).cells.me,
    newestSeq: newestSeqOf(picture),
  });
  y = drawFigure(sheet, picture, y + 36);
  y = drawInvitation(sheet, picture, y + 36);
  y = drawLaw(sheet, picture, y + 26);
  sheet.height = Math.round(y + 40);
  return sheet;
}

function countsOf(picture: PolicyPicture) {
  return { total: picture.unitsMax, lit: picture.units, matured: picture.maturedUnits };
}

function drawAsker(sheet: Sheet, picture: PolicyPicture, top: number): number {
  const words = picturesMessages(picture.locale).standing;
  const faceSide = picture.isFaceShown ? 88 : 0;
  if (faceSide > 0) drawFace(sheet, picture.askerName, { x: MARGIN, y: top, side: faceSide });
  const x = MARGIN + (faceSide > 0 ? faceSide + 22 : 0);
  const corner = { right: WIDTH - MARGIN, y: top };
  const advertisement = drawAdvertisement(sheet, corner, picture.locale);
  const brand = drawBrand(sheet, { ...corner, y: top + 54 }, picture.locale);
  sheet.text(
    picture.askerName,
    { size: 36, weight: "bold", fill: PALETTE.ink },
    { x, baseline: top + 36, widthMax: advertisement.left - 24 - x },
  );
  sheet.text(
    picture.state === "open" ? words.open(picture.collectingDaysLeft ?? 1) : words[picture.state],
    { size: 26, weight: "regular", fill: PALETTE.soft },
    { x, baseline: top + 79, widthMax: brand.left - 24 - x },
  );
  return top + 88;
}

function drawHeadline(sheet: Sheet, picture: PolicyPicture, top: number): number {
  const style = { size: 52, weight: "bold", fill: PALETTE.ink } as const;
  let y = top;
  for (const line of headlineOf(picture)) {
    y = sheet.paragraph(line, style, {
      x: MARGIN,
      top: y,
      widthMax: CONTENT,
      leading: 70,
      linesMax: 2,
    });
  }
  return y;
}

/** The cover in large; when it has ended there is no amount to promise. */
function drawFigure(sheet: Sheet, picture: PolicyPicture, top: number): number {
  if (picture.state === "ended") return top - 36;
  const words = picturesMessages(picture.locale);
  const baseline = top + 74;
  const figure = sheet.text(
    formatYuan(picture.coverYuan),
    { size: 94, weight: "bold", fill: PALETTE.ink },
    { x: MARGIN, baseline, widthMax: CONTENT },
  );
  const x = figure.right + 24;
  const soft = { size: 26, weight: "regular", fill: PALETTE.soft } as const;
  const [what, howMany] = words.figure(picture.unitsMax, picture.units);
  const widthMax = WIDTH - MARGIN - x;
  sheet.text(what ?? "", soft, { x, baseline: baseline - 38, widthMax });
  sheet.text(howMany ?? "", soft, { x, baseline, widthMax });
  return baseline;
}

/** The card at the bottom: how to get to the page, by the code or by typing. */
function drawInvitation(sheet: Sheet, picture: PolicyPicture, top: number): number {
  const words = picturesMessages(picture.locale);
  const height = QR_SIDE + 40;
  const card = { x: MARGIN, y: top, width: CONTENT, height, radius: 32 };
  sheet.rect({ ...card, fill: PALETTE.card, stroke: PALETTE.line, strokeWidth: 2 });
  drawQr(sheet, picture.url, {
    x: WIDTH - MARGIN - QR_SIDE - 20,
    y: top + 20,
    side: QR_SIDE,
  });
  const x = MARGIN + 36;
  const widthMax = CONTENT - QR_SIDE - 36 - 32;
  const strong = { size: 33, weight: "bold", fill: PALETTE.ink } as const;
  const soft = { size: 23, weight: "regular", fill: PALETTE.soft } as const;
  const [first = "", second = ""] = words.scan[picture.state === "open" ? "open" : "other"];
  const offset = picture.shortCode ? 0 : 56;
  sheet.text(first, strong, { x, baseline: top + 66 + offset, widthMax });
  sheet.text(second, strong, { x, baseline: top + 112 + offset, widthMax });
  if (picture.shortCode) {
    const { place, code } = picture.shortCode;
    sheet.text(words.shortCode, soft, { x, baseline: top + 164, widthMax });
    sheet.text(`${place} ${words.shortCodeEnter}`, soft, { x, baseline: top + 196, widthMax });
    const style = { size: 34, weight: "bold", fill: PALETTE["accent-text"] } as const;
    sheet.text(code, style, { x, baseline: top + 242, widthMax });
  }
  return top + height;
}

/** R44: what it is, who insures, under which number; all of it, however long the names are. */
function drawLaw(sheet: Sheet, picture: PolicyPicture, top: number): number {
  const { insuranceParts, demonstrationNote } = commonMessages(picture.locale);
  const { insurer, waitingDays, locale } = picture;
  const comma = locale === "en" ? ", " : "，";
  const strong = { size: 22, weight: "bold", fill: PALETTE.soft } as const;
  const soft = { size: 22, weight: "regular", fill: PALETTE.soft } as const;
  const kind = `${insuranceParts.kind}${comma}${insuranceParts.waiting(waitingDays)}`;
  let y = top;
  y = sheet.paragraph(kind, strong, { ...LAW, widthMax: CONTENT, top: y });
  const parts = [
    insurer.name,
    insurer.productName,
    picturesMessages(locale).filing(insurer.filingNo),
    ...(insurer.isDemonstration ? [demonstrationNote] : []),
  ];
  for (const line of joinParts(parts, (text) => sheet.widthOf(text, soft))) {
    y = sheet.paragraph(line, soft, { ...LAW, widthMax: CONTENT, top: y });
  }
  return y;
}

const LAW = { x: MARGIN, leading: 34, linesMax: 4 };

/** As many parts to a line as fit, so that none is cut where it need not be. */
function joinParts(parts: readonly string[], measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && measure(joined) <= CONTENT) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}
