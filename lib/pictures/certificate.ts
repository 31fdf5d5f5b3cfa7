/** The certificate of an appraisal (R43), 750 px wide: a keepsake between friends, and it says so. */
import { picturesMessages } from "@/lib/i18n/pictures";
import { drawQr } from "./draw-qr";
import { PALETTE } from "./palette";
import { drawBrand } from "./parts";
import { Sheet } from "./sheet";
import type { Typesetter } from "./typesetter";
import type { CertificatePicture } from "./views";

const WIDTH = 750;
const MIDDLE = WIDTH / 2;
const FRAME = 32;
const MARGIN = 84;
const CONTENT = WIDTH - MARGIN * 2;
const QR_SIDE = 205;
/** As many as an appraisal has kinds of lines. */
const LINES_MAX = 6;

export function drawCertificate(picture: CertificatePicture, typesetter: Typesetter): Sheet {
  const sheet = new Sheet(WIDTH, typesetter);
  const words = picturesMessages(picture.locale).certificate;
  const soft = { size: 26, weight: "regular", fill: PALETTE.soft } as const;
  const centred = { x: MIDDLE, anchor: "middle", widthMax: CONTENT } as const;
  sheet.text(picture.heading, { ...soft, size: 30 }, { ...centred, baseline: 142 });
  drawCellRow(sheet, 172);
  let y = 190;
  if (picture.name) {
    const name = { size: 40, weight: "bold", fill: PALETTE.ink } as const;
    sheet.text(picture.name, name, { ...centred, baseline: y + 72 });
    y += 72;
  }
  y = drawTitle(sheet, picture.title, y + 40);
  const score = sheet.text(
    String(picture.score),
    { size: 132, weight: "bold", fill: PALETTE["accent-text"] },
    { ...centred, baseline: y + 146 },
  );
  sheet.text(words.points, soft, {
    x: score.right + 14,
    baseline: y + 146,
    widthMax: WIDTH - MARGIN - score.right - 14,
  });
  y = drawLines(sheet, picture, y + 196);
  for (const footnote of picture.footnotes) {
    const style = { size: 22, weight: "regular", fill: PALETTE.soft } as const;
    const place = { x: MARGIN, top: y, widthMax: CONTENT, leading: 34, linesMax: 3 };
    y = sheet.paragraph(footnote, style, place);
  }
  y = picture.url ? drawInvitation(sheet, picture.url, words.scan, y + 32) : y + 24;
  drawBrand(sheet, { right: WIDTH - MARGIN, y: picture.url ? y - 36 : y }, picture.locale);
  y += picture.url ? 0 : 36;
  sheet.height = Math.round(y + 48 + FRAME);
  drawFrame(sheet);
  return sheet;
}

/** Two lines, as on paper that one keeps. */
function drawFrame(sheet: Sheet): void {
  for (const [inset, strokeWidth] of [
    [FRAME, 3],
    [FRAME + 10, 1.5],
  ] as const) {
    const size = { width: WIDTH - inset * 2, height: sheet.height - inset * 2 };
    const look = { radius: 28 - (inset - FRAME), stroke: PALETTE.coral, strokeWidth };
    sheet.rect({ x: inset, y: inset, ...size, ...look });
  }
}

const ROW = [PALETTE.mine, PALETTE.coral, PALETTE.coral, PALETTE.wait, PALETTE.wait];

function drawCellRow(sheet: Sheet, y: number): void {
  const step = 30;
  const left = MIDDLE - (ROW.length * step - 8) / 2;
  for (const [index, fill] of ROW.entries()) {
    sheet.rect({ x: left + index * step, y, width: 22, height: 22, radius: 7, fill });
  }
}

/** In the middle, on as many lines as it needs. */
function drawTitle(sheet: Sheet, title: string, top: number): number {
  const style = { size: 54, weight: "bold", fill: PALETTE.ink } as const;
  const place = { x: MIDDLE, top, widthMax: CONTENT, leading: 74, linesMax: 3 };
  return sheet.paragraph(title, style, { ...place, anchor: "middle" });
}

function drawLines(sheet: Sheet, picture: CertificatePicture, top: number): number {
  const lines = picture.lines.slice(0, LINES_MAX);
  if (lines.length === 0) return top;
  const ink = { size: 28, weight: "regular", fill: PALETTE.ink } as const;
  const points = { size: 28, weight: "bold", fill: PALETTE.ink } as const;
  let y = top;
  for (const line of lines) {
    sheet.rect({ x: MARGIN, y, width: CONTENT, height: 2, fill: PALETTE.line });
    const baseline = y + 42;
    const right = { x: WIDTH - MARGIN, baseline, anchor: "end", widthMax: 100 } as const;
    const sum = sheet.text(`+${line.points}`, points, right);
    sheet.text(line.label, ink, { x: MARGIN, baseline, widthMax: sum.left - 20 - MARGIN });
    y += 62;
  }
  sheet.rect({ x: MARGIN, y, width: CONTENT, height: 2, fill: PALETTE.line });
  return y + 28;
}

function drawInvitation(sheet: Sheet, url: string, scan: readonly string[], top: number): number {
  const side = QR_SIDE + 24;
  const card = { x: MARGIN, y: top, width: side, height: side, radius: 24 };
  sheet.rect({ ...card, fill: PALETTE.card, stroke: PALETTE.line, strokeWidth: 2 });
  drawQr(sheet, url, { x: MARGIN + 12, y: top + 12, side: QR_SIDE });
  const x = MARGIN + side + 28;
  for (const [index, line] of scan.entries()) {
    const style = { size: 28, weight: "bold", fill: PALETTE.ink } as const;
    const baseline = top + 64 + index * 42;
    sheet.text(line, style, { x, baseline, widthMax: WIDTH - MARGIN - x });
  }
  return top + side;
}
